// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/BelievedClock.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

class tst_BelievedClock : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void believesALeapForwardAfterADay() {
    BelievedClock clock;
    constexpr TimeUs kStart = 1'700'000'000 * kSecond;
    constexpr TimeUs kYears = 10 * 365 * kDay;
    QCOMPARE(clock.now(kStart, 0), kStart);
    QCOMPARE(clock.now(kStart + kYears, kMinute), kStart + kMinute);
    QCOMPARE(clock.leap(), kYears - kMinute);
    QCOMPARE(clock.now(kStart + kYears + kHour, kMinute + kHour), kStart + kMinute + kHour);
    const TimeUs later = kMinute + kDay;
    QCOMPARE(clock.now(kStart + kYears + kDay, later), kStart + kYears + kDay);
    QCOMPARE(clock.leap(), 0);
  }

  void forgetsALeapThatIsTakenBack() {
    BelievedClock clock;
    constexpr TimeUs kStart = 1'700'000'000 * kSecond;
    clock.now(kStart, 0);
    clock.now(kStart + 5 * kHour, kMinute);
    QCOMPARE(clock.now(kStart + 2 * kMinute, 2 * kMinute), kStart + 2 * kMinute);
    QCOMPARE(clock.leap(), 0);
    QCOMPARE(clock.now(kStart + 5 * kHour, 2 * kDay), kStart + 5 * kHour); // slower than time itself
    QCOMPARE(clock.now(kStart + 80 * kHour, 2 * kDay), kStart + 5 * kHour);
  }

  void believesAClockThatGoesBackAtOnce() {
    BelievedClock clock;
    clock.now(1'700'000'000 * kSecond, 0);
    QCOMPARE(clock.now(0, kMinute), 0);
  }
};

METEOROGRAPH_TEST(tst_BelievedClock)
#include "tst_BelievedClock.moc"
