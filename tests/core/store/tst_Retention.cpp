// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Corrections.h"
#include "core/store/Levels.h"
#include "core/store/Retention.h"
#include "tests/support/StoreDump.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <filesystem>
#include <map>

using namespace meteorograph;

namespace {

constexpr std::int64_t kStart = 1'700'000'000; // of jsonLine(), a Tuesday, 22:13:20 UTC
constexpr std::int64_t kDayS = 86'400;
/// The first midnight and the hours behind it, as seconds for jsonLine().
constexpr int kMidnight = static_cast<int>((kStart / kDayS + 1) * kDayS - kStart);
constexpr int hours(int count) { return kMidnight + count * 3600; }

RetentionSettings keeping(const char *bronze, const char *silver = "off", const char *rollups = "off") {
  return {{*parseLimits(bronze), *parseLimits(silver), *parseLimits(rollups)}};
}

/// Every row from a time on, as text, by its table.
std::map<std::string, std::vector<std::string>> rowsFrom(const std::string &store, std::int64_t bronze_s,
                                                         std::int64_t silver_s, std::int64_t rollups_s) {
  std::map<std::string, std::vector<std::string>> all;
  Result<Database> database = Database::open(store, Database::Mode::ReadOnly);
  const auto read = [&](const std::string &table, const std::string &condition) {
    Statement rows =
        database->prepareOnce("SELECT * FROM " + table + " WHERE " + condition + " ORDER BY 1, 2");
    std::vector<std::string> &into = all[table];
    while (rows.next()) {
      std::string text;
      for (int column = 0; column < 20; ++column)
        text += std::string(rows.text(column)) + "|";
      into.push_back(text);
    }
  };
  read("bronze", "event_time_us >= 1000000 * " + std::to_string(bronze_s));
  for (const Level &level : kLevels)
    read(level.table, "start_s >= " + std::to_string(level.step_s == 1 ? silver_s : rollups_s));
  return all;
}

std::int64_t count(const std::string &store, const std::string &sql) {
  return Database::open(store, Database::Mode::ReadOnly)->integer("SELECT " + sql).value_or(-1);
}

/// Two devices, one reading in ten seconds for so many hours, from the hour before midnight on.
std::string sample(int hour_count, int step = 10) {
  std::string text;
  for (int second = hours(-1); second < hours(hour_count); second += step)
    text += jsonLine(second % 20 == 0 ? "roof" : "cellar", second, 20 + second % 7);
  return text;
}

bool tells(StoreHarness &store, std::string_view words) {
  const std::vector<EventEntry> events = store.events();
  return std::any_of(events.begin(), events.end(),
                     [&](const EventEntry &event) { return event.text.find(words) != std::string::npos; });
}

} // namespace

/// What giving up may and may not do.
class tst_Retention : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void keepsEverythingUnlessToldOtherwise();
  void keepsEachLayerAsItWasInItsRange_data();
  void keepsEachLayerAsItWasInItsRange();
  void goesOnWhereItWasCutShort();
  void anAgeCountsFromTheNewestReading();
  void aSizeTakesTheOldestAndStopsThere();
  void aSizeNeverTakesTheNewestHour();
  void silverNeverGivesUpWhatBronzeHolds();
  void givesSpaceBackToTheDisk();
  void refusesSettingsThatMakeNoSense();
  void filesAreNotReadAgain();
  void lateDataBringsBackNoHalfWindows();
  void aReadingBehindEveryHorizonIsCounted();
  void aReplacedFileKeepsWindowsWithoutBronze();
  void aRemovedFileKeepsWindowsWithoutBronze();
  void mergedDevicesAddUpWindowsWithoutBronze();
  void duplicatesAreSoughtOnlyWhereBronzeIsWhole();
  void chartsTakeTheFinestLevelThatIsThere();
  void foretellsWhatWouldGo();
  void foretellsWhenTheDiskIsFull();
};

void tst_Retention::keepsEverythingUnlessToldOtherwise() {
  StoreHarness store;
  store.write("a.json", sample(5));
  store.ingest();
  const std::string before = store.tables();
  store.keep({});
  QCOMPARE(store.tables(), before);
  QCOMPARE(store.inconsistency(), QString());
  QVERIFY(store.errors.empty());
}

void tst_Retention::keepsEachLayerAsItWasInItsRange_data() {
  QTest::addColumn<qint64>("rows");
  for (const qint64 rows : {200, 1000, 100'000})
    QTest::addRow("%lld rows a step", static_cast<long long>(rows)) << rows;
}

void tst_Retention::keepsEachLayerAsItWasInItsRange() {
  QFETCH(qint64, rows);
  StoreHarness store;
  store.write("a.json", sample(50));
  store.ingest();
  const Overview before = store.overview();
  // The newest reading is at 49:59:50 behind midnight.
  const std::int64_t midnight = kStart + kMidnight;
  const std::int64_t bronze = midnight + 43 * 3600;
  const std::int64_t silver = midnight + 25 * 3600;
  const std::int64_t rollups = midnight + kDayS;
  const auto expected = rowsFrom(store.store(), bronze, silver, rollups);
  Retention retention(store.writer());
  QVERIFY(retention.change(keeping("6h", "1d", "25h")));
  (void)retention.plan(*retention.sizes(), store.now);
  int steps = 0;
  for (bool more = true; more; ++steps) {
    const Result<Retention::Step> step = retention.step(rows, 0);
    QVERIFY(step);
    more = step->more;
    if (steps % 100 == 0) // in the middle too: what is to stay is untouched
      QCOMPARE(rowsFrom(store.store(), bronze, silver, rollups), expected);
  }
  QVERIFY(rows > 200 || steps > 60);
  QCOMPARE(rowsFrom(store.store(), bronze, silver, rollups), expected);
  QCOMPARE(rowsFrom(store.store(), 0, 0, 0), expected); // and nothing else is there
  const RetentionStatus status = store.retention();
  QCOMPARE(status.of(StoreLayer::Bronze).horizon_us, bronze * kSecond);
  QCOMPARE(status.of(StoreLayer::Silver).horizon_us, silver * kSecond);
  QCOMPARE(status.of(StoreLayer::Rollups).horizon_us, rollups * kSecond);
  const Overview after = store.overview();
  QCOMPARE(after.counts, before.counts);
  QCOMPARE(after.readings, before.readings);
  QCOMPARE(after.bronze_rows, count(store.store(), "count(*) FROM bronze"));
  QCOMPARE(after.silver_rows, count(store.store(), "count(*) FROM silver"));
  QCOMPARE(after.first_us, rollups * kSecond);
  QCOMPARE(count(store.store(), "count(*) FROM bronze_run r WHERE NOT EXISTS (SELECT 1 FROM bronze b WHERE"
                                " b.id BETWEEN r.first_id AND r.last_id)"),
           0);
}

void tst_Retention::goesOnWhereItWasCutShort() {
  StoreHarness calm, cut;
  for (StoreHarness *store : {&calm, &cut}) {
    store->write("a.json", sample(30));
    store->ingest();
  }
  calm.keep(keeping("3h", "9h"));
  for (int round = 0; round < 25; ++round) {
    Retention retention(cut.writer());
    QVERIFY(retention.change(keeping("3h", "9h")));
    (void)retention.plan(*retention.sizes(), cut.now);
    QVERIFY(retention.step(37, 0));
    QVERIFY(retention.step(37, 0));
    cut.reopen();
  }
  cut.keep(keeping("3h", "9h"));
  QCOMPARE(cut.tables(), calm.tables());
  for (const StoreLayer layer : kStoreLayers)
    QCOMPARE(cut.retention().of(layer).rows_deleted, calm.retention().of(layer).rows_deleted);
}

void tst_Retention::anAgeCountsFromTheNewestReading() {
  StoreHarness store;
  store.write("a.json", sample(5));
  store.ingest();
  const std::string before = store.tables();
  store.keep(keeping("30d")); // years ago by the clock, all within a day by the data
  QCOMPARE(store.tables(), before);
  store.write("b.json", R"({"deviceId":"wrong clock","temperature":1,"time":"2090-01-01T00:00:00Z"})"
                        "\n");
  store.ingest();
  store.now = (kStart + 30 * kDayS) * kSecond; // the clock bounds what a wrong one can do
  store.keep(keeping("30d"));
  QVERIFY(count(store.store(), "count(*) FROM bronze") > 1000);
}

void tst_Retention::aSizeTakesTheOldestAndStopsThere() {
  StoreHarness store;
  store.write("a.json", sample(48, 2));
  store.ingest();
  QVERIFY(store.retention().of(StoreLayer::Bronze).bytes > 3'000'000);
  store.keep(keeping("1MB", "1200kB"));
  const RetentionStatus status = store.retention();
  for (const auto &[layer, limit] :
       {std::pair(StoreLayer::Bronze, 1'000'000), {StoreLayer::Silver, 1'200'000}}) {
    const LayerStatus &at = status.of(layer);
    QVERIFY2(at.bytes <= limit + limit / 10 && at.bytes > limit / 10 * 6,
             qPrintable(QString::number(at.bytes)));
    QVERIFY(at.horizon_us != kNoTime);
  }
  QCOMPARE(
      count(store.store(), "min(event_time_us) / 1000000 >= (SELECT horizon_s FROM retention) FROM bronze"),
      1);
  QVERIFY(count(store.store(), "max(event_time_us) / 1000000 FROM bronze") >= kStart + hours(48) - 2);
  QCOMPARE(status.of(StoreLayer::Rollups).rows_deleted, 0);
}

void tst_Retention::aSizeNeverTakesTheNewestHour() {
  StoreHarness store;
  std::string text; // far more than a megabyte in an hour
  for (int i = 0; i < 3600; ++i)
    for (int device = 0; device < 20; ++device)
      text += jsonLine("d" + std::to_string(device), hours(0) + i, i % 9);
  store.write("a.json", text);
  store.ingest();
  const std::string before = store.tables();
  QVERIFY(store.retention().of(StoreLayer::Bronze).bytes > 2'000'000);
  store.keep(keeping("1MB", "1MB", "1MB"));
  QCOMPARE(store.tables(), before);
}

void tst_Retention::silverNeverGivesUpWhatBronzeHolds() {
  StoreHarness store;
  store.write("a.json", sample(48, 2));
  store.ingest();
  store.keep(keeping("1y", "1MB")); // bronze keeps all of it
  QCOMPARE(store.retention().of(StoreLayer::Silver).rows_deleted, 0);
  store.keep(keeping("30h", "1MB"));
  const RetentionStatus status = store.retention();
  QCOMPARE(status.of(StoreLayer::Silver).horizon_us, status.of(StoreLayer::Bronze).horizon_us);
}

void tst_Retention::givesSpaceBackToTheDisk() {
  StoreHarness store;
  store.write("a.json", sample(48, 2));
  store.ingest();
  const RetentionStatus before = store.retention();
  QVERIFY(before.gives_back);
  store.keep(keeping("2h", "2h"), 300);
  const RetentionStatus after = store.retention();
  QCOMPARE(after.free_bytes, 0);
  QVERIFY2(after.store_bytes < before.store_bytes / 4, qPrintable(QString::number(after.store_bytes)));
  store.reopen(); // the log has come into the file
  QVERIFY(std::filesystem::file_size(store.store()) <= static_cast<std::uintmax_t>(after.store_bytes));
}

void tst_Retention::refusesSettingsThatMakeNoSense() {
  StoreHarness store;
  Retention retention(store.writer());
  QVERIFY(retention.change(keeping("2d", "4d")));
  const Result<void> refused = retention.change(keeping("4d", "2d"));
  QVERIFY(!refused);
  QCOMPARE(refused.error().code, ErrorCode::Usage);
  QCOMPARE(store.retention().settings(), keeping("2d", "4d"));
  store.reopen();
  QCOMPARE(store.retention().settings(), keeping("2d", "4d"));
}

void tst_Retention::filesAreNotReadAgain() {
  StoreHarness store;
  store.write("a.json", sample(5));
  store.write("b.json", sample(9));
  store.ingest();
  store.keep(keeping("1h", "1h"));
  const Overview before = store.overview();
  const std::string tables = store.tables();
  store.ingest();
  store.reopen();
  store.ingest();
  QCOMPARE(store.tables(), tables);
  QCOMPARE(store.overview().counts, before.counts);
  store.append("b.json", jsonLine("roof", hours(10), 3));
  store.ingest();
  QCOMPARE(store.overview().readings, before.readings + 1);
}

void tst_Retention::lateDataBringsBackNoHalfWindows() {
  StoreHarness store;
  store.write("a.json", sample(50));
  store.ingest();
  store.keep(keeping("2h", "6h"));
  const auto windows = [&store](const char *table, int second) {
    return count(store.store(), "coalesce(sum(temperature_count), 0) FROM " + std::string(table) +
                                    " JOIN device d ON d.id = device_id WHERE name = 'roof' AND start_s = " +
                                    std::to_string(kStart + second));
  };
  const int behindSilver = hours(10); // silver begins at 43 hours, bronze at 47
  const int behindBronze = hours(45);
  QCOMPARE(windows("silver", behindBronze), 1);
  const std::int64_t hourBefore = windows("rollup_3600s", behindSilver);
  const std::int64_t dayBefore = windows("rollup_1d", hours(0));
  const std::int64_t bronze = count(store.store(), "count(*) FROM bronze");
  const Overview before = store.overview();

  store.write("late.json", jsonLine("roof", behindSilver, 99) + jsonLine("roof", behindBronze, 99));
  store.ingest();
  QCOMPARE(windows("silver", behindSilver), 0);
  QCOMPARE(windows("silver", behindBronze), 2);
  QCOMPARE(windows("rollup_3600s", behindSilver), hourBefore + 1);
  QCOMPARE(windows("rollup_1d", hours(0)), dayBefore + 1);
  QCOMPARE(count(store.store(), "count(*) FROM bronze"), bronze);
  const Overview after = store.overview();
  QCOMPARE(after.counts.accepted, before.counts.accepted + 2);
  QCOMPARE(after.late, before.late + 2);
  QCOMPARE(after.bronze_rows, bronze);
  QCOMPARE(after.silver_rows, count(store.store(), "count(*) FROM silver"));
  QCOMPARE(store.retention().of(StoreLayer::Bronze).too_late, 2);
  QCOMPARE(store.retention().of(StoreLayer::Silver).too_late, 1);
  QVERIFY(tells(store, "which retention has given up"));
}

void tst_Retention::aReadingBehindEveryHorizonIsCounted() {
  StoreHarness store;
  store.write("a.json", sample(50));
  store.ingest();
  store.keep(keeping("2h", "6h", "6h"));
  const std::string tables = store.tables();
  const Overview before = store.overview();
  store.write("late.json", jsonLine("roof", hours(2), 99) + jsonLine("attic", hours(3), 99));
  store.ingest();
  QCOMPARE(store.tables(), tables);
  for (const Level &level : kLevels)
    QCOMPARE(
        count(store.store(), "count(*) FROM " + std::string(level.table) + " WHERE temperature_max = 99"), 0);
  QCOMPARE(store.overview().counts.accepted, before.counts.accepted + 2);
  QCOMPARE(store.retention().of(StoreLayer::Rollups).too_late, 2);
  store.reopen();
  store.ingest();
  QCOMPARE(store.overview().counts.accepted, before.counts.accepted + 2);
}

void tst_Retention::aReplacedFileKeepsWindowsWithoutBronze() {
  StoreHarness store;
  store.write("a.json", sample(50));
  store.write("b.json", jsonLine("roof", hours(49), 5));
  store.ingest();
  store.keep(keeping("2h"));
  const std::int64_t bronze = kStart + hours(47); // the newest is ten seconds before hour 50
  const std::int64_t old =
      count(store.store(), "sum(temperature_count) FROM silver WHERE start_s < " + std::to_string(bronze));
  // Written anew: every value is another, also those whose readings are gone.
  std::string again;
  for (int second = hours(-1); second < hours(50); second += 5)
    again += jsonLine("roof", second, 77);
  store.write("a.json", again);
  store.now += kHour;
  store.ingest();
  QCOMPARE(store.files().size(), std::size_t{3});
  QCOMPARE(
      count(store.store(), "sum(temperature_count) FROM silver WHERE start_s < " + std::to_string(bronze)),
      old);
  QCOMPARE(count(store.store(),
                 "count(*) FROM silver WHERE temperature_max = 77 AND start_s < " + std::to_string(bronze)),
           0);
  QCOMPARE(
      count(store.store(), "sum(temperature_count) FROM silver WHERE start_s >= " + std::to_string(bronze)),
      3 * 3600 / 5 + 1);
  QCOMPARE(count(store.store(), "sum(temperature_count) FROM rollup_1d"),
           count(store.store(), "sum(temperature_count) FROM silver"));
  QVERIFY(tells(store, "bronze has given them up"));
  const Overview overview = store.overview();
  QCOMPARE(overview.bronze_rows, count(store.store(), "count(*) FROM bronze"));
  QCOMPARE(overview.counts.records, overview.counts.accepted);
  // And it goes on: what follows is taken in.
  store.append("a.json", jsonLine("roof", hours(50), 78));
  store.ingest();
  QCOMPARE(count(store.store(), "count(*) FROM silver WHERE temperature_max = 78"), 1);
}

void tst_Retention::aRemovedFileKeepsWindowsWithoutBronze() {
  StoreHarness store;
  store.write("a.json", sample(50));
  store.write("b.json", jsonLine("roof", hours(49) + 5, 5));
  store.ingest();
  const Overview before = store.overview();
  store.keep(keeping("2h"));
  const std::string horizon = std::to_string(kStart + hours(47));
  const std::int64_t old = count(store.store(), "count(*) FROM silver WHERE start_s < " + horizon);
  QVERIFY(old > 10'000);
  const std::atomic<bool> never{false};
  Corrections corrections(store.writer(), never);
  const std::int64_t file = store.files().front().id;
  QVERIFY(corrections.removeReadings(*corrections.file(file)));
  QCOMPARE(count(store.store(), "count(*) FROM silver WHERE start_s < " + horizon), old);
  QCOMPARE(count(store.store(), "count(*) FROM silver WHERE start_s >= " + horizon), 1);
  QCOMPARE(count(store.store(), "sum(temperature_count) FROM rollup_1d"),
           count(store.store(), "sum(temperature_count) FROM silver"));
  QCOMPARE(store.overview().bronze_rows, 1);
  QCOMPARE(store.overview().first_us, floorTo(before.first_us, 10 * kSecond));
  store.reopen();
  store.ingest();
  QCOMPARE(store.overview().bronze_rows, 1);
}

void tst_Retention::mergedDevicesAddUpWindowsWithoutBronze() {
  StoreHarness merged, one;
  const std::string content = sample(50);
  merged.write("a.json", content);
  std::string both = content;
  for (std::size_t at = 0; (at = both.find("cellar", at)) != std::string::npos;)
    both.replace(at, 6, "roof");
  one.write("a.json", both);
  for (StoreHarness *store : {&merged, &one}) {
    store->write("b.json", jsonLine("roof", hours(3) + 5, 5) + jsonLine("attic", hours(3) + 5, 6));
    store->ingest();
    store->keep(keeping("5h", "30h"));
  }
  const std::atomic<bool> never{false};
  Corrections corrections(merged.writer(), never);
  const auto id = [&merged](const char *name) {
    return count(merged.store(), "id FROM device WHERE name = '" + std::string(name) + "'");
  };
  const Result<Corrected> done = corrections.mergeDevices(id("cellar"), id("roof"));
  QVERIFY2(done, done ? "" : done.error().message.c_str());
  for (const Level &level : kLevels)
    for (const char *what : {"count(*)", "sum(temperature_count)", "sum(temperature_sum)",
                             "sum(temperature_min)", "sum(temperature_max)", "sum(late)"}) {
      const std::string sql = std::string(what) + " FROM " + level.table;
      QCOMPARE(count(merged.store(), sql), count(one.store(), sql));
    }
  QCOMPARE(merged.overview().silver_rows, count(merged.store(), "count(*) FROM silver"));
  QCOMPARE(merged.overview().devices.size(), std::size_t{2});
}

void tst_Retention::duplicatesAreSoughtOnlyWhereBronzeIsWhole() {
  StoreHarness store;
  store.write("a.json", sample(50) + jsonLine("roof", hours(49), 20 + hours(49) % 7));
  store.ingest();
  store.keep(keeping("2h"));
  const std::string old = " FROM silver WHERE start_s < " + std::to_string(kStart + hours(47));
  const std::int64_t before = count(store.store(), "count(*)" + old);
  QVERIFY(store.writer().addSource(store.path(""), false));
  const std::int64_t source = count(store.store(), "id FROM source");
  store.write("b.json", sample(50));
  store.ingest(); // as late data: bronze keeps what is young enough
  const std::atomic<bool> never{false};
  QVERIFY(Corrections(store.writer(), never).leaveOutDuplicates(source, true));
  QCOMPARE(count(store.store(), "count(*)" + old), before);
  QCOMPARE(count(store.store(),
                 "max(temperature_count) FROM silver WHERE start_s >= " + std::to_string(kStart + hours(47))),
           1);
}

void tst_Retention::chartsTakeTheFinestLevelThatIsThere() {
  StoreHarness store;
  store.write("a.json", sample(50));
  store.ingest();
  store.keep(keeping("2h", "6h"));
  SeriesRequest request;
  request.columns = 1000;
  request.devices = {1, 2};
  request.quantities = {1};
  const auto stepFrom = [&](int second, TimeUs width) {
    request.from_us = (kStart + second) * kSecond;
    request.to_us = request.from_us + width;
    const SeriesSet set = store.series(request);
    std::size_t points = 0;
    for (const SeriesLine &line : set.lines)
      points += line.points.size();
    return points > 1 ? set.step_us : -1;
  };
  QCOMPARE(stepFrom(hours(49), 30 * kSecond), 0);            // readings
  QCOMPARE(stepFrom(hours(46), 30 * kSecond), kSecond);      // windows: readings are gone
  QCOMPARE(stepFrom(hours(45), 30 * kMinute), kSecond);      // windows
  QCOMPARE(stepFrom(hours(10), 30 * kMinute), 10 * kSecond); // rollups: windows are gone
  QCOMPARE(stepFrom(hours(10), 30 * kSecond), 10 * kSecond);
}

void tst_Retention::foretellsWhatWouldGo() {
  StoreHarness store;
  store.write("a.json", sample(72, 5));
  store.ingest();
  Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store.store());
  for (const RetentionSettings &settings :
       {keeping("6h", "30h", "2d"), keeping("1MB", "1500kB"), keeping("12h")}) {
    const RetentionStatus status = *(*reader)->retention(settings, store.now);
    StoreHarness done;
    done.write("a.json", sample(72, 5));
    done.ingest();
    done.keep(settings);
    for (const StoreLayer layer : kStoreLayers) {
      const auto gone = static_cast<double>(done.retention().of(layer).rows_deleted);
      const auto told = static_cast<double>(status.of(layer).doomed_rows);
      const auto all = static_cast<double>(status.of(layer).rows);
      QVERIFY2(std::abs(told - gone) < 0.06 * all,
               qPrintable(
                   QString("%1: %2 told, %3 gone of %4").arg(toString(layer)).arg(told).arg(gone).arg(all)));
    }
  }
  QCOMPARE((*reader)->retention(std::nullopt, store.now)->of(StoreLayer::Bronze).doomed_rows, 0);
}

void tst_Retention::foretellsWhenTheDiskIsFull() {
  StoreHarness store;
  store.write("a.json", sample(5, 2));
  store.ingest();
  QVERIFY(store.writer().progress().save({}, store.now));
  QCOMPARE(store.retention().forecast, RetentionStatus::Forecast::Unknown);
  store.now += 2 * kHour;
  QCOMPARE(store.retention().forecast, RetentionStatus::Forecast::NotWithinAYear);
  store.write("b.json", sample(48, 2));
  store.ingest();
  const RetentionStatus status = store.retention();
  QCOMPARE(status.growth_span_us, 2 * kHour);
  QVERIFY(status.bytes_per_day > 1e7);
  const double expected =
      static_cast<double>(status.disk_free_bytes + status.free_bytes) / status.bytes_per_day;
  QCOMPARE(status.days_until_full, expected);
  QCOMPARE(status.forecast,
           expected > 365 ? RetentionStatus::Forecast::NotWithinAYear : RetentionStatus::Forecast::Days);
  double layers = 0;
  for (const LayerStatus &layer : status.layers) {
    QVERIFY(layer.bytes_per_day > 0);
    layers += layer.bytes_per_day;
  }
  QVERIFY(layers <= status.bytes_per_day * 1.01);
}

METEOROGRAPH_TEST(tst_Retention)
#include "tst_Retention.moc"
