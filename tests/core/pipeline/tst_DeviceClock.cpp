// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/DeviceClock.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

namespace {
constexpr TimeUs kLateness = 10 * kSecond;
constexpr TimeUs kFarAhead = 1'000'000 * kSecond; // a receipt that trusts any time of these tests
} // namespace

class tst_DeviceClock : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void isLateOnceTheWindowsEndIsReached();
  void neverMovesTheWatermarkBack();
  void trustsNoTimeMoreThanADayAhead();
  void knowsItsCadenceInSpiteOfGapsAndSteps();
};

void tst_DeviceClock::isLateOnceTheWindowsEndIsReached() {
  DeviceClock clock;
  QVERIFY(!clock.take(25 * kSecond, kFarAhead, kLateness));          // watermark 15 s
  QVERIFY(!clock.take(15 * kSecond, kFarAhead, kLateness));          // its window ends at 16 s
  QVERIFY(clock.take(14 * kSecond + 999'999, kFarAhead, kLateness)); // ends at 15 s: equal closes
  QVERIFY(!clock.take(25 * kSecond + 999'999, kFarAhead, kLateness));
  QVERIFY(!clock.take(15 * kSecond, kFarAhead, kLateness)); // watermark 15.999999 s
  QVERIFY(!clock.take(26 * kSecond, kFarAhead, kLateness));
  QVERIFY(clock.take(15 * kSecond, kFarAhead, kLateness)); // watermark 16 s
}

void tst_DeviceClock::neverMovesTheWatermarkBack() {
  DeviceClock clock;
  clock.take(100 * kSecond, kFarAhead, kLateness);
  clock.take(5 * kSecond, kFarAhead, kLateness);
  QCOMPARE(clock.watermark_us, 90 * kSecond);
  QCOMPARE(clock.first_us, 5 * kSecond);
  QCOMPARE(clock.newest_us, 100 * kSecond);
}

void tst_DeviceClock::trustsNoTimeMoreThanADayAhead() {
  DeviceClock clock;
  const TimeUs received = 1000 * kSecond;
  clock.take(received, received, kLateness);
  clock.take(received + kDay + 1, received, kLateness);
  QCOMPARE(clock.watermark_us, received - kLateness);
  QCOMPARE(clock.newest_us, received + kDay + 1);
  clock.take(received + kDay, received, kLateness);
  QCOMPARE(clock.watermark_us, received + kDay - kLateness);
}

void tst_DeviceClock::knowsItsCadenceInSpiteOfGapsAndSteps() {
  DeviceClock clock;
  TimeUs time = 0;
  for (int i = 0; i < 40; ++i) {
    time += i % 10 == 0 ? kHour : i % 13 == 0 ? -20 * kSecond : 60 * kSecond + i;
    clock.take(time, kFarAhead, kLateness);
  }
  clock.settleCadence();
  QVERIFY(clock.cadence_us >= 60 * kSecond && clock.cadence_us < 61 * kSecond);
}

METEOROGRAPH_TEST(tst_DeviceClock)
#include "tst_DeviceClock.moc"
