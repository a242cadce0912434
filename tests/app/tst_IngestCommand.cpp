// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QTest>

#include <csignal>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

using Json = nlohmann::ordered_json;

class tst_IngestCommand : public QObject {
  Q_OBJECT

  std::unique_ptr<Program> m_program;

  static QByteArray line(int second, double temperature) {
    return QString(R"({"deviceId":"roof","temperature":%1,"time":"2024-01-01T00:00:%2Z"})")
               .arg(temperature)
               .arg(second, 2, 10, QChar('0'))
               .toUtf8() +
           '\n';
  }

  Json ingested(const QStringList &arguments) const {
    const ProgramRun run = m_program->run(QStringList{"ingest", "--store", "store", "--json"} + arguments);
    return run.code == 0 ? Json::parse(run.out.toStdString(), nullptr, false) : Json();
  }

  qsizetype bronzeRows() const {
    return m_program->run({"export", "--store", "store", "--layer", "bronze"}).out.count('\n') - 1;
  }

private Q_SLOTS:
  void init() { m_program = std::make_unique<Program>(); }

  void printsTheTotalsAsOneLineOfJson() {
    m_program->write("data/a.json", line(0, 20) + "broken {\n" + line(1, 21));
    const ProgramRun run = m_program->run({"ingest", "--store", "store", "--json", "data"});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, "");
    QCOMPARE(run.out.count('\n'), 1);
    const Json totals = Json::parse(run.out.toStdString());
    std::vector<std::string> keys;
    for (const auto &[key, value] : totals.items())
      keys.push_back(key);
    const std::vector<std::string> expected = {
        "files",    "records", "accepted", "quarantined", "skipped",
        "readings", "late",    "devices",  "seconds",     "readings_per_second"};
    QCOMPARE(keys, expected);
    QCOMPARE(totals["files"].get<int>(), 1);
    QCOMPARE(totals["records"].get<int>(), 3);
    QCOMPARE(totals["accepted"].get<int>(), 2);
    QCOMPARE(totals["quarantined"].get<int>(), 1);
    QCOMPARE(totals["readings"].get<int>(), 2);
    QCOMPARE(totals["devices"].get<int>(), 1);
    QVERIFY(totals["seconds"].get<double>() > 0);
  }

  void tellsPeopleTheSame() {
    m_program->write("data/a.json", line(0, 20) + line(1, 21));
    const ProgramRun run = m_program->run({"ingest", "--store", "store", "data"});
    QCOMPARE(run.code, 0);
    QVERIFY2(run.out.startsWith("1 file: 2 records = 2 accepted + 0 quarantined + 0 skipped\n"), run.out);
  }

  void readsTheSameFilesOnce() {
    m_program->write("data/a.json", line(0, 20) + line(1, 21));
    QCOMPARE(ingested({"data"})["readings"].get<int>(), 2);
    for (const QStringList &again :
         {QStringList{"data"}, {"data/a.json"}, {m_program->path("data"), "./data/../data"}})
      QCOMPARE(ingested(again)["records"].get<int>(), 0);
    m_program->append("data/a.json", line(2, 22));
    QCOMPARE(ingested({"data"})["readings"].get<int>(), 1);
    QCOMPARE(bronzeRows(), 3);
  }

  void readsWithAMapping_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("a file") << "objects.json"
                            << "objects.json";
    QTest::newRow("a preset of the user's") << ".config/meteorograph/presets/objects.json"
                                            << "objects";
  }
  void readsWithAMapping() {
    QFETCH(QString, file);
    QFETCH(QString, name);
    m_program->write(file, R"({"format": "json"})");
    m_program->write("other.json", R"({"format": "line_protocol"})");
    m_program->write("data/a.txt", line(0, 20) + line(1, 21));
    QCOMPARE(ingested({"--map", "other.json", "data"})["readings"].get<int>(), 0);
    QCOMPARE(ingested({"data"})["records"].get<int>(), 0); // remembered
    const Json again = ingested({"--map", name, "data"});
    QCOMPARE(again["readings"].get<int>(), 2);
    QCOMPARE(again["records"].get<int>(), 2);
    QCOMPARE(bronzeRows(), 2);
    m_program->append("data/a.txt", line(2, 22));
    QCOMPARE(ingested({"data"})["readings"].get<int>(), 1);
    QCOMPARE(bronzeRows(), 3);
  }

  void followsWithAMapping() {
    m_program->write("objects.json", R"({"format": "json"})");
    m_program->write("data/a.txt", line(0, 20));
    const auto process =
        m_program->start({"ingest", "--store", "store", "--follow", "--map", "objects.json", "data"});
    QTRY_COMPARE_WITH_TIMEOUT(bronzeRows(), 1, 30'000);
    QCOMPARE(Program::stop(*process, SIGTERM).code, 0);
  }

  void refusesAWrongMapping_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no JSON") << QByteArray("{") << "m.json" << 2 << QByteArray("not JSON");
    QTest::newRow("unknown member") << QByteArray(R"({"delimeter": ";"})") << "m.json" << 2
                                    << QByteArray("delimeter");
    QTest::newRow("unknown zone") << QByteArray(R"({"zone": "Europe/Atlantis"})") << "m.json" << 2
                                  << QByteArray("Europe/Atlantis");
    QTest::newRow("unknown preset") << QByteArray("{}") << "nobody_knows_it" << 2
                                    << QByteArray("influx_line_protocol");
    QTest::newRow("unreadable") << QByteArray(2 << 20, ' ') << "m.json" << 1 << QByteArray("m.json");
  }
  void refusesAWrongMapping() {
    QFETCH(QByteArray, content);
    QFETCH(QString, argument);
    QFETCH(int, code);
    QFETCH(QByteArray, words);
    m_program->write("m.json", content);
    m_program->write("data/a.json", line(0, 20));
    const ProgramRun run = m_program->run({"ingest", "--store", "store", "--map", argument, "data"});
    QCOMPARE(run.code, code);
    QCOMPARE(run.out, "");
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains(words), run.err);
    QVERIFY(!QFile::exists(m_program->path("store")));
  }

  void usesTheDefaultStore() {
    m_program->write("data/a.json", line(0, 20));
    QCOMPARE(m_program->run({"ingest", "data"}).code, 0);
    QVERIFY(QFile::exists(m_program->path("share/meteorograph/default.meteorograph")));
    QCOMPARE(m_program->run({"status"}).code, 0);
  }

  void aMissingPathAloneCreatesNothing() {
    const ProgramRun run = m_program->run({"ingest", "--store", "folder/store", "absent"});
    QCOMPARE(run.code, 1);
    QCOMPARE(run.out, "");
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("absent"), run.err);
    QVERIFY(!QDir(m_program->path("folder")).exists());
  }

  void aMissingPathDoesNotHoldUpTheOthers() {
    m_program->write("data/a.json", line(0, 20));
    const ProgramRun run = m_program->run({"ingest", "--store", "store", "absent", "data"});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.count('\n') == 1 && run.err.contains("absent"), run.err);
    QCOMPARE(bronzeRows(), 1);
  }

  void aStoreOutOfReachIsThree_data() {
    QTest::addColumn<QString>("store");
    QTest::newRow("below a file") << "data/a.json/store";
    QTest::newRow("a folder") << "data";
    QTest::newRow("another file") << "foreign";
    QTest::newRow("nowhere") << "/proc/meteorograph/store";
  }
  void aStoreOutOfReachIsThree() {
    QFETCH(QString, store);
    const QByteArray foreign = "No database. " + QByteArray(5000, 'x');
    m_program->write("data/a.json", line(0, 20));
    m_program->write("foreign", foreign);
    const ProgramRun run = m_program->run({"ingest", "--store", store, "--json", "data"});
    QCOMPARE(run.code, 3);
    QCOMPARE(run.out, "");
    QVERIFY2(run.err.count('\n') == 1 && run.err.startsWith("meteorograph: "), run.err);
    QCOMPARE(m_program->read("foreign"), foreign);
  }

  void aNewerStoreIsThree() {
    m_program->write("data/a.json", line(0, 20));
    QVERIFY(!ingested({"data"}).is_null());
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(m_program->path("store").toUtf8(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "PRAGMA user_version = 999", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    for (const QStringList &arguments :
         {QStringList{"ingest", "data"}, {"status"}, {"export", "--layer", "gold"}}) {
      const ProgramRun run = m_program->run(arguments + QStringList{"--store", "store"});
      QCOMPARE(run.code, 3);
      QVERIFY2(run.err.count('\n') == 1 && run.err.contains("newer"), run.err);
    }
  }

  void followsUntilItIsTold_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
  }
  void followsUntilItIsTold() {
    QFETCH(int, signal);
    m_program->write("data/a.json", line(0, 20));
    const auto process = m_program->start({"ingest", "--store", "store", "--follow", "--json", "data"});
    QTRY_COMPARE_WITH_TIMEOUT(bronzeRows(), 1, 30'000);
    m_program->append("data/a.json", line(1, 21));
    m_program->write("data/below/b.json", line(2, 22));
    QTRY_COMPARE_WITH_TIMEOUT(bronzeRows(), 3, 30'000);
    const ProgramRun run = Program::stop(*process, signal);
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, "");
    const Json totals = Json::parse(run.out.toStdString());
    QCOMPARE(totals["readings"].get<int>(), 3);
    QCOMPARE(totals["files"].get<int>(), 2);
    QCOMPARE(ingested({"data"})["records"].get<int>(), 0);
  }

  void twoWritersDoNotShareAStore() {
    m_program->write("data/a.json", line(0, 20));
    const auto process = m_program->start({"ingest", "--store", "store", "--follow", "data"});
    QTRY_COMPARE_WITH_TIMEOUT(bronzeRows(), 1, 30'000);
    const ProgramRun second = m_program->run({"ingest", "--store", "store", "data"});
    QCOMPARE(second.code, 3);
    QVERIFY2(second.err.count('\n') == 1, second.err);
    QCOMPARE(m_program->run({"status", "--store", "store"}).code, 0);
    QCOMPARE(Program::stop(*process, SIGTERM).code, 0);
    QVERIFY(!ingested({"data"}).is_null());
  }

  void aKilledFollowerLeavesTheStoreUsable() {
    m_program->write("data/a.json", line(0, 20));
    const auto process = m_program->start({"ingest", "--store", "store", "--follow", "data"});
    QTRY_COMPARE_WITH_TIMEOUT(bronzeRows(), 1, 30'000);
    QCOMPARE(Program::stop(*process, SIGKILL).code, -1);
    m_program->append("data/a.json", line(1, 21));
    QCOMPARE(ingested({"data"})["readings"].get<int>(), 1);
    QCOMPARE(bronzeRows(), 2);
  }
};

METEOROGRAPH_TEST(tst_IngestCommand)
#include "tst_IngestCommand.moc"
