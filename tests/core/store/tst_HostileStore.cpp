// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Repair.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace meteorograph;

namespace {

/// Never at an end.
constexpr const char *kEndless =
    "(id, time_us, kind, text) AS WITH RECURSIVE t(n) AS (VALUES(1) UNION ALL SELECT n + 1 FROM t)"
    " SELECT n, n, 'note', n FROM t";

} // namespace

/// A store may come from anybody: whatever it holds is read as far as it makes sense, or refused.
class tst_HostileStore : public QObject {
  Q_OBJECT

  static void change(StoreHarness &harness, const std::string &sql) {
    harness.write("data.json", jsonLine("roof", 1, 20) + jsonLine("roof", 2, 21) + "no reading\n");
    harness.ingest();
    harness.close();
    SqliteFile(harness.store()).execute(sql);
  }

  static QString refusal(const StoreHarness &harness) {
    const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(harness.store());
    return reader ? QString() : QString::fromStdString(reader.error().message);
  }

private Q_SLOTS:
  void refusesWhatIsNoTable_data() {
    QTest::addColumn<QString>("sql");
    QTest::newRow("a view") << "DROP TABLE event; CREATE VIEW event" + QString(kEndless);
    QTest::newRow("a view in other letters") << "DROP TABLE event; CREATE VIEW EVENT" + QString(kEndless);
    QTest::newRow("a virtual table") << "DROP TABLE event; CREATE VIRTUAL TABLE event USING fts5(text)";
    QTest::newRow("a view that calls itself a table")
        << "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE VIEW event" +
               QString(kEndless).replace("'", "''") + "' WHERE name = 'event'";
  }
  void refusesWhatIsNoTable() {
    QFETCH(QString, sql);
    StoreHarness harness;
    change(harness, sql.toStdString());
    QVERIFY(!refusal(harness).isEmpty());
    QVERIFY(!harness.open());
    QCOMPARE(harness.errors.back().code, ErrorCode::StoreUnusable);
  }

  /// SQLite knows no table by that name then: there is nothing to read, and the rest is saved.
  void repairsWhatCallsItselfATable() {
    StoreHarness harness;
    change(harness,
           "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE VIEW event AS SELECT 1'"
           " WHERE name = 'event'");
    QTemporaryDir folder;
    const auto repair =
        Repair::open(harness.store(), folder.filePath("saved").toStdString(), [] { return true; });
    QVERIFY(repair && (*repair)->salvage());
    const Result<RepairReport> report = (*repair)->conclude();
    QVERIFY(report);
    QCOMPARE(report->readings, 2);
  }

  void repairRefusesViews() {
    StoreHarness harness;
    change(harness, "DROP TABLE event; CREATE VIEW event" + std::string(kEndless));
    QTemporaryDir folder;
    const auto repair =
        Repair::open(harness.store(), folder.filePath("saved").toStdString(), [] { return true; });
    QVERIFY(!repair);
    QCOMPARE(repair.error().code, ErrorCode::StoreUnusable);
  }

  void refusesTriggersOfOthers() {
    StoreHarness harness;
    change(harness, "CREATE TRIGGER more AFTER INSERT ON bronze BEGIN DELETE FROM device; END");
    QVERIFY(refusal(harness).contains("trigger"));
    QVERIFY(!harness.open());
  }

  void leavesTablesAndViewsOfOthersInPeace() {
    StoreHarness harness;
    change(harness, "CREATE TABLE notes(text TEXT); CREATE INDEX by_text ON notes(text);"
                    "CREATE VIEW warmest AS SELECT max(temperature) FROM bronze");
    QCOMPARE(refusal(harness), QString());
    QVERIFY(harness.open());
    QCOMPARE(harness.overview().readings, 2);
  }

  void takesNumbersAsFarAsTheyMakeSense_data() {
    QTest::addColumn<QString>("sql");
    for (const char *number :
         {"9223372036854775807", "-9223372036854775808", "9e999", "-9e999", "'text'", "x'ff'"}) {
      QTest::addRow("device %s", number) << QString("UPDATE device SET first_us = %1, newest_us = %1,"
                                                    " watermark_us = %1, cadence_us = %1, readings = %1")
                                                .arg(number);
      QTest::addRow("totals %s", number)
          << QString("UPDATE totals SET revision = %1, readings = %1, silver_rows = %1,"
                     " records = %1, next_bronze_id = %1")
                 .arg(number);
      QTest::addRow("file %s", number)
          << QString("UPDATE file SET state = %1, size = %1, \"offset\" = %1, line = %1,"
                     " head_bytes = %1, tail_bytes = %1, parser_state = %1")
                 .arg(number);
      QTest::addRow("window %s", number)
          << QString("UPDATE OR IGNORE silver SET start_s = %1; UPDATE silver SET late = %1, "
                     "temperature_count = %1,"
                     " temperature_sum = %1; UPDATE rollup_1d SET start_s = %1, temperature_count = %1")
                 .arg(number);
      QTest::addRow("run %s", number) << QString("UPDATE bronze_run SET hour = %1, last_id = %1").arg(number);
      QTest::addRow("retention %s", number)
          << QString("UPDATE retention SET max_age_us = %1, max_bytes = %1, horizon_s = %1").arg(number);
    }
    QTest::newRow("a layer that is none")
        << "PRAGMA ignore_check_constraints = ON;"
           "INSERT INTO retention(layer, name, max_bytes) VALUES (99, 'x', 1), (-7, 'y', 1)";
  }
  void takesNumbersAsFarAsTheyMakeSense() {
    QFETCH(QString, sql);
    StoreHarness harness;
    change(harness, sql.toStdString());
    const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(harness.store());
    QVERIFY(reader);
    const Result<Overview> seen = (*reader)->overview();
    QVERIFY(seen);
    for (const DeviceStatus &device : seen->devices)
      QVERIFY(device.newest_us >= kEarliestTime && device.newest_us <= kLatestTime + kSecond);
    (void)(*reader)->retention(std::nullopt, harness.now);
    const TimeUs from = std::max(seen->first_us, kEarliestTime);
    const SeriesRequest request{from, std::max(seen->newest_us, from) + 1, 100, {1}, {1}, {}};
    const Result<SeriesSet> chart = (*reader)->series(request);
    QVERIFY(!chart || chart->lines.size() == 1);
    std::size_t rows = 0;
    (void)(*reader)->exportBronze({}, [&](const BronzeRow &) { return ++rows > 0; });
    (void)(*reader)->exportGold({}, [&](const GoldRow &) { return ++rows > 0; });
    QVERIFY(rows <= 4);
    harness.append("data.json", jsonLine("roof", 3, 22));
    if (harness.open()) {
      harness.ingest();
      RetentionSettings settings;
      settings.of(StoreLayer::Bronze).age_us = kHour;
      harness.keep(settings);
    }
  }
};

METEOROGRAPH_TEST(tst_HostileStore)
#include "tst_HostileStore.moc"
