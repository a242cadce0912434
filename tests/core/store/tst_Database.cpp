// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace meteorograph;

/// What the connection adds to SQLite's.
class tst_Database : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void keepsAllOfATransactionOrNothing();
  void noFailureInATransactionIsPassedOver();
  void waitsNoLongerForALockWhenAsked();

private:
  Database opened() const {
    return std::move(*Database::open(m_folder.filePath("a.sqlite").toStdString(), Database::Mode::ReadWrite));
  }
  QTemporaryDir m_folder;
};

void tst_Database::keepsAllOfATransactionOrNothing() {
  Database database = opened();
  QVERIFY(database.execute("CREATE TABLE t(x)"));
  QVERIFY(database.transact([&] { return database.execute("INSERT INTO t VALUES(1)"); }));
  QVERIFY(!database.transact([&] { return database.execute("INSERT INTO t VALUES(2)") && false; }));
  QCOMPARE(database.integer("SELECT sum(x) FROM t"), std::optional<std::int64_t>(1));
}

void tst_Database::noFailureInATransactionIsPassedOver() {
  Database database = opened();
  QVERIFY(database.execute("CREATE TABLE u(x INTEGER UNIQUE)"));
  const Result<void> done = database.transact([&] {
    database.execute("INSERT INTO u VALUES(1)");
    database.prepareOnce("INSERT INTO u VALUES(1)").run(); // nobody looks at what becomes of it
    return database.execute("INSERT INTO u VALUES(2)");
  });
  QVERIFY(!done);
  QVERIFY(QString::fromStdString(done.error().message).contains("UNIQUE"));
  QCOMPARE(database.integer("SELECT count(*) FROM u"), std::optional<std::int64_t>(0));
}

void tst_Database::waitsNoLongerForALockWhenAsked() {
  Database holder = opened();
  Database waiting = opened();
  QVERIFY(holder.execute("BEGIN IMMEDIATE"));
  int asked = 0;
  waiting.giveUpWaitingWhen([&asked] { return ++asked == 3; });
  QVERIFY(!waiting.execute("BEGIN IMMEDIATE"));
  QCOMPARE(asked, 3);
  QCOMPARE(waiting.error("").code, ErrorCode::StoreBusy);
  QVERIFY(holder.execute("ROLLBACK"));
  QVERIFY(waiting.execute("BEGIN IMMEDIATE"));
}

METEOROGRAPH_TEST(tst_Database)
#include "tst_Database.moc"
