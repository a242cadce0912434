// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <nlohmann/json.hpp>
#include <signal.h>

using Json = nlohmann::json;

/// `meteorograph retain`, and what status tells of it.
class tst_RetainCommand : public QObject {
  Q_OBJECT

  std::unique_ptr<Program> m_program;

  Json retain(const QStringList &more = {}) const {
    const ProgramRun run = m_program->run(QStringList{"retain", "--store", "store", "--json"} + more);
    return run.code == 0 ? Json::parse(run.out.toStdString()) : Json();
  }

private Q_SLOTS:
  void init() {
    m_program = std::make_unique<Program>();
    QCOMPARE(m_program
                 ->run({"simulate", "--output", "data", "--fast", "--duration", "90000", "--rate", "0.2",
                        "--devices", "2"})
                 .code,
             0);
    QCOMPARE(m_program->run({"ingest", "--store", "store", "data"}).code, 0);
  }

  void showsAStoreThatKeepsEverything() {
    const Json document = retain();
    for (const char *layer : {"bronze", "silver", "rollups"}) {
      const Json at = document["layers"][layer];
      QCOMPARE(at["keep"].get<std::string>(), "off");
      QVERIFY(at["rows"].get<int>() > 1000);
      QVERIFY(at["bytes"].get<int>() > 10'000);
      QCOMPARE(at["due_rows"].get<int>(), 0);
      QVERIFY(at["given_up_before"].is_null());
    }
    QCOMPARE(document["layers"]["bronze"]["rows"].get<int>(), 36'000);
    QVERIFY(document["disk_free_bytes"].get<std::int64_t>() > 0);
    QVERIFY(!document["forecast"]["known"].get<bool>());
    const ProgramRun text = m_program->run({"retain", "--store", "store"});
    QCOMPARE(text.code, 0);
    for (const char *word : {"bronze", "rollups", "36,000", "Disk", "not known yet"})
      QVERIFY2(text.out.contains(word), word);
  }

  void remembersSettingsAndAppliesThemAtOnce() {
    const Json changed = retain({"--bronze", "6h", "--bronze", "20GB", "--silver", "12h"});
    QCOMPARE(changed["layers"]["bronze"]["keep"].get<std::string>(), "6h,20GB");
    QVERIFY(changed["layers"]["bronze"]["due_rows"].get<int>() > 20'000);
    QCOMPARE(changed["layers"]["bronze"]["rows"].get<int>(), 36'000);
    QCOMPARE(retain()["layers"]["silver"]["keep"].get<std::string>(), "12h");
    const Json done = retain({"--now"});
    QVERIFY(done["gave_up"]["bronze"].get<int>() > 20'000);
    QCOMPARE(done["gave_up"]["rollups"].get<int>(), 0);
    QCOMPARE(done["layers"]["bronze"]["rows"].get<int>(), 36'000 - done["gave_up"]["bronze"].get<int>());
    QCOMPARE(done["layers"]["bronze"]["due_rows"].get<int>(), 0);
    QVERIFY(done["store_bytes"].get<int>() < changed["store_bytes"].get<int>());
    QCOMPARE(done["free_bytes"].get<int>(), 0);
    QCOMPARE(retain({"--now"})["gave_up"]["bronze"].get<int>(), 0);
    // What was read is not read again, and an export says where its layer begins.
    const ProgramRun again = m_program->run({"ingest", "--store", "store", "--json", "data"});
    QCOMPARE(Json::parse(again.out.toStdString())["records"].get<int>(), 0);
    const ProgramRun rows = m_program->run({"export", "--store", "store", "--layer", "bronze"});
    QCOMPARE(rows.code, 0);
    QVERIFY2(rows.err.contains("bronze holds nothing from before 2024-01-01T1"), rows.err);
    const ProgramRun late =
        m_program->run({"export", "--store", "store", "--layer", "bronze", "--from", "2024-01-02T00:00"});
    QCOMPARE(late.err, QByteArray());
    QCOMPARE(retain({"--bronze", "off", "--silver", "off"})["layers"]["bronze"]["keep"].get<std::string>(),
             "off");
  }

  void refusesWhatMakesNoSense_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("silver alone") << QStringList{"--silver", "3d"} << "silver must be kept at least as long";
    QTest::newRow("shorter") << QStringList{"--bronze", "3d", "--silver", "1d"} << "at most 1d";
    QTest::newRow("no age") << QStringList{"--bronze", "thirty"} << "--bronze: 'thirty'";
    QTest::newRow("two ages") << QStringList{"--bronze", "1d,2d"} << "1d,2d";
    QTest::newRow("a word more") << QStringList{"--bronze", "1d", "2d"} << "2d";
  }

  void refusesWhatMakesNoSense() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const ProgramRun run = m_program->run(QStringList{"retain", "--store", "store"} + arguments);
    QCOMPARE(run.code, 2);
    QVERIFY2(run.err.contains(says.toUtf8()), run.err);
    QCOMPARE(run.err.count('\n'), 1);
    QCOMPARE(retain()["layers"]["bronze"]["keep"].get<std::string>(), "off");
  }

  void makesNoStoreThatIsNotThere() {
    QCOMPARE(m_program->run({"retain", "--store", "none", "--bronze", "1d"}).code, 3);
    QVERIFY(!QFile::exists(m_program->path("none")));
  }

  void anotherWriterOnlyLetsItRead() {
    const std::unique_ptr<QProcess> writer =
        m_program->start({"ingest", "--store", "store", "--follow", "data"});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_program->path("store-lock")), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_program->run({"retain", "--store", "store", "--bronze", "1d"}).code, 3,
                              20'000);
    QCOMPARE(m_program->run({"retain", "--store", "store", "--now"}).code, 3);
    QCOMPARE(retain()["layers"]["bronze"]["keep"].get<std::string>(), "off");
    QCOMPARE(Program::stop(*writer, SIGTERM).code, 0);
    QCOMPARE(retain({"--bronze", "1d"})["layers"]["bronze"]["keep"].get<std::string>(), "1d");
  }

  void statusTellsTheEnginesFigures() {
    const ProgramRun run = m_program->run({"status", "--store", "store", "--json"});
    QCOMPARE(run.code, 0);
    const Json document = Json::parse(run.out.toStdString());
    const Json progress = document["progress"];
    std::int64_t rows = 0;
    for (const Json &at : progress["recentProgress"]) {
      rows += at["numInputRows"].get<int>();
      QVERIFY(at["processedRowsPerSecond"].get<double>() > 0);
      QVERIFY(at["batchDuration"].get<double>() > 0);
      QVERIFY(at["batchDuration"].get<double>() <= at["longestBatchDuration"].get<double>());
    }
    QCOMPARE(rows, 36'000);
    QCOMPARE(progress["lastProgress"]["batchId"], document["revision"]);
    QCOMPARE(progress["stateOperators"][0]["numRowsTotal"], document["layers"]["silver"]["provisional"]);
    QVERIFY(progress["lastProgress"]["eventTime"]["watermark"].is_string());
    QCOMPARE(document["retention"]["layers"]["silver"]["keep"].get<std::string>(), "off");
  }
};

METEOROGRAPH_TEST(tst_RetainCommand)
#include "tst_RetainCommand.moc"
