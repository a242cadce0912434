// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Schema.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <cmath>

using namespace meteorograph;

namespace {

constexpr TimeUs kStart = 1'700'000'000 * kSecond;

SeriesSet seriesOf(StoreHarness &store, TimeUs from, TimeUs to, int columns, AverageSpan average = {}) {
  return store.series({from, to, columns, {1}, {1}, average});
}

} // namespace

class tst_StoreReader : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsTheCoarsestLevelThatHasABucketForEachPixel_data();
  void readsTheCoarsestLevelThatHasABucketForEachPixel();
  void readsSingleReadingsWhenZoomedIn();
  void givesEachColumnItsExtremes();
  void averagesAsGoldDoesAtTheFinestLevel();
  void knowsWhatIsProvisionalAndWhatWasLate();
  void findsTheLatestValueHoweverOld();
  void goldViewEqualsTheExport();
  void keepsAQuantityWhoseNameASQLColumnHas();
  void refusesMoreThanFourHundredQuantities();
};

void tst_StoreReader::readsTheCoarsestLevelThatHasABucketForEachPixel_data() {
  QTest::addColumn<qlonglong>("range_s");
  QTest::addColumn<qlonglong>("step_s");
  QTest::newRow("5 min") << 300LL << 1LL;
  QTest::newRow("1 h") << 3600LL << 1LL;
  QTest::newRow("6 h") << 6 * 3600LL << 10LL;
  QTest::newRow("24 h") << 86400LL << 60LL;
  QTest::newRow("30 d") << 30 * 86400LL << 600LL;
  QTest::newRow("1 y") << 365 * 86400LL << 3600LL;
  QTest::newRow("10 y") << 3650 * 86400LL << 86400LL;
}

void tst_StoreReader::readsTheCoarsestLevelThatHasABucketForEachPixel() {
  QFETCH(qlonglong, range_s);
  QFETCH(qlonglong, step_s);
  StoreHarness store;
  store.write("a.json", jsonLine("d", 0, 20));
  store.ingest();
  QCOMPARE(seriesOf(store, kStart, kStart + range_s * kSecond, 1000).step_us, step_s * kSecond);
}

void tst_StoreReader::readsSingleReadingsWhenZoomedIn() {
  StoreHarness store;
  std::string text;
  for (int i = 0; i < 4000; ++i)
    text += "{\"deviceId\":\"d\",\"temperature\":" + std::to_string(i % 50) + ",\"time\":\"" +
            formatIsoTime(kStart + i * kSecond / 100) + "\"}\n";
  store.write("a.json", text);
  store.ingest();
  const SeriesSet set = seriesOf(store, kStart + 10 * kSecond, kStart + 12 * kSecond, 1000);
  QCOMPARE(set.step_us, 0);
  // 200 readings in the range, one before and one behind it.
  QCOMPARE(set.lines[0].points.size(), 202u);
  QCOMPARE(set.lines[0].points[1].first_us, kStart + 10 * kSecond);
  QCOMPARE(set.lines[0].breaks.size(), 0u);
}

void tst_StoreReader::givesEachColumnItsExtremes() {
  StoreHarness store;
  std::string text;
  for (int second = 0; second < 20'000; ++second)
    text += jsonLine("d", second, second == 7'777 ? 99 : 20);
  store.write("a.json", text);
  store.ingest();
  const SeriesSet set = seriesOf(store, kStart, kStart + 20'000 * kSecond, 100);
  double highest = 0;
  std::int64_t count = 0;
  for (const SeriesPoint &point : set.lines[0].points) {
    highest = std::max(highest, point.max);
    count += point.count;
  }
  QCOMPARE(highest, 99.0);
  QCOMPARE(count, 20'000);
}

void tst_StoreReader::averagesAsGoldDoesAtTheFinestLevel() {
  StoreHarness store;
  std::string text;
  for (int second = 0; second < 300; ++second)
    if (second % 7 != 3)
      text += jsonLine("d", second, 20 + second % 13);
  store.write("a.json", text);
  store.ingest();
  for (const AverageSpan &span : {AverageSpan{AverageSpan::Kind::Duration, 15 * kSecond, 0},
                                  AverageSpan{AverageSpan::Kind::Duration, 60 * kSecond, 0},
                                  AverageSpan{AverageSpan::Kind::Windows, 0, 8}}) {
    const SeriesSet set = seriesOf(store, kStart + 100 * kSecond, kStart + 200 * kSecond, 100, span);
    std::size_t compared = 0;
    for (const GoldRow &gold : store.gold())
      for (const SeriesPoint &point : set.lines[0].points)
        if (point.last_us == gold.start_us && gold.start_us >= set.from_us) {
          const double expected = span.kind == AverageSpan::Kind::Windows ? gold.ma_8
                                  : span.duration_us == 15 * kSecond      ? gold.ma_15s
                                                                          : gold.ma_60s;
          QVERIFY(std::abs(point.average - expected) < 1e-9);
          ++compared;
        }
    QVERIFY(compared > 80);
  }
}

void tst_StoreReader::knowsWhatIsProvisionalAndWhatWasLate() {
  StoreHarness store;
  std::string text;
  for (int second = 0; second < 1000; ++second)
    text += jsonLine("d", second, 20);
  store.write("a.json", text + jsonLine("d", 100, 30));
  store.ingest();
  const Overview overview = store.overview();
  QCOMPARE(overview.late, 1);
  QCOMPARE(overview.devices[0].watermark_us, kStart + 399 * kSecond);
  QCOMPARE(overview.provisional_windows, 601); // those that end after the watermark
  const SeriesSet set = seriesOf(store, kStart, kStart + 1000 * kSecond, 1000);
  for (const SeriesPoint &point : set.lines[0].points)
    QCOMPARE(point.late, point.first_us == kStart + 100 * kSecond);
}

void tst_StoreReader::findsTheLatestValueHoweverOld() {
  StoreHarness store;
  // Of the first 15 s the average is over all that is there; then the temperature goes on alone.
  std::string text = "time,device,temperature,humidity,pressure\n";
  for (int second = 0; second < 20; ++second)
    text += formatIsoTime(kStart + second * kSecond) + ",d,20," + std::to_string(second) + ",1000\n";
  for (int second = 1000; second < 1100; ++second)
    text += formatIsoTime(kStart + second * kSecond) + ",d,20,,\n";
  for (int day = 1; day < 10; ++day)
    text += formatIsoTime(kStart + day * kDay) + ",d,20,," + std::to_string(1000 + day) + "\n";
  for (int second = 1; second < 100; ++second)
    text += formatIsoTime(kStart + 9 * kDay + second * kSecond) + ",d,20,,\n";
  store.write("a.csv", text);
  store.ingest();
  const std::vector<LatestValue> latest = store.overview().devices[0].latest;
  QCOMPARE(latest.size(), 3u);
  QCOMPARE(latest[0].time_us, kStart + 9 * kDay + 99 * kSecond);
  QCOMPARE(latest[1].time_us, kStart + 19 * kSecond);
  QCOMPARE(latest[1].value, 19.0);
  QCOMPARE(latest[1].average, 12.0); // of 5 to 19
  QCOMPARE(latest[2].time_us, kStart + 9 * kDay);
  QCOMPARE(latest[2].value, 1009.0);
}

void tst_StoreReader::goldViewEqualsTheExport() {
  StoreHarness store;
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += jsonLine("d" + std::to_string(i % 3), i / 2 + (i % 50 == 0 ? 70 : 0), 20 + i % 17);
  store.write("a.json", text);
  store.ingest();
  const std::vector<GoldRow> rows = store.gold();
  QVERIFY(rows.size() > 300);
  const std::vector<GoldRow> view = store.goldView();
  QCOMPARE(view.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const GoldRow &seen = view[i];
    QCOMPARE(seen.start_us, rows[i].start_us);
    QVERIFY(std::abs(seen.mean - rows[i].mean) < 1e-9);
    QVERIFY(std::abs(seen.ma_8 - rows[i].ma_8) < 1e-9);
    QVERIFY(std::abs(seen.ma_15s - rows[i].ma_15s) < 1e-9);
    QVERIFY(std::abs(seen.ma_60s - rows[i].ma_60s) < 1e-9);
  }
}

void tst_StoreReader::keepsAQuantityWhoseNameASQLColumnHas() {
  StoreHarness store;
  store.write("a.csv",
              "time,line,late,co2,co2_sum,drop table bronze\n2024-01-01T00:00:00Z,1.5,2.5,400,401,5\n");
  store.ingest();
  QCOMPARE(store.overview().readings, 1);
  QCOMPARE(store.overview().quantities.size(), 5u);
  QCOMPARE(store.inconsistency(), QString());
}

void tst_StoreReader::refusesMoreThanFourHundredQuantities() {
  StoreHarness store;
  for (int file = 0; file < 3; ++file) {
    std::string names = "time", values = "2024-01-01T00:00:00Z";
    for (int i = 0; i < 150; ++i) {
      names += ",q" + std::to_string(file * 150 + i);
      values += "," + std::to_string(i);
    }
    store.write("f" + std::to_string(file) + ".csv", names + "\n" + values + "\n");
    store.age("f" + std::to_string(file) + ".csv", kHour - file * kMinute);
  }
  store.ingest();
  QCOMPARE(store.errors.size(), 0u);
  QCOMPARE(store.overview().quantities.size(), kMaxQuantities);
  QCOMPARE(store.overview().readings, 3);
  QCOMPARE(store.events().size(), 1u);
  QVERIFY(store.rescued().find("\"q449\":149") != std::string::npos);
}

METEOROGRAPH_TEST(tst_StoreReader)
#include "tst_StoreReader.moc"
