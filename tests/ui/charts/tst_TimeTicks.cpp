// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/charts/TimeTicks.h"

#include <QSet>

#include <map>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

TimeUs at(const char *text) { return parseIsoTime(text)->time_us; }

QStringList labels(const std::vector<TimeTick> &ticks) {
  QStringList result;
  for (const TimeTick &tick : ticks)
    result << tick.label;
  return result;
}

} // namespace

class tst_TimeTicks : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { QLocale::setDefault(QLocale::c()); }

  void areRoundAtEveryScale_data() {
    QTest::addColumn<TimeUs>("length");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    const auto row = [](const char *name, TimeUs length, const char *first, const char *second) {
      QTest::newRow(name) << length << QString::fromLatin1(first) << QString::fromLatin1(second);
    };
    row("50 µs", 50, "14:02:10.000020", "14:02:10.000040");
    row("5 ms", 5 * kMillisecond, "14:02:10.001", "14:02:10.002");
    row("1 s", kSecond, "14:02:10.200", "14:02:10.400");
    row("1 min", kMinute, "14:02:20", "14:02:30");
    row("5 min", 5 * kMinute, "14:03", "14:04");
    row("1 h", kHour, "14:10", "14:20");
    row("12 h", 12 * kHour, "16:00", "18:00");
    row("2 d", 2 * kDay, "18:00", "23 Nov");
    row("7 d", 7 * kDay, "23 Nov", "24 Nov");
    row("30 d", 30 * kDay, "Dec", "8 Dec");
    row("1 y", 365 * kDay, "2027", "Apr");
    row("30 y", 30 * 365 * kDay, "2030", "2035");
    row("300 y", 300 * 365 * kDay, "2050", "2100");
  }
  void areRoundAtEveryScale() {
    QFETCH(TimeUs, length);
    QFETCH(QString, first);
    QFETCH(QString, second);
    const TimeUs from = at("2026-11-22T14:02:10Z") + 1;
    const std::vector<TimeTick> ticks = timeTicks(from, from + length, 600, QTimeZone::utc());
    QVERIFY(ticks.size() >= 2);
    QCOMPARE(ticks[0].label, first);
    QCOMPARE(ticks[1].label, second);
  }

  void areInOrderInsideAndNeverCrowded_data() {
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone :
         {"UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"})
      QTest::newRow(zone) << QByteArray(zone);
  }
  void areInOrderInsideAndNeverCrowded() {
    QFETCH(QByteArray, zone);
    for (TimeUs length = 10; length < 2000 * 365 * kDay; length = length * 17 / 10) {
      const TimeUs from = at("1990-03-25T00:30:00Z");
      const std::vector<TimeTick> ticks = timeTicks(from, from + length, 1200, QTimeZone(zone));
      QVERIFY(!ticks.empty());
      QVERIFY2(ticks.size() <= 25, qPrintable(QString::number(ticks.size())));
      for (std::size_t i = 0; i < ticks.size(); ++i) {
        QVERIFY(ticks[i].time_us >= from && ticks[i].time_us <= from + length);
        QVERIFY(i == 0 || ticks[i].time_us > ticks[i - 1].time_us);
        QVERIFY(!ticks[i].label.isEmpty());
      }
    }
  }

  void showTheDoubledHourTwice() {
    const TimeUs from = at("2026-10-24T22:30:00Z"); // the clock goes back at 01:00Z, from 03:00 to 02:00
    const auto ticks = timeTicks(from, at("2026-10-25T04:30:00Z"), 600, QTimeZone("Europe/Berlin"));
    QCOMPARE(labels(ticks), QStringList({"01:00", "02:00", "02:00 UTC+1", "03:00", "04:00", "05:00"}));
    QCOMPARE(ticks[2].time_us - ticks[1].time_us, kHour);
  }

  void leaveOutTheMissingHour() {
    const TimeUs from = at("2026-03-28T23:30:00Z"); // the clock goes forward at 01:00Z, from 02:00 to 03:00
    const auto ticks = timeTicks(from, at("2026-03-29T03:30:00Z"), 400, QTimeZone("Europe/Berlin"));
    QCOMPARE(labels(ticks), QStringList({"01:00", "03:00 UTC+2", "04:00", "05:00"}));
    QCOMPARE(ticks[1].time_us - ticks[0].time_us, kHour);
  }

  void keepMidnightsOnBothSidesOfAClockChange() {
    const auto ticks =
        timeTicks(at("2026-10-23T12:00:00Z"), at("2026-10-27T12:00:00Z"), 400, QTimeZone("Europe/Berlin"));
    QCOMPARE(labels(ticks), QStringList({"24 Oct", "25 Oct", "26 Oct", "27 Oct"}));
    QCOMPARE(ticks[2].time_us - ticks[1].time_us, 25 * kHour);
  }

  void markMidnightAsMajorAmongHours() {
    const auto ticks =
        timeTicks(at("2026-11-22T20:00:00Z"), at("2026-11-23T04:00:00Z"), 800, QTimeZone::utc());
    const auto midnight =
        std::find_if(ticks.begin(), ticks.end(), [](const TimeTick &tick) { return tick.major; });
    QVERIFY(midnight != ticks.end());
    QCOMPARE(midnight->label, QStringLiteral("23 Nov"));
    QCOMPARE(midnight->time_us, at("2026-11-23T00:00:00Z"));
  }

  /// Ticks belong to times, not to places: while a live range moves, none changes its time or its label.
  void doNotJitterWhileTheRangeMoves_data() {
    QTest::addColumn<TimeUs>("length");
    for (const TimeUs length : {kSecond, kMinute, 5 * kMinute, kHour, kDay, 30 * kDay})
      QTest::newRow(qPrintable(QString::number(length))) << length;
  }
  void doNotJitterWhileTheRangeMoves() {
    QFETCH(TimeUs, length);
    const QTimeZone berlin("Europe/Berlin");
    std::map<TimeUs, QString> seen;
    TimeUs first = at("2026-10-24T23:59:00Z");
    for (int frame = 0; frame < 300; ++frame, first += length / 127) {
      const std::vector<TimeTick> ticks = timeTicks(first, first + length, 1200, berlin);
      for (const TimeTick &tick : ticks) {
        const auto [known, isNew] = seen.emplace(tick.time_us, tick.label);
        QVERIFY2(isNew || known->second == tick.label, qPrintable(tick.label + " was " + known->second));
      }
      for (const auto &[time, label] : seen) { // and none of those in sight is missing
        const auto isIt = [time = time](const TimeTick &tick) { return tick.time_us == time; };
        QVERIFY2(time < first || time > first + length || std::any_of(ticks.begin(), ticks.end(), isIt),
                 qPrintable(label));
      }
    }
  }

  void standOnRoundTimesOnBothSidesOfEveryClockChange_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<TimeUs>("change");
    QTest::newRow("Berlin, autumn") << QByteArray("Europe/Berlin") << at("2026-10-25T01:00:00Z");
    QTest::newRow("Berlin, spring") << QByteArray("Europe/Berlin") << at("2026-03-29T01:00:00Z");
    QTest::newRow("half an hour") << QByteArray("Australia/Lord_Howe") << at("2026-10-03T15:30:00Z");
    QTest::newRow("at midnight") << QByteArray("America/Havana") << at("2026-03-08T05:00:00Z");
    QTest::newRow("a day left out") << QByteArray("Pacific/Apia") << at("2011-12-30T10:00:00Z");
  }
  void standOnRoundTimesOnBothSidesOfEveryClockChange() {
    QFETCH(QByteArray, zone);
    QFETCH(TimeUs, change);
    const QTimeZone here(zone);
    for (const TimeUs length : {kSecond, 10 * kSecond, kMinute, kHour, 6 * kHour, kDay, 3 * kDay}) {
      const TimeUs step = timeTickStep(change - length / 2, change + length / 2, 1200);
      const std::vector<TimeTick> ticks = timeTicks(change - length / 2, change + length / 2, 1200, here);
      QVERIFY(ticks.size() >= 3);
      for (const TimeTick &tick : ticks) {
        const QDateTime wall = QDateTime::fromMSecsSinceEpoch(tick.time_us / kMillisecond, here);
        const TimeUs ofDay = wall.time().msecsSinceStartOfDay() * kMillisecond;
        const bool opens = step >= kDay && wall.addMSecs(-1).date() != wall.date();
        QVERIFY2(opens || ofDay % step == 0, qPrintable(tick.label));
      }
    }
  }

  void areNoneForAnEmptyRange() {
    QVERIFY(timeTicks(5, 5, 500, QTimeZone::utc()).empty());
    QVERIFY(timeTicks(5, 4, 500, QTimeZone::utc()).empty());
    QVERIFY(timeTicks(0, kHour, 0, QTimeZone::utc()).empty());
  }

  void standTheWholeOfTime() {
    const auto ticks = timeTicks(kEarliestTime, kLatestTime, 1000, QTimeZone("Europe/Berlin"));
    QVERIFY(ticks.size() > 3);
    QVERIFY(timeTicks(kNoTime, kLatestTime, 1000, QTimeZone::utc()).size() > 3);
  }

  void namesDatesAndZones() {
    const QTimeZone berlin("Europe/Berlin");
    QCOMPARE(dateSpan(at("2026-11-22T10:00:00Z"), at("2026-11-22T12:00:00Z"), berlin),
             QStringLiteral("22 Nov 2026"));
    QCOMPARE(dateSpan(at("2026-11-22T22:00:00Z"), at("2026-11-22T23:30:00Z"), berlin),
             QStringLiteral("22 Nov – 23 Nov 2026"));
    QCOMPARE(dateSpan(at("2026-11-21T23:00:00Z"), at("2026-11-22T23:00:00Z"), berlin),
             QStringLiteral("22 Nov 2026"));
    QCOMPARE(dateSpan(at("2025-12-31T12:00:00Z"), at("2026-01-01T12:00:00Z"), QTimeZone::utc()),
             QStringLiteral("31 Dec 2025 – 1 Jan 2026"));
    QCOMPARE(zoneLabel(at("2026-11-22T10:00:00Z"), berlin), QStringLiteral("Europe/Berlin UTC+1"));
    QCOMPARE(zoneLabel(at("2026-07-22T10:00:00Z"), berlin), QStringLiteral("Europe/Berlin UTC+2"));
    QCOMPARE(zoneLabel(at("2026-10-24T10:00:00Z"), at("2026-10-26T10:00:00Z"), berlin),
             QStringLiteral("Europe/Berlin UTC+2 → UTC+1"));
    QCOMPARE(zoneLabel(at("2026-10-26T10:00:00Z"), at("2026-10-27T10:00:00Z"), berlin),
             QStringLiteral("Europe/Berlin UTC+1"));
    QCOMPARE(zoneLabel(0, QTimeZone::utc()), QStringLiteral("UTC"));
    QCOMPARE(zoneLabel(at("2026-07-22T10:00:00Z"), QTimeZone("America/St_Johns")),
             QStringLiteral("America/St_Johns UTC−2:30"));
    QCOMPARE(wallTime(at("2026-11-22T10:00:01.25Z"), kMillisecond, berlin), QStringLiteral("11:00:01.250"));
    QCOMPARE(wallTime(-1, 1, QTimeZone::utc()), QStringLiteral("23:59:59.999999"));
  }
};

METEOROGRAPH_TEST(tst_TimeTicks)
#include "tst_TimeTicks.moc"
