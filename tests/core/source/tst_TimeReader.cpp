// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TimeReader.h"

#include "core/model/Batch.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace meteorograph;

namespace {

QString shown(const std::optional<TimeReader::Reading> &time) {
  return time ? QString::fromStdString(formatIsoTime(time->time_us)) : QStringLiteral("-");
}

DateEvidence evidence(std::initializer_list<const char *> dates) {
  TimeReader reader;
  for (const char *date : dates)
    reader.read(date);
  return reader.dates();
}

} // namespace

class tst_TimeReader : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void reads_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *text, const char *time) { QTest::newRow(text) << text << time; };
    row("2024-02-07T18:18:25Z", "2024-02-07T18:18:25.000000Z");
    row("2024-02-07 18:18:25 UTC", "2024-02-07T18:18:25.000000Z");
    row("2024-02-07T18:18:25.123456789+05:30", "2024-02-07T12:48:25.123456Z");
    row("2024-02-07T18:18:25,5", "2024-02-07T18:18:25.500000Z");
    row("2024-02-07", "2024-02-07T00:00:00.000000Z");
    row("20240207T181825Z", "2024-02-07T18:18:25.000000Z");
    row("2024-2-7 8:05", "2024-02-07T08:05:00.000000Z");
    row("2024/02/07 18:18", "2024-02-07T18:18:00.000000Z");
    row("2024.02.07 18:18:25", "2024-02-07T18:18:25.000000Z");
    row("2024-02-07_18:18:25", "2024-02-07T18:18:25.000000Z");
    row("2024-02-07 24:00", "2024-02-08T00:00:00.000000Z");
    row("07.02.2024 18:18:25", "2024-02-07T18:18:25.000000Z");
    row("7.2.24 8:05", "2024-02-07T08:05:00.000000Z");
    row("07.02.69", "1969-02-07T00:00:00.000000Z");
    row("07.02.68", "2068-02-07T00:00:00.000000Z");
    row("10.03.2004T18.00.00", "2004-03-10T18:00:00.000000Z");
    row("07.02.2024 18:18:25,250", "2024-02-07T18:18:25.250000Z");
    row("31/01/2024 00:00:00", "2024-01-31T00:00:00.000000Z");
    row("05/16/18 04:07:26 PM", "2018-05-16T16:07:26.000000Z");
    row("05/16/18 12:07:26 AM", "2018-05-16T00:07:26.000000Z");
    row("5/16/18 12:30a", "2018-05-16T00:30:00.000000Z");
    row("16-05-18 4:07 p.m.", "2018-05-16T16:07:00.000000Z");
    row("05/05/2024", "2024-05-05T00:00:00.000000Z");
    row("20240207181825", "2024-02-07T18:18:25.000000Z");
    row("202402071818", "2024-02-07T18:18:00.000000Z");
    row("20240207181825123", "2024-02-07T18:18:25.123000Z");
    row("2016070614", "2016-07-06T14:00:00.000000Z");
    row("07 Feb 2024", "2024-02-07T00:00:00.000000Z");
    row("07-Feb-24 18:18", "2024-02-07T18:18:00.000000Z");
    row("Feb 7, 2024 6:18 PM", "2024-02-07T18:18:00.000000Z");
    row("7. Februar 2024, 18:18 Uhr", "2024-02-07T18:18:00.000000Z");
    row("7 févr. 2024 18:18", "2024-02-07T18:18:00.000000Z");
    row("7 de enero de 2024", "2024-01-07T00:00:00.000000Z");
    row("2024-Oct-07 18:18", "2024-10-07T18:18:00.000000Z");
    row("Wed, 7 Feb 2024 18:18:25 +0100", "2024-02-07T17:18:25.000000Z");
    row("Wed Feb  7 18:18:25 2024", "2024-02-07T18:18:25.000000Z");
    row("Wed, 07 Feb 2024 18:18:25 GMT", "2024-02-07T18:18:25.000000Z");
    row("07.02.2024 18:18 CET", "2024-02-07T17:18:00.000000Z");
    row("07.02.2024 18:18 UTC+2", "2024-02-07T16:18:00.000000Z");
    row("2024-02-07T18:18:25+01:00[Europe/Berlin]", "2024-02-07T17:18:25.000000Z");
    row("1458117704", "2016-03-16T08:41:44.000000Z");
    row("1458117704955", "2016-03-16T08:41:44.955000Z");
    row("1458117704955123", "2016-03-16T08:41:44.955123Z");
    row("1458117704955123456", "2016-03-16T08:41:44.955123Z");
    row("1458117704.25", "2016-03-16T08:41:44.250000Z");
    row("1.458117704955e12", "2016-03-16T08:41:44.955000Z");
    for (const char *none : {"",
                             "-",
                             "21.5",
                             "13,6",
                             "12:30",
                             "yesterday",
                             "2024",
                             "2024-13-01",
                             "2024-02-30",
                             "30/02/2024",
                             "31.04.2024",
                             "2024-02-07 25:00",
                             "2024-02-07 18:61",
                             "2024-02-07 18:18 and more",
                             "07.02.2024 18:18:25 18:18",
                             "20240231",
                             "99/99/2024",
                             "12345",
                             "Feb 2024",
                             "2024-02-07 18:18:25 +99:00"})
      QTest::newRow(none) << none << "-";
  }
  void reads() {
    QFETCH(QString, text);
    QFETCH(QString, time);
    TimeReader reader;
    QCOMPARE(shown(reader.read(text.toStdString())), time);
    QCOMPARE(shown(reader.read(text.toStdString())), time); // with what it remembers
  }

  void readsByPattern_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *pattern, const char *text, const char *time) {
      QTest::addRow("%s: %s", pattern, text) << pattern << text << time;
    };
    row("%Y%m%d%H", "2016070614", "2016-07-06T14:00:00.000000Z");
    row("%d/%m/%y %H:%M", "03/04/24 9:05", "2024-04-03T09:05:00.000000Z");
    row("%m/%d/%Y %I:%M:%S %p", "03/04/2024 12:00:01 AM", "2024-03-04T00:00:01.000000Z");
    row("%Y-%m-%dT%H:%M:%S.%f%z", "2024-02-07T18:18:25.1234567+01:00", "2024-02-07T17:18:25.123456Z");
    row("%d %b %Y %T", "7 Okt 2024 18:18:25", "2024-10-07T18:18:25.000000Z");
    row("%Y/%j", "2024/366", "2024-12-31T00:00:00.000000Z");
    row("%Y%j%H%M", "20240601230", "2024-02-29T12:30:00.000000Z");
    row("%A %F %R %Z", "Mittwoch 2024-02-07 18:18 CET", "2024-02-07T17:18:00.000000Z");
    row("at %s", "at 1458117704", "2016-03-16T08:41:44.000000Z");
    row("%H:%M %%", "18:18 %", "-");
    row("%d.%m.%Y", "07.02.2024 18:18", "-");
    row("%d.%m.%Y", "7/2/2024", "-");
    row("%d.%m.%Y", "31.02.2024", "-");
    row("%Y-%m-%d", "24-02-07", "-");
    row("iso", "2024-02-07T18:18:25Z", "2024-02-07T18:18:25.000000Z");
    row("iso", "07.02.2024", "-");
    row("epoch_s", "3600", "1970-01-01T01:00:00.000000Z");
    row("epoch_ms", "1458117704955", "2016-03-16T08:41:44.955000Z");
    row("epoch_us", "1458117704955123", "2016-03-16T08:41:44.955123Z");
    row("epoch_ns", "1458117704955123456", "2016-03-16T08:41:44.955123Z");
    row("day_first", "03/04/2024", "2024-04-03T00:00:00.000000Z");
    row("month_first", "03/04/2024", "2024-03-04T00:00:00.000000Z");
    row("month_first", "13/04/2024", "-");
  }
  void readsByPattern() {
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(QString, time);
    const std::string format = pattern.toStdString();
    const std::string value = text.toStdString();
    QVERIFY(isKnownTimeFormat(format));
    TimeReader reader;
    const TimeReader::Part part[] = {{value, format}};
    QCOMPARE(shown(reader.read(part)), time);
  }

  void refusesPatternsThatItDoesNotKnow() {
    for (const char *pattern : {"%Q", "%", "%Y-%", "text", "epoch", "%E"})
      QVERIFY2(!isKnownTimeFormat(pattern), pattern);
  }

  void putsPartsTogether() {
    using Part = TimeReader::Part;
    TimeReader reader;
    QCOMPARE(shown(reader.read(std::vector<Part>{{"10/13/2004", ""}, {"18.00.00", ""}})),
             QStringLiteral("2004-10-13T18:00:00.000000Z"));
    QCOMPARE(shown(reader.read(std::vector<Part>{{"18:00", "%H:%M"}, {"07.02.2024", ""}})),
             QStringLiteral("2024-02-07T18:00:00.000000Z"));
    QCOMPARE(shown(reader.read(std::vector<Part>{{"240207", "%y%m%d"}, {"18:00:05", ""}})),
             QStringLiteral("2024-02-07T18:00:05.000000Z"));
    QCOMPARE(shown(reader.read(std::vector<Part>{{"20240207", "%Y%m%d"}, {"1805", ""}})),
             QStringLiteral("2024-02-07T18:05:00.000000Z"));
    QCOMPARE(shown(reader.read(std::vector<Part>{{"07.02.2024", "%d.%m.%Y"}, {"never", "%H:%M"}})),
             QStringLiteral("-"));
  }

  void knowsATimeOfDay() {
    for (const char *text : {"18:00", "7:05:30.25", "18.00.00", "6:05 PM", "12:30a", "1805", "180530"})
      QVERIFY2(isTimeOfDay(text), text);
    for (const char *text : {"", "2024-02-07", "2024-02-07 18:00", "1458117704", "9999", "noon"})
      QVERIFY2(!isTimeOfDay(text), text);
  }

  void tellsShapes() {
    for (const char *text : {"2024-02-07 18:18", "1458117704955", "05/16/18 04:07:26 PM", "202402071818"})
      QVERIFY2(timeShapeOf(text) == TimeShape::Whole, text);
    for (const char *text : {"2024-02-07", "10/03/2004", "1.2.2024"})
      QVERIFY2(timeShapeOf(text) == TimeShape::Date, text);
    for (const char *text : {"18:00", "18.00.00"})
      QVERIFY2(timeShapeOf(text) != TimeShape::None && timeShapeOf(text) != TimeShape::Whole, text);
    for (const char *text : {"21.55", "13,6", "12345", "20240207", "-4.75", "1e9", "0", "", "on", "12"})
      QVERIFY2(timeShapeOf(text) == TimeShape::None, text);
  }

  void decidesTheOrderOfDayAndMonth() {
    QVERIFY(evidence({"03/04/2024", "13/04/2024"}).decision() == DateOrder::DayFirst);
    QVERIFY(evidence({"03/04/2024", "04/13/2024"}).decision() == DateOrder::MonthFirst);
    QVERIFY(evidence({"01/02/2024", "02/02/2024", "03/02/2024"}).decision() == DateOrder::DayFirst);
    QVERIFY(evidence({"02/01/2024", "02/02/2024", "02/03/2024"}).decision() == DateOrder::MonthFirst);
    QVERIFY(evidence({"03/04/2024", "03/04/2024"}).decision() == DateOrder::Undecided);
    QVERIFY(evidence({"03/04/2024 06:00 PM"}).decision() == DateOrder::MonthFirst);
    QVERIFY(evidence({"01/02/2024 6:00 PM", "02/02/2024 6:00 PM"}).decision() == DateOrder::DayFirst);
    QVERIFY(!evidence({"03.04.2024", "2024-03-04"}).any());
  }

  void asksWhereDayAndMonthCanBeEither() {
    TimeReader reader;
    QVERIFY(!reader.read("03/04/2024 10:00"));
    QCOMPARE(reader.whyNot(),
             std::string("day or month first? 03/04/2024 10:00 can be both; a mapping must say"));
    QVERIFY(reader.misread());
    QVERIFY(!reader.read("nonsense"));
    QCOMPARE(reader.whyNot(), std::string());
  }

  void readsByWhatTheWholeFileSays() {
    const DateEvidence dates = evidence({"03/04/2024", "13/04/2024"});
    TimeReader reader("", dates);
    QCOMPARE(shown(reader.read("03/04/2024")), QStringLiteral("2024-04-03T00:00:00.000000Z"));
    QVERIFY(!reader.misread());
    QVERIFY(!reader.read("04/13/2024")); // the other order has no place in this file
  }

  void noticesThatLaterDatesSayOtherwise() {
    TimeReader reader("", evidence({"03/04/2024"}));
    QVERIFY(!reader.read("03/04/2024"));
    QVERIFY(!reader.misread());
    nlohmann::json state = nlohmann::json::object();
    reader.save(state);
    TimeReader resumed;
    resumed.restore(state);
    QVERIFY(resumed.read("13/04/2024"));
    QVERIFY(resumed.misread());
  }

  void knowsZones() {
    for (const char *zone :
         {"UTC", "Z", "+05:30", "-0500", "+2", "UTC+2", "GMT-05:00", "Europe/Berlin", "EST5EDT"})
      QVERIFY2(isKnownZone(zone), zone);
    for (const char *zone :
         {"", "Europe/Atlantis", "/etc/localtime", "../UTC", "localtime", "+99:00", "here"})
      QVERIFY2(!isKnownZone(zone), zone);
  }

  void placesLocalTimes_data() {
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    QTest::newRow("offset") << "+05:30"
                            << "2024-02-07 05:30:00"
                            << "2024-02-07T00:00:00.000000Z";
    QTest::newRow("winter") << "Europe/Berlin"
                            << "2024-02-07 18:00:00"
                            << "2024-02-07T17:00:00.000000Z";
    QTest::newRow("summer") << "Europe/Berlin"
                            << "07.08.2024 18:00"
                            << "2024-08-07T16:00:00.000000Z";
    QTest::newRow("stated") << "Europe/Berlin"
                            << "2024-08-07T18:00:00Z"
                            << "2024-08-07T18:00:00.000000Z";
    QTest::newRow("epoch") << "Europe/Berlin"
                           << "1458117704"
                           << "2016-03-16T08:41:44.000000Z";
    QTest::newRow("just before") << "Europe/Berlin"
                                 << "2024-03-31 01:59:59.5"
                                 << "2024-03-31T00:59:59.500000Z";
    QTest::newRow("just after") << "Europe/Berlin"
                                << "2024-03-31 03:00:00"
                                << "2024-03-31T01:00:00.000000Z";
    QTest::newRow("half an hour's change") << "Australia/Lord_Howe"
                                           << "2024-01-01 11:00:00"
                                           << "2024-01-01T00:00:00.000000Z";
    QTest::newRow("long ago") << "Europe/Berlin"
                              << "1850-01-01 00:53:28"
                              << "1850-01-01T00:00:00.000000Z";
    QTest::newRow("far ahead") << "America/New_York"
                               << "2199-07-01 00:00:00"
                               << "2199-07-01T04:00:00.000000Z";
  }
  void placesLocalTimes() {
    QFETCH(QString, zone);
    QFETCH(QString, text);
    QFETCH(QString, time);
    TimeReader reader(zone.toStdString());
    reader.read("2024-05-05 12:00:00"); // from another offset
    QCOMPARE(shown(reader.read(text.toStdString())), time);
    TimeReader fresh(zone.toStdString());
    QCOMPARE(shown(fresh.read(text.toStdString())), time);
  }

  void shiftsAMissingHourForward() {
    TimeReader reader("Europe/Berlin");
    const auto time = reader.read("2024-03-31 02:30:00");
    QCOMPARE(shown(time), QStringLiteral("2024-03-31T01:30:00.000000Z")); // 03:30 in summer time
    QCOMPARE(time->flags, kMissingHour);
  }

  /// Local times of one file in its order, and what becomes of them, minutes behind 2024-10-27T00:00Z.
  void readsARepeatedHourInFileOrder_data() {
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QList<int>>("minutes");
    QTest::newRow("every 20 min") << QStringList{"01:40", "02:00", "02:20", "02:40",
                                                 "02:00", "02:20", "02:40", "03:00"}
                                  << QList<int>{-20, 0, 20, 40, 60, 80, 100, 120};
    QTest::newRow("every hour") << QStringList{"01:00", "02:00", "02:00", "03:00"}
                                << QList<int>{-60, 0, 60, 120};
    QTest::newRow("the file begins in it")
        << QStringList{"02:30", "02:10", "02:50"} << QList<int>{30, 70, 110};
    QTest::newRow("two devices") << QStringList{"01:45", "01:45", "02:15", "02:15",
                                                "02:45", "02:45", "02:15", "02:15"}
                                 << QList<int>{-15, -15, 15, 15, 45, 45, 75, 75};
    QTest::newRow("two devices, every hour")
        << QStringList{"01:00", "01:00", "02:00", "02:00", "02:00", "02:00"}
        << QList<int>{-60, -60, 0, 0, 60, 60};
    QTest::newRow("one device after the other")
        << QStringList{"01:30", "02:30", "02:20", "03:30", "01:30", "02:30"}
        << QList<int>{-30, 30, 80, 150, -30, 30};
  }
  void readsARepeatedHourInFileOrder() {
    QFETCH(QStringList, texts);
    QFETCH(QList<int>, minutes);
    for (const bool resumed : {false, true}) {
      TimeReader reader("Europe/Berlin");
      for (int i = 0; i < texts.size(); ++i) {
        const auto time = reader.read(("2024-10-27 " + texts[i] + ":00").toStdString());
        QCOMPARE((time->time_us - parseIsoTime("2024-10-27")->time_us) / kMinute, minutes[i]);
        QCOMPARE(time->flags, texts[i].startsWith("02") ? kRepeatedHour : std::uint8_t{0});
        nlohmann::json state = nlohmann::json::object();
        reader.save(state);
        if (!resumed)
          continue;
        reader = TimeReader("Europe/Berlin");
        reader.restore(state);
      }
    }
  }

  void readsTheSameWithAndWithoutMemory() {
    TimeReader remembering;
    for (const char *text : {"2024-02-07T18:18:25Z", "07.02.2024 18:18", "2024-02-07T18:18:26Z", "1458117704",
                             "2024-02-08 00:00:00", "Feb 7, 2024 6:18 PM", "2024-02-07 18:18"}) {
      TimeReader fresh;
      QCOMPARE(shown(remembering.read(text)), shown(fresh.read(text)));
    }
  }
};

METEOROGRAPH_TEST(tst_TimeReader)
#include "tst_TimeReader.moc"
