// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/dialogs/RangeDialog.h"
#include "ui/format/TimeFormat.h"

#include <QAbstractItemView>
#include <QCalendarWidget>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {
TimeUs at(const char *iso) { return parseIsoTime(iso)->time_us; }
const QTimeZone kBerlin("Europe/Berlin");
} // namespace

class tst_TimeFormat : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void tellsTimesInTheZone() {
    const TimeUs time = at("2026-11-22T14:07:10Z");
    QCOMPARE(formatClock(time, QTimeZone::utc()), QStringLiteral("14:07:10"));
    QCOMPARE(formatClock(time, kBerlin), QStringLiteral("15:07:10"));
    QCOMPARE(formatDate(time, QTimeZone::utc()), QStringLiteral("22 Nov 2026"));
  }

  void writesLocalTimeWithItsOffset_data() {
    QTest::addColumn<QString>("utc");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("local");
    QTest::newRow("winter") << "2026-11-22T14:07:10Z" << QByteArray("Europe/Berlin")
                            << QByteArray("2026-11-22T15:07:10.000000+01:00");
    QTest::newRow("summer") << "2026-07-01T00:00:00.25Z" << QByteArray("Europe/Berlin")
                            << QByteArray("2026-07-01T02:00:00.250000+02:00");
    QTest::newRow("first pass of the doubled hour") << "2026-10-25T00:30:00Z" << QByteArray("Europe/Berlin")
                                                    << QByteArray("2026-10-25T02:30:00.000000+02:00");
    QTest::newRow("second pass") << "2026-10-25T01:30:00Z" << QByteArray("Europe/Berlin")
                                 << QByteArray("2026-10-25T02:30:00.000000+01:00");
    QTest::newRow("behind UTC, half an hour") << "2026-01-01T00:00:00Z" << QByteArray("America/St_Johns")
                                              << QByteArray("2025-12-31T20:30:00.000000-03:30");
    QTest::newRow("UTC") << "2026-01-01T00:00:00Z" << QByteArray("UTC")
                         << QByteArray("2026-01-01T00:00:00.000000+00:00");
  }
  void writesLocalTimeWithItsOffset() {
    QFETCH(QString, utc);
    QFETCH(QByteArray, zone);
    QFETCH(QByteArray, local);
    QCOMPARE(formatIsoLocal(at(utc.toLatin1()), QTimeZone(zone)), local);
    QCOMPARE(parseIsoTime(local.toStdString())->time_us, at(utc.toLatin1()));
  }

  void shortensRangesToWhatTheyNeed() {
    const TimeUs now = at("2026-11-22T14:10:00Z");
    const QTimeZone utc = QTimeZone::utc();
    const auto range = [&](const char *from, const char *to) {
      return formatRange({at(from), at(to)}, utc, now);
    };
    QCOMPARE(range("2026-11-22T14:02:10Z", "2026-11-22T14:07:10Z"), QStringLiteral("14:02:10 – 14:07:10"));
    QCOMPARE(range("2026-11-20T08:00:00Z", "2026-11-20T18:00:00Z"), QStringLiteral("20 Nov 08:00 – 18:00"));
    QCOMPARE(range("2026-11-21T20:00:00Z", "2026-11-22T08:00:00Z"),
             QStringLiteral("21 Nov 20:00 – 22 Nov 08:00"));
    QCOMPARE(range("2015-02-04T08:00:00Z", "2015-02-04T18:00:00Z"),
             QStringLiteral("4 Feb 2015 08:00 – 18:00"));
    QCOMPARE(range("2026-01-01T00:00:00Z", "2026-11-01T00:00:00Z"),
             QStringLiteral("1 Jan 2026 – 1 Nov 2026"));
    QCOMPARE(range("2026-11-22T14:02:10.25Z", "2026-11-22T14:02:11.25Z"),
             QStringLiteral("14:02:10.250 – 14:02:11.250"));
    QCOMPARE(range("2026-11-22T14:02:10.25Z", "2026-11-22T14:02:10.251007Z"),
             QStringLiteral("14:02:10.250000 – 14:02:10.251007"));
  }

  void readsWhatPeopleType_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("zoned") << "2026-11-22T10:00:00Z"
                           << "2026-11-22T10:00:00Z";
    QTest::newRow("naive is the zone's") << "2026-11-22 10:00"
                                         << "2026-11-22T09:00:00Z";
    QTest::newRow("date") << "2026-11-22"
                          << "2026-11-21T23:00:00Z";
    QTest::newRow("clock") << "08:30"
                           << "2026-11-22T07:30:00Z";
    QTest::newRow("clock, one digit") << "8:30:05"
                                      << "2026-11-22T07:30:05Z";
    QTest::newRow("clock to the microsecond") << "08:30:00.000250"
                                              << "2026-11-22T07:30:00.00025Z";
    QTest::newRow("no such clock") << "25:30"
                                   << "";
    QTest::newRow("relative") << "now-6h"
                              << "2026-11-22T06:00:00Z";
    QTest::newRow("relative, spaced, capital") << "Now - 30m"
                                               << "2026-11-22T11:30:00Z";
    QTest::newRow("today") << "today"
                           << "2026-11-21T23:00:00Z";
    QTest::newRow("yesterday") << " Yesterday "
                               << "2026-11-20T23:00:00Z";
    QTest::newRow("nonsense") << "soon"
                              << "";
    QTest::newRow("no such day") << "2026-02-30"
                                 << "";
    QTest::newRow("empty") << ""
                           << "";
  }
  void readsWhatPeopleType() {
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const std::optional<TimeUs> time = parseTimeText(text, at("2026-11-22T12:00:00Z"), kBerlin);
    QCOMPARE(time.has_value(), !utc.isEmpty());
    if (time)
      QCOMPARE(formatIsoTime(*time), formatIsoTime(at(utc.toLatin1())));
  }

  void tellsBothOffsetsWhereTheyDiffer() {
    const ViewRange doubled{at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")};
    QCOMPARE(formatRange(doubled, kBerlin, doubled.to_us),
             QStringLiteral("02:30:00 +02:00 – 02:30:00 +01:00"));
    const ViewRange night{at("2026-03-28T22:00:00Z"), at("2026-03-29T06:00:00Z")};
    QCOMPARE(formatRange(night, kBerlin, night.to_us),
             QStringLiteral("28 Mar 23:00 +01:00 – 29 Mar 08:00 +02:00"));
  }

  void tellsOffsetsOfLongRangesWhereTheyDiffer() {
    const ViewRange half{at("2025-12-31T23:00:00Z"), at("2026-06-30T22:00:00Z")};
    QCOMPARE(formatRange(half, kBerlin, half.to_us), QStringLiteral("1 Jan 2026 +01:00 – 1 Jul 2026 +02:00"));
    const ViewRange year{half.from_us, at("2026-12-31T23:00:00Z")};
    QCOMPARE(formatRange(year, kBerlin, year.to_us), QStringLiteral("1 Jan 2026 – 1 Jan 2027"));
  }

  void tellsARangeToItsLastDigit() {
    const ViewRange range{at("2026-10-25T00:30:00.25Z"), at("2026-10-25T01:30:00.000001Z")};
    QCOMPARE(formatRangeExact(range, kBerlin),
             QStringLiteral("2026-10-25 02:30:00.250 +02:00 – 2026-10-25 02:30:00.000001 +01:00"));
  }

  void aRangeIsSeenAndTypedToTheMicrosecond_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("offered");
    QTest::newRow("one second of 400 Hz") << "2026-11-22T12:00:00.125Z"
                                          << "2026-11-22T12:00:01.125Z"
                                          << "2026-11-22 13:00:00.125";
    QTest::newRow("microseconds") << "2026-11-22T12:00:00.000017Z"
                                  << "2026-11-22T12:00:00.002Z"
                                  << "2026-11-22 13:00:00.000017";
    QTest::newRow("hours, finer than they show") << "2026-11-22T12:00:00.000017Z"
                                                 << "2026-11-22T18:00:00.000001Z"
                                                 << "2026-11-22 13:00:00";
    QTest::newRow("whole seconds") << "2026-11-22T12:00:00Z"
                                   << "2026-11-22T12:05:00Z"
                                   << "2026-11-22 13:00:00";
  }
  void aRangeIsSeenAndTypedToTheMicrosecond() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, offered);
    const ViewRange seen{at(from.toLatin1()), at(to.toLatin1())};
    RangeDialog dialog(seen, seen.to_us, kBerlin, "Europe/Berlin");
    QSignalSpy chosen(&dialog, &RangeDialog::chosen);
    const QList<QLineEdit *> ends = dialog.findChildren<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
    QCOMPARE(ends.size(), 2);
    QCOMPARE(ends[0]->text(), offered);
    dialog.show();
    QTest::keyClick(ends[0], Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QVERIFY(std::get<ViewRange>(chosen[0][0].value<TypedRange>()) == seen); // untouched: the very same
    dialog.show();
    ends[0]->setText("12:59:59.999999");
    QTest::keyClick(ends[0], Qt::Key_Return);
    QVERIFY(std::get<ViewRange>(chosen[1][0].value<TypedRange>()) ==
            (ViewRange{at("2026-11-22T11:59:59.999999Z"), seen.to_us}));
  }

  void theCalendarShowsTheRangeAndTakesTheEnterKey() {
    const ViewRange seen{at("2024-01-01T12:00:00Z"), at("2024-01-01T13:00:00Z")};
    RangeDialog dialog(seen, at("2026-11-22T12:00:00Z"), kBerlin, "Europe/Berlin");
    dialog.show();
    auto *calendar = dialog.findChild<QCalendarWidget *>();
    QCOMPARE(calendar->selectedDate(), QDate(2024, 1, 1));
    calendar->setSelectedDate(QDate(2024, 1, 5));
    QTest::keyClick(calendar->findChild<QAbstractItemView *>(), Qt::Key_Return);
    const QList<QLineEdit *> ends = dialog.findChildren<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
    QCOMPARE(ends[0]->text(), QStringLiteral("2024-01-05 00:00"));
    QVERIFY(dialog.isVisible());
  }

  void readsBackWhatItOffersForEditing_data() {
    QTest::addColumn<QString>("utc");
    QTest::addColumn<QString>("offered");
    QTest::newRow("summer") << "2026-07-01T02:03:04.250Z"
                            << "2026-07-01 04:03:04.250";
    QTest::newRow("before the doubled hour") << "2026-10-24T23:59:59Z"
                                             << "2026-10-25 01:59:59";
    QTest::newRow("first pass") << "2026-10-25T00:00:00Z"
                                << "2026-10-25 02:00:00+02:00";
    QTest::newRow("second pass") << "2026-10-25T01:59:59Z"
                                 << "2026-10-25 02:59:59+01:00";
    QTest::newRow("after it") << "2026-10-25T02:00:00Z"
                              << "2026-10-25 03:00:00";
    QTest::newRow("after the hour left out") << "2026-03-29T01:00:00Z"
                                             << "2026-03-29 03:00:00";
  }
  void readsBackWhatItOffersForEditing() {
    QFETCH(QString, utc);
    QFETCH(QString, offered);
    const TimeUs time = at(utc.toLatin1());
    QCOMPARE(formatEditable(time, kBerlin), offered);
    QCOMPARE(parseTimeText(formatEditable(time, kBerlin), 0, kBerlin).value_or(0), time);
  }

  void followsLiveOnlyUpToNow() {
    const TimeUs now = at("2026-11-22T12:00:00Z");
    const auto last = parseRange("now-6h", "now", now, kBerlin);
    QVERIFY(last && std::holds_alternative<LiveSpan>(*last));
    QCOMPARE(std::get<LiveSpan>(*last).width_us, 6 * kHour);
    const auto fixed = parseRange("now-6h", "now-1h", now, kBerlin);
    QVERIFY(fixed && std::holds_alternative<ViewRange>(*fixed));
    QCOMPARE(std::get<ViewRange>(*fixed).width(), 5 * kHour);
    QVERIFY(!parseRange("now", "now-1h", now, kBerlin));
    QVERIFY(!parseRange("now-1h", "whenever", now, kBerlin));
  }

  void fallsBackToUtcForUnknownZones() {
    QCOMPARE(zoneFromSetting("Nowhere/Town"), QTimeZone::utc());
    QCOMPARE(zoneLabel("Nowhere/Town"), QStringLiteral("UTC"));
    QCOMPARE(zoneLabel("Europe/Berlin"), QStringLiteral("Europe/Berlin"));
  }
};

METEOROGRAPH_TEST(tst_TimeFormat)
#include "tst_TimeFormat.moc"
