// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/FakeEngine.h"
#include "ui/panels/DevicesPanel.h"
#include "ui/panels/TileFacts.h"

#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {
constexpr TimeUs kNow = 1'795'000'000 * kSecond;
const Quantity kQuantity{1, "temperature", "°C", "temperature", {}};
const ViewRange kRange{kNow - 5 * kMinute, kNow};

TileFacts factsOf(const Overview &overview, const ViewState &view, TimeUs reference = kNow) {
  return tileFacts(kQuantity, overview, sampleSeries(view.request(overview, kRange, 800)), {}, view, kRange,
                   reference);
}
} // namespace

class tst_TileFacts : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void takesTheMeanWithoutStaleDevices() {
    const TileFacts facts = factsOf(sampleOverview(kNow), {});
    QCOMPARE(facts.devices, 3); // greenhouse-2 has been silent for 13 min
    QCOMPARE(*facts.value, 21.0);
    QVERIFY(*facts.age_us <= kSecond);
  }

  void tellsOnlyOfTheChosenDevice() {
    ViewState view;
    view.selectedDevice = 2;
    const TileFacts facts = factsOf(sampleOverview(kNow), view);
    QCOMPARE(facts.devices, 1);
    QCOMPARE(*facts.value, 21.0);
    QVERIFY(facts.maximum->value < 24); // device 3's line lies higher
  }

  void leavesOutHiddenDevices() {
    const Overview overview = sampleOverview(kNow);
    ViewState view;
    view.showDevice(overview.devices[0], false);
    QCOMPARE(*factsOf(overview, view).value, 21.5);
  }

  void tellsNothingWhenAllAreStale() {
    const TileFacts facts = factsOf(sampleOverview(kNow), {}, kNow + kHour);
    QVERIFY(!facts.value);
    QVERIFY(!facts.age_us);
    QVERIFY(facts.maximum); // of the range all the same
  }

  void extremesLieInTheRange() {
    const Overview overview = sampleOverview(kNow);
    SeriesSet series = sampleSeries(ViewState().request(overview, kRange, 800));
    SeriesPoint before = series.lines[0].points[0];
    before.first_us = before.last_us = kRange.from_us - kSecond;
    before.max = 99;
    series.lines[0].points.insert(series.lines[0].points.begin(), before);
    const TileFacts facts = tileFacts(kQuantity, overview, series, {}, {}, kRange, kNow);
    QVERIFY(facts.maximum->value < 99);
    QVERIFY(facts.maximum->time_us >= kRange.from_us && facts.maximum->time_us < kRange.to_us);
    QVERIFY(facts.minimum->value < facts.maximum->value);
  }

  void theTrendIsTheChangePerHourOfWhatTheHourHolds_data() {
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("whole hour") << 60 << true;
    QTest::newRow("a quarter") << 15 << true;
    QTest::newRow("too short to multiply") << 8 << false;
  }
  void theTrendIsTheChangePerHourOfWhatTheHourHolds() {
    QFETCH(int, minutes);
    QFETCH(bool, isTold);
    SeriesSet hour;
    for (DeviceId device = 1; device <= 2; ++device) {
      SeriesLine line{device, 1, {}, {}, kMinute, kNoTime};
      // The second device lies 10 higher and joined half way: no trend comes of that.
      for (int i = device == 2 ? minutes / 2 : 0; i < minutes; ++i) {
        const TimeUs time = kNow - (minutes - i) * kMinute;
        const double value = 20 + 10.0 * static_cast<double>(device) + 3.0 * i / 60;
        line.points.push_back({time, time, value, value, value, value, value, value, 1, false});
      }
      hour.lines.push_back(line);
    }
    const TileFacts facts = tileFacts(kQuantity, sampleOverview(kNow), {}, hour, {}, kRange, kNow);
    QCOMPARE(facts.trend.has_value(), isTold);
    if (isTold)
      QVERIFY2(std::abs(*facts.trend - 3) < 0.9, qPrintable(QString::number(*facts.trend)));
    QVERIFY(facts.hour[59]);
    QCOMPARE(facts.hour[0].has_value(), minutes == 60);
  }

  void tellsTheLastValueAndTheSilenceWhenAllAreStale() {
    const TileFacts facts = factsOf(sampleOverview(kNow), {}, kNow + kHour);
    QCOMPARE(*facts.lastValue, 20.0);
    QVERIFY(std::abs(*facts.silent_us - kHour) <= kSecond);
    QVERIFY(!factsOf(sampleOverview(kNow), {}).lastValue);
  }

  void staleAfterThreeIntervals_data() {
    QTest::addColumn<qint64>("cadence");
    QTest::addColumn<qint64>("age");
    QTest::addColumn<bool>("stale");
    QTest::newRow("minutely, fresh") << qint64{kMinute} << qint64{179 * kSecond} << false;
    QTest::newRow("minutely, stale") << qint64{kMinute} << qint64{181 * kSecond} << true;
    QTest::newRow("daily, fresh") << qint64{kDay} << qint64{2 * kDay} << false;
    QTest::newRow("fast ones get the way to the screen")
        << qint64{100 * kMillisecond} << qint64{kSecond} << false;
    QTest::newRow("fast, stale") << qint64{100 * kMillisecond} << qint64{3 * kSecond} << true;
    QTest::newRow("rhythm unknown") << qint64{0} << qint64{30 * kSecond} << false;
    QTest::newRow("clock ahead") << qint64{kSecond} << qint64{-kMinute} << false;
  }
  void staleAfterThreeIntervals() {
    QFETCH(qint64, cadence);
    QFETCH(qint64, age);
    QFETCH(bool, stale);
    QCOMPARE(isStale(kNow - age, cadence, kNow), stale);
    QVERIFY(isStale(kNoTime, cadence, kNow));
  }
};

METEOROGRAPH_TEST(tst_TileFacts)
#include "tst_TileFacts.moc"
