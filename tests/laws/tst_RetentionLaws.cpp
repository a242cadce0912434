// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Levels.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/TestMain.h"

#include <QProcess>
#include <QtTest>

#include <random>
#include <signal.h>

using namespace meteorograph;

/// What must hold for giving up that is cut short, and beside a running engine.
class tst_RetentionLaws : public QObject {
  Q_OBJECT

  static int run(const QStringList &arguments, int kill_after_ms = -1) {
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(METEOROGRAPH_PROGRAM, arguments);
    if (kill_after_ms < 0 || program.waitForFinished(kill_after_ms))
      program.waitForFinished(60'000);
    else
      ::kill(static_cast<pid_t>(program.processId()), SIGKILL), program.waitForFinished();
    return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
  }
  /// Everything of every layer, in order of time: a text a table.
  static QStringList tables(const QString &store) {
    Result<Database> database = Database::open(store.toStdString(), Database::Mode::ReadOnly);
    QStringList all;
    const auto read = [&](const std::string &sql) {
      QString text;
      Statement rows = database->prepareOnce(sql);
      while (rows.next()) {
        for (int column = 0; column < 12; ++column)
          text +=
              QString::fromUtf8(rows.text(column).data(), static_cast<qsizetype>(rows.text(column).size())) +
              '|';
        text += '\n';
      }
      all << text;
    };
    read(
        "SELECT device_id, event_time_us, file_id, line, temperature, humidity FROM bronze ORDER BY 1, 2, 4");
    for (const Level &level : kLevels)
      read("SELECT device_id, start_s, late, temperature_count, round(temperature_sum, 6), temperature_min,"
           " temperature_max FROM " +
           std::string(level.table) + " ORDER BY 1, 2");
    read("SELECT layer, horizon_s, rows_deleted FROM retention");
    read("SELECT records, accepted, quarantined, skipped, readings, silver_rows FROM totals");
    return all;
  }

private Q_SLOTS:
  void killedInTheMiddleItEndsWithTheSameTables() {
    QTemporaryDir folder;
    const QString data = folder.filePath("data");
    QCOMPARE(run({"simulate", "--output", data, "--devices", "3", "--duration", "120000", "--late", "0.02",
                  "--bad", "0.01", "--fast"}),
             0);
    const QString calm = folder.filePath("calm"), killed = folder.filePath("killed");
    for (const QString &store : {calm, killed}) {
      QCOMPARE(run({"ingest", "--store", store, data}), 0);
      QCOMPARE(run({"retain", "--store", store, "--bronze", "2h", "--silver", "7h", "--rollups", "1d"}), 0);
    }
    const QStringList before = tables(calm);
    QCOMPARE(run({"retain", "--store", calm, "--now"}), 0);
    std::mt19937 random(5);
    int kills = 0;
    for (int i = 0; i < 12; ++i) {
      kills += run({"retain", "--store", killed, "--now"}, 20 + static_cast<int>(random() % 120)) == -1;
      // Whatever instant it was: totals and tables agree, and what is to stay is all there.
      Result<Database> database = Database::open(killed.toStdString(), Database::Mode::ReadOnly);
      QCOMPARE(database->integer("SELECT readings - (SELECT rows_deleted FROM retention WHERE layer = 0) -"
                                 " (SELECT count(*) FROM bronze) FROM totals"),
               std::optional<std::int64_t>(0));
      QCOMPARE(database->integer("SELECT silver_rows - (SELECT count(*) FROM silver) FROM totals"),
               std::optional<std::int64_t>(0));
    }
    qInfo("%d of 12 runs were killed", kills);
    QCOMPARE(run({"retain", "--store", killed, "--now"}), 0);
    QCOMPARE(tables(killed), tables(calm));
    QVERIFY(tables(calm) != before);
    QCOMPARE(run({"ingest", "--store", killed, data}), 0);
    QCOMPARE(tables(killed), tables(calm));
  }

  void aRunningEngineGivesUpByItselfWhileReadingsCome() {
    EngineHarness harness;
    std::string text;
    for (int second = 0; second < 98'000; second += 4)
      text += jsonLine(second % 8 == 0 ? "roof" : "cellar", second, second % 13);
    harness.write("live/a.json", text);
    QVERIFY(harness.ingest("live"));
    harness.engine().follow({harness.path("live")});
    RetentionSettings settings;
    settings.of(StoreLayer::Bronze) = *parseLimits("2h");
    settings.of(StoreLayer::Silver) = *parseLimits("5h");
    const auto answered = std::make_shared<std::promise<Result<RetentionStatus>>>();
    harness.engine().setRetention(
        settings, [answered](Result<RetentionStatus> status) { answered->set_value(std::move(status)); });
    const Result<RetentionStatus> status = answered->get_future().get();
    QVERIFY(status);
    QVERIFY(status->settings() == settings);
    // Live readings go on coming, and each is there soon.
    std::int64_t expected = harness.readings();
    for (int i = 0; i < 20; ++i) {
      harness.append("live/a.json", jsonLine("roof", 98'000 + i, i));
      ++expected;
      QTRY_COMPARE_WITH_TIMEOUT(harness.readings(), expected, EngineHarness::kPatience);
    }
    const auto held = [&harness](const char *sql) {
      return Database::open(harness.store(), Database::Mode::ReadOnly)->integer(sql).value_or(-1);
    };
    // The newest reading lies at 98,019 s behind 1,700,000,000: horizons are whole hours.
    QTRY_COMPARE_WITH_TIMEOUT(held("SELECT horizon_s FROM retention WHERE layer = 1"),
                              (1'700'098'019 - 5 * 3600) / 3600 * 3600, EngineHarness::kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(held("SELECT count(*) FROM silver WHERE start_s < (SELECT horizon_s FROM"
                                   " retention WHERE layer = 1)"),
                              0, EngineHarness::kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(held("SELECT count(*) FROM bronze WHERE event_time_us < (SELECT horizon_s *"
                                   " 1000000 FROM retention WHERE layer = 0)"),
                              0, EngineHarness::kPatience);
    QVERIFY(held("SELECT count(*) FROM bronze") > 1800);
    QTRY_VERIFY_WITH_TIMEOUT(!harness.engine().status().giving_up, EngineHarness::kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(harness.tells("note", "retention gave up"), EngineHarness::kPatience);
    const EngineStatus engine = harness.engine().status();
    QVERIFY(!engine.progress.empty());
    QCOMPARE(engine.progress.back().revision, engine.revision);
  }

  void aRunningEngineRefusesWhatMakesNoSense() {
    EngineHarness harness;
    RetentionSettings settings;
    settings.of(StoreLayer::Silver) = *parseLimits("1d");
    const auto answered = std::make_shared<std::promise<Result<RetentionStatus>>>();
    harness.engine().setRetention(
        settings, [answered](Result<RetentionStatus> status) { answered->set_value(std::move(status)); });
    const Result<RetentionStatus> status = answered->get_future().get();
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Usage);
  }
};

METEOROGRAPH_TEST(tst_RetentionLaws)
#include "tst_RetentionLaws.moc"
