// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Migrations.h"
#include "tests/support/Program.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <nlohmann/json.hpp>

using Json = nlohmann::ordered_json;

/// `backup`, `repair`, and stores that no command may touch.
class tst_CareCommands : public QObject {
  Q_OBJECT

  Program m_program;

  QStringList filesIn(const QString &folder) const {
    return QDir(m_program.path(folder)).entryList(QDir::Files | QDir::Hidden);
  }

private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(m_program.run({"simulate", "--fast", "--duration", "600", "--output", "data"}).code, 0);
    QCOMPARE(m_program.run({"ingest", "--store", "store", "data"}).code, 0);
  }

  void backsUp() {
    const ProgramRun run = m_program.run({"backup", "--store", "store", "--output", "copy", "--json"});
    QVERIFY2(run.code == 0, run.err);
    const Json line = Json::parse(run.out.toStdString());
    QCOMPARE(line["integrity"].get<std::string>(), "ok");
    const ProgramRun status = m_program.run({"status", "--store", "copy", "--json"});
    QCOMPARE(status.code, 0);
    QCOMPARE(Json::parse(status.out.toStdString())["readings"].get<int>(), line["readings"].get<int>());
    const ProgramRun again = m_program.run({"ingest", "--store", "copy", "--json", "data"});
    QCOMPARE(Json::parse(again.out.toStdString())["readings"].get<int>(), 0);
  }

  void refusesToReplaceWhatIsNoStore() {
    m_program.write("note.txt", "not to be lost");
    const ProgramRun run = m_program.run({"backup", "--store", "store", "--output", "note.txt"});
    QCOMPARE(run.code, 1);
    QCOMPARE(run.err.count('\n'), 1);
    QCOMPARE(m_program.read("note.txt"), "not to be lost");
    QCOMPARE(m_program.run({"backup", "--store", "store", "--output", "store"}).code, 1);
  }

  void repairs() {
    QFile file(m_program.path("store"));
    QVERIFY(file.copy(m_program.path("damaged")));
    QFile damaged(m_program.path("damaged"));
    QVERIFY(damaged.open(QIODevice::ReadWrite) && damaged.seek(damaged.size() / 2 / 8192 * 8192));
    damaged.write(QByteArray(8192 * 3, '\0'));
    damaged.close();
    const ProgramRun run = m_program.run({"repair", "--store", "damaged", "--output", "new", "--json"});
    QVERIFY2(run.code == 0, run.err + run.out);
    const Json report = Json::parse(run.out.toStdString());
    QVERIFY(report["whole"].get<bool>());
    const auto bronze = [this](const char *store) {
      return m_program.run({"export", "--store", store, "--layer", "bronze"}).out;
    };
    QVERIFY(bronze("new") == bronze("store"));
    QCOMPARE(m_program.run({"status", "--store", "new", "--check"}).code, 0);
    QCOMPARE(m_program.run({"repair", "--store", "damaged", "--output", "new"}).code, 1); // it is there
  }

  void tellsThatNothingCanBeRepaired() {
    m_program.write("nonsense", QByteArray(100'000, 'x'));
    const ProgramRun run = m_program.run({"repair", "--store", "nonsense", "--output", "from-nonsense"});
    QCOMPARE(run.code, 3);
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY(!QFile::exists(m_program.path("from-nonsense")));
  }

  void remembersAKilledWriter() {
    const auto follower = m_program.start({"ingest", "--store", "killed", "--follow", "data"});
    QTRY_VERIFY(QFileInfo(m_program.path("killed-lock")).size() > 0); // it says who holds it
    follower->kill();
    follower->waitForFinished();
    QCOMPARE(m_program.run({"ingest", "--store", "killed", "data"}).code, 0);
    const Json check = Json::parse(
        m_program.run({"status", "--store", "killed", "--json"}).out.toStdString())["integrity_check"];
    QCOMPARE(check["last"]["result"].get<std::string>(), "ok");
  }

  void leavesANewerStoreAlone_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("ingest") << QStringList{"ingest", "--store", "newer/store", "data"};
    QTest::newRow("follow") << QStringList{"ingest", "--follow", "--store", "newer/store", "data"};
    QTest::newRow("status") << QStringList{"status", "--store", "newer/store"};
    QTest::newRow("export") << QStringList{"export", "--store", "newer/store", "--layer", "silver"};
    QTest::newRow("chart") << QStringList{"chart", "--store", "newer/store", "--output", "newer.png"};
    QTest::newRow("quarantine") << QStringList{"quarantine", "--store", "newer/store"};
    QTest::newRow("retain") << QStringList{"retain", "--store", "newer/store", "--bronze", "1d"};
    QTest::newRow("backup") << QStringList{"backup", "--store", "newer/store", "--output", "newer.copy"};
    QTest::newRow("repair") << QStringList{"repair", "--store", "newer/store", "--output", "newer.new"};
  }
  void leavesANewerStoreAlone() {
    QFETCH(QStringList, arguments);
    for (const std::size_t version : {meteorograph::migrations().size() + 1, std::size_t{1'000'000}}) {
      QDir(m_program.path("newer")).removeRecursively();
      QCOMPARE(m_program.run({"ingest", "--store", "newer/store", "data"}).code, 0);
      SqliteFile(m_program.path("newer/store").toStdString())
          .execute("PRAGMA user_version = " + std::to_string(version));
      const QByteArray before = m_program.read("newer/store");
      QCOMPARE(filesIn("newer"), QStringList("store"));
      const ProgramRun run = m_program.run(arguments);
      QCOMPARE(run.code, 3);
      QCOMPARE(run.err.count('\n'), 1);
      QVERIFY2(run.err.contains("newer version"), run.err);
      QVERIFY(m_program.read("newer/store") == before);
      QCOMPARE(filesIn("newer"), QStringList("store"));
    }
  }
};

METEOROGRAPH_TEST(tst_CareCommands)
#include "tst_CareCommands.moc"
