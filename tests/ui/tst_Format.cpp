// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/format/Format.h"

#include <QTest>

#include <cmath>

using namespace meteorograph;
using namespace meteorograph::ui;

class tst_Format : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void groupsCounts() {
    QCOMPARE(formatCount(12'480'112), QStringLiteral("12,480,112"));
    QCOMPARE(formatRowRate(4000), QStringLiteral("4,000 rows/s"));
    QCOMPARE(formatRowRate(0), QStringLiteral("0 rows/s"));
    QCOMPARE(formatRowRate(0.5), QStringLiteral("0.5 rows/s"));
  }

  void tellsBytes_data() {
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64{0} << QStringLiteral("0 B");
    QTest::newRow("few") << qint64{999} << QStringLiteral("999 B");
    QTest::newRow("kilo") << qint64{1500} << QStringLiteral("1.5 kB");
    QTest::newRow("mega") << qint64{804'000'000} << QStringLiteral("804 MB");
    QTest::newRow("almost mega") << qint64{999'600} << QStringLiteral("1.0 MB");
    QTest::newRow("giga") << qint64{12'000'000'000} << QStringLiteral("12 GB");
  }
  void tellsBytes() {
    QFETCH(qint64, bytes);
    QFETCH(QString, text);
    QCOMPARE(formatBytes(bytes).replace(QChar(0xa0), QLatin1Char(' ')), text);
  }

  void tellsAges_data() {
    QTest::addColumn<qint64>("age");
    QTest::addColumn<QString>("text");
    QTest::newRow("future") << qint64{-1} << QStringLiteral("now");
    QTest::newRow("tenths") << qint64{440'000} << QStringLiteral("0.4 s");
    QTest::newRow("never rounds up to ten") << qint64{9'990'000} << QStringLiteral("9.9 s");
    QTest::newRow("seconds") << qint64{42 * kSecond} << QStringLiteral("42 s");
    QTest::newRow("minutes") << qint64{13 * kMinute} << QStringLiteral("13 min");
    QTest::newRow("hours") << qint64{5 * kHour} << QStringLiteral("5 h");
    QTest::newRow("days") << qint64{12 * kDay} << QStringLiteral("12 d");
    QTest::newRow("years") << qint64{3653 * kDay} << QStringLiteral("10 y");
  }
  void tellsAges() {
    QFETCH(qint64, age);
    QFETCH(QString, text);
    QCOMPARE(formatAge(age), text);
  }

  void tellsSpans_data() {
    QTest::addColumn<qint64>("span");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("brief");
    QTest::newRow("15 s") << qint64{15 * kSecond} << "15 s"
                          << "15 s";
    QTest::newRow("60 s") << qint64{kMinute} << "60 s"
                          << "1 m";
    QTest::newRow("5 min") << qint64{5 * kMinute} << "5 min"
                           << "5 m";
    QTest::newRow("24 h") << qint64{kDay} << "24 h"
                          << "24 h";
    QTest::newRow("7 d") << qint64{7 * kDay} << "7 d"
                         << "7 d";
    QTest::newRow("1 y") << qint64{365 * kDay} << "1 y"
                         << "1 y";
  }
  void tellsSpans() {
    QFETCH(qint64, span);
    QFETCH(QString, text);
    QFETCH(QString, brief);
    QCOMPARE(formatSpan(span), text);
    QCOMPARE(formatSpanShort(span), brief);
  }

  void givesValuesTheDecimalsOfTheirQuantity() {
    QCOMPARE(formatValue(24.649, kTemperature), QStringLiteral("24.6"));
    QCOMPARE(formatValue(1013.38, kPressure), QStringLiteral("1013.4"));
    QCOMPARE(formatValue(-0.04, kTemperature), QStringLiteral("0.0"));
    QCOMPARE(formatValue(-5.94, kTemperature), QStringLiteral("−5.9")); // a minus, no hyphen
    QCOMPARE(formatValue(412, "co2"), QStringLiteral("412"));
    QCOMPARE(formatValue(0.0123, "voltage"), QStringLiteral("0.012"));
    QCOMPARE(formatValue(std::nan(""), kTemperature), QStringLiteral("—"));
    QCOMPARE(formatWithUnit(24.6, {1, "temperature", "°C", "", {}}), QString::fromUtf8("24.6\u00a0°C"));
  }

  void tellsTrendsByShapeToo() {
    QCOMPARE(formatTrend(0.3, kTemperature), QStringLiteral("▲ 0.3"));
    QCOMPARE(formatTrend(-1.1, kHumidity), QStringLiteral("▼ 1.1"));
    QCOMPARE(formatTrend(-0.01, kHumidity), QStringLiteral("▬ 0.0"));
  }

  void titlesQuantities() {
    QCOMPARE(quantityTitle("temperature"), QStringLiteral("Temperature"));
    QCOMPARE(quantityTitle("co2"), QStringLiteral("CO₂"));
    QCOMPARE(quantityTitle("wind_speed"), QStringLiteral("Wind speed"));
  }
};

METEOROGRAPH_TEST(tst_Format)
#include "tst_Format.moc"
