// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Database.h"
#include "core/store/LockHolder.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <filesystem>
#include <sys/stat.h>

using namespace meteorograph;

/// Others may write to the folder that a store lies in.
class tst_HostileStorePlace : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void nothingIsWrittenThroughALinkInTheLocksPlace();
  void noPipeIsWaitedFor_data();
  void noPipeIsWaitedFor();
  void schemaIsNoTableToBeWritten();
  void allThatAStoreWritesIsItsOwnersAlone();
};

void tst_HostileStorePlace::nothingIsWrittenThroughALinkInTheLocksPlace() {
  StoreHarness harness;
  harness.close();
  harness.write("precious", "do not touch");
  std::filesystem::create_symlink(harness.path("precious"), harness.store() + "-lock");
  const Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open({harness.store()});
  QVERIFY(!writer);
  QVERIFY(QString::fromStdString(writer.error().message).contains("is no ordinary file"));
  QFile precious(QString::fromStdString(harness.path("precious")));
  QVERIFY(precious.open(QIODevice::ReadOnly));
  QCOMPARE(precious.readAll(), QByteArray("do not touch"));
}

void tst_HostileStorePlace::noPipeIsWaitedFor_data() {
  QTest::addColumn<QString>("suffix");
  for (const char *suffix : {"", "-wal", "-journal", "-lock"})
    QTest::newRow(*suffix ? suffix : "the store itself") << QString(suffix);
}

void tst_HostileStorePlace::noPipeIsWaitedFor() {
  QFETCH(QString, suffix);
  StoreHarness harness;
  harness.close();
  const std::string pipe = harness.store() + suffix.toStdString();
  std::filesystem::remove(pipe);
  QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
  (void)holderOfLock(harness.store());
  (void)StoreReader::open(harness.store()); // one that nobody locks can be read
  const Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open({harness.store()});
  QVERIFY(!writer);
  QVERIFY2(QString::fromStdString(writer.error().message).contains("is no ordinary file"),
           writer.error().message.c_str());
}

void tst_HostileStorePlace::schemaIsNoTableToBeWritten() {
  StoreHarness harness;
  harness.close();
  Result<Database> database = Database::open(harness.store(), Database::Mode::ReadWrite);
  QVERIFY(database.has_value());
  database->execute("PRAGMA writable_schema = ON");
  QVERIFY(!database->execute("UPDATE sqlite_schema SET sql = ''"));
}

void tst_HostileStorePlace::allThatAStoreWritesIsItsOwnersAlone() {
  StoreHarness harness;
  harness.write("a.json", "{\"deviceId\":\"d\",\"time\":\"2024-01-01T00:00:00Z\",\"temperature\":1}\n");
  harness.ingest();
  for (const char *suffix : {"", "-wal", "-shm", "-lock"}) {
    struct stat status {};
    QVERIFY2(::stat((harness.store() + suffix).c_str(), &status) == 0, suffix);
    QCOMPARE(status.st_mode & 0777, mode_t{0600});
  }
}

METEOROGRAPH_TEST(tst_HostileStorePlace)
#include "tst_HostileStorePlace.moc"
