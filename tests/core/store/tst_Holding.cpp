// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Corrections.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

namespace {

SeriesRequest requestOf(const Overview &overview, TimeUs from, TimeUs to, int columns) {
  SeriesRequest request;
  request.from_us = from;
  request.to_us = to;
  request.columns = columns;
  for (const DeviceStatus &device : overview.devices)
    request.devices.push_back(device.id);
  request.quantities = {overview.quantities.front().id};
  return request;
}

} // namespace

/// Charts of devices that record only changes.
class tst_Holding : public QObject {
  Q_OBJECT

  /// "lamp" speaks every second for a while and then is silent for an hour, "clock" goes on.
  static void fill(StoreHarness &harness) {
    std::string text;
    for (int second = 0; second < 10; ++second)
      text += jsonLine("lamp", second, second);
    text += jsonLine("lamp", 3600, 77);
    for (int second = 0; second < 7200; second += 60)
      text += jsonLine("clock", second, 1);
    harness.write("a.json", text);
    harness.ingest();
  }
  static TimeUs startOf(StoreHarness &harness) { return harness.overview().first_us; }
  static void hold(StoreHarness &harness, const std::string &name) {
    const std::atomic<bool> cancelled{false};
    for (const DeviceStatus &device : harness.overview().devices)
      if (device.name == name)
        QVERIFY(Corrections(harness.writer(), cancelled).setHolding(device.id, true));
  }
  static const SeriesLine &lineOf(const SeriesSet &set, const Overview &overview, const std::string &name) {
    for (const DeviceStatus &device : overview.devices)
      for (const SeriesLine &line : set.lines)
        if (device.name == name && line.device == device.id)
          return line;
    return set.lines.front();
  }

private Q_SLOTS:
  void holdsInsteadOfBreaking_data() {
    QTest::addColumn<int>("columns");
    QTest::newRow("seconds") << 7200;
    QTest::newRow("minutes") << 100;
  }
  void holdsInsteadOfBreaking() {
    QFETCH(int, columns);
    StoreHarness harness;
    fill(harness);
    const TimeUs start = startOf(harness);
    const SeriesRequest request = requestOf(harness.overview(), start, start + 2 * kHour, columns);
    const SeriesSet before = harness.series(request);
    QVERIFY(!lineOf(before, harness.overview(), "lamp").breaks.empty());
    QCOMPARE(lineOf(before, harness.overview(), "lamp").held_until_us, kNoTime);
    hold(harness, "lamp");
    const SeriesSet after = harness.series(request);
    const SeriesLine &lamp = lineOf(after, harness.overview(), "lamp");
    QVERIFY(lamp.breaks.empty());
    QCOMPARE(lamp.held_until_us, harness.overview().newest_us); // of the whole store
    QCOMPARE(lamp.points.back().last, 77.0);
    QCOMPARE(lineOf(after, harness.overview(), "clock").held_until_us, kNoTime);
  }

  void knowsWhatIsHeldWhenARangeBegins_data() {
    QTest::addColumn<qlonglong>("length_us");
    QTest::newRow("windows") << qlonglong{10 * kMinute};
    QTest::newRow("readings") << qlonglong{5 * kSecond};
  }
  void knowsWhatIsHeldWhenARangeBegins() {
    QFETCH(qlonglong, length_us);
    StoreHarness harness;
    fill(harness);
    hold(harness, "lamp");
    const TimeUs from = startOf(harness) + 30 * kMinute; // in the middle of the silence
    const SeriesSet set = harness.series(requestOf(harness.overview(), from, from + length_us, 600));
    const SeriesLine &lamp = lineOf(set, harness.overview(), "lamp");
    QVERIFY(!lamp.points.empty());
    QCOMPARE(lamp.points.front().last, 9.0);
    QVERIFY(lamp.points.front().last_us < from);
    QVERIFY(lamp.breaks.empty());
  }
};

METEOROGRAPH_TEST(tst_Holding)
#include "tst_Holding.moc"
