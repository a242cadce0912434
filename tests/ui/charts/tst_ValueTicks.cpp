// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/charts/ValueTicks.h"

#include <QLocale>

#include <cmath>
#include <limits>

using namespace meteorograph::ui;

namespace {

QStringList labels(const std::vector<ValueTick> &ticks) {
  QStringList result;
  for (const ValueTick &tick : ticks)
    result << tick.label;
  return result;
}

} // namespace

class tst_ValueTicks : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() { QLocale::setDefault(QLocale::c()); }

  void haveOneTwoFiveSteps_data() {
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("temperature") << 21.0 << 28.9 << QStringList({"22", "24", "26", "28"});
    QTest::newRow("pressure") << 1012.4 << 1013.7 << QStringList({"1012.5", "1013.0", "1013.5"});
    QTest::newRow("around zero") << -1.1 << 1.1 << QStringList({"−1.0", "−0.5", "0.0", "0.5", "1.0"});
    QTest::newRow("small") << 0.001 << 0.005 << QStringList({"0.001", "0.002", "0.003", "0.004", "0.005"});
    QTest::newRow("thousands") << 390.0 << 2100.0 << QStringList({"500", "1000", "1500", "2000"});
  }
  void haveOneTwoFiveSteps() {
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QStringList, expected);
    QCOMPARE(labels(valueTicks(low, high, 160)), expected);
  }

  void neverFailOnOddRanges_data() {
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    const double infinity = std::numeric_limits<double>::infinity();
    const double most = std::numeric_limits<double>::max();
    QTest::newRow("empty") << 5.0 << 5.0;
    QTest::newRow("upside down") << 6.0 << 5.0;
    QTest::newRow("infinite") << -infinity << infinity;
    QTest::newRow("not a number") << std::nan("") << 5.0;
    QTest::newRow("widest") << -most << most;
    QTest::newRow("finer than doubles") << 1e16 << 1e16 + 2;
    QTest::newRow("tiny") << 0.0 << 1e-300;
  }
  void neverFailOnOddRanges() {
    QFETCH(double, low);
    QFETCH(double, high);
    QVERIFY(valueTicks(low, high, 500).size() < 100);
    const auto [nicelow, niceHigh] = niceValueRange(low, high);
    QVERIFY(std::isfinite(nicelow) && std::isfinite(niceHigh));
    QVERIFY(nicelow < niceHigh);
  }

  void aRangeHoldsItsDataWithALittleMargin() {
    for (const auto &[low, high] :
         {std::pair(21.3, 28.7), std::pair(-3.0, 0.0), std::pair(1012.91, 1013.02)}) {
      const auto [bottom, top] = niceValueRange(low, high);
      QVERIFY(bottom < low && top > high);
      QVERIFY((top - bottom) < 1.3 * (high - low));
    }
  }

  void constantDataGetsRoomAround() {
    QCOMPARE(niceValueRange(5, 5), std::pair(4.0, 6.0));
    QCOMPARE(niceValueRange(0, 0), std::pair(-1.0, 1.0));
    QCOMPARE(niceValueRange(0.01, 0.01), std::pair(0.005, 0.015));
  }

  void valuesReadAsTheTradeWritesThem() {
    QCOMPARE(valueText("temperature", 24.806), QStringLiteral("24.81"));
    QCOMPARE(valueText("humidity", 47.94), QStringLiteral("47.9"));
    QCOMPARE(valueText("pressure", 1013.2), QStringLiteral("1013.20"));
    QCOMPARE(valueText("co2", 412.25), QStringLiteral("412.25"));
    QCOMPARE(valueText("counts", 3.2e9), QStringLiteral("3.2e+09"));
  }
};

METEOROGRAPH_TEST(tst_ValueTicks)
#include "tst_ValueTicks.moc"
