// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Time.h"
#include "tests/support/TestMain.h"

#include <QtTest>

using namespace meteorograph;

class tst_Time : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsIso_data();
  void readsIso();
  void writesWhatItReads();
  void floorsBelowZeroToo();
  void readsExpressions_data();
  void readsExpressions();
};

void tst_Time::readsIso_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("expected"); // empty: not understood
  QTest::newRow("plain") << "2024-02-29T23:59:59Z"
                         << "2024-02-29T23:59:59.000000Z";
  QTest::newRow("seven digits are cut") << "2022-09-01T22:53:58.2421545Z"
                                        << "2022-09-01T22:53:58.242154Z";
  QTest::newRow("nine digits") << "2020-01-15T16:02:10.668892406Z"
                               << "2020-01-15T16:02:10.668892Z";
  QTest::newRow("one digit, comma") << "2020-01-15 16:02:10,5"
                                    << "2020-01-15T16:02:10.500000Z";
  QTest::newRow("offset") << "2024-06-20T08:48:38.863512+02:00"
                          << "2024-06-20T06:48:38.863512Z";
  QTest::newRow("short offset") << "2024-06-20T08:48:38-0530"
                                << "2024-06-20T14:18:38.000000Z";
  QTest::newRow("spelled zone") << "2024-02-07 18:18:25 UTC"
                                << "2024-02-07T18:18:25.000000Z";
  QTest::newRow("naive is UTC") << "2018-01-10 15:59"
                                << "2018-01-10T15:59:00.000000Z";
  QTest::newRow("day only") << "1969-12-31"
                            << "1969-12-31T00:00:00.000000Z";
  QTest::newRow("leap second") << "2016-12-31T23:59:60Z"
                               << "2017-01-01T00:00:00.000000Z";
  QTest::newRow("no leap year") << "2023-02-29T00:00:00Z"
                                << "";
  QTest::newRow("month 13") << "2023-13-01T00:00:00Z"
                            << "";
  QTest::newRow("hour 25") << "2023-01-01T25:00:00Z"
                           << "";
  QTest::newRow("trailing text") << "2023-01-01T05:00:00Zulu"
                                 << "";
  QTest::newRow("no digits behind the point") << "2023-01-01T05:00:00.Z"
                                              << "";
  QTest::newRow("too short") << "2023-01"
                             << "";
  QTest::newRow("empty") << ""
                         << "";
}

void tst_Time::readsIso() {
  QFETCH(QString, text);
  QFETCH(QString, expected);
  const std::optional<IsoTime> time = parseIsoTime(text.toStdString());
  QCOMPARE(time.has_value(), !expected.isEmpty());
  if (time)
    QCOMPARE(QString::fromStdString(formatIsoTime(time->time_us)), expected);
}

void tst_Time::writesWhatItReads() {
  for (TimeUs time = -5'000'000'000'000'001; time < 5'000'000'000'000'000; time += 77'777'777'777'777)
    QCOMPARE(parseIsoTime(formatIsoTime(time))->time_us, time);
}

void tst_Time::floorsBelowZeroToo() {
  QCOMPARE(floorTo(-1, kSecond), -kSecond);
  QCOMPARE(floorTo(-kSecond, kSecond), -kSecond);
  QCOMPARE(floorTo(0, kSecond), 0);
  QCOMPARE(floorTo(kSecond + 1, kSecond), kSecond);
}

void tst_Time::readsExpressions_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<bool>("understood");
  QTest::addColumn<qlonglong>("offset_s"); // from now
  QTest::newRow("now") << "now" << true << 0LL;
  QTest::newRow("hours back") << "now-6h" << true << -6LL * 3600;
  QTest::newRow("seconds on") << "now+30s" << true << 30LL;
  QTest::newRow("fraction") << "now-0.5m" << true << -30LL;
  QTest::newRow("weeks") << "now-2w" << true << -14LL * 86400;
  QTest::newRow("no unit") << "now-6" << false << 0LL;
  QTest::newRow("unknown unit") << "now-6y" << false << 0LL;
  QTest::newRow("word") << "yesterday" << false << 0LL;
}

void tst_Time::readsExpressions() {
  QFETCH(QString, text);
  QFETCH(bool, understood);
  QFETCH(qlonglong, offset_s);
  const TimeUs now = 1'700'000'000 * kSecond;
  const std::optional<TimeUs> time = parseTimeExpression(text.toStdString(), now);
  QCOMPARE(time.has_value(), understood);
  if (time)
    QCOMPARE(*time, now + offset_s * kSecond);
}

METEOROGRAPH_TEST(tst_Time)
#include "tst_Time.moc"
