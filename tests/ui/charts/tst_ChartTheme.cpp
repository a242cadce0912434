// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "ui/charts/ChartTheme.h"

#include <QFontInfo>

#include <cmath>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

double luminance(const QColor &colour) {
  const auto linear = [](float channel) {
    const double value = static_cast<double>(channel);
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &one, const QColor &other) {
  const double a = luminance(one);
  const double b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class tst_ChartTheme : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void linesAndTextStandOutFromTheCard_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
  }
  void linesAndTextStandOutFromTheCard() {
    QFETCH(bool, dark);
    const ChartTheme &theme = chartTheme(dark);
    QVERIFY(contrast(theme.text, theme.card) >= 7);
    QVERIFY(contrast(theme.dim, theme.card) >= 4.5);
    for (const QColor &colour : theme.devicePalette) // 3 to 1 is what graphics need
      QVERIFY2(contrast(colour, theme.card) >= 3, qPrintable(colour.name()));
    for (const QColor &colour : {theme.temperature, theme.humidity, theme.pressure})
      QVERIFY2(contrast(colour, theme.card) >= 3, qPrintable(colour.name()));
  }

  void aDeviceKeepsItsColour() {
    const ChartTheme &theme = chartTheme(true);
    QCOMPARE(deviceColour(theme, 1), QColor(0xff8c42));
    QCOMPARE(deviceColour(theme, 2), QColor(0x57b6ff));
    QCOMPARE(deviceColour(theme, 13), deviceColour(theme, 1));
    QVERIFY(deviceColour(theme, 0).isValid() && deviceColour(theme, -7).isValid());
  }

  void everyQuantityHasAColour() {
    const ChartTheme &theme = chartTheme(false);
    QCOMPARE(quantityColour(theme, "temperature"), theme.temperature);
    QCOMPARE(quantityColour(theme, "co2"), quantityColour(theme, "co2"));
    QVERIFY(quantityColour(theme, "").isValid());
  }

  void bothThemesHaveTheSamePlaces() {
    QCOMPARE(chartTheme(true).devicePalette.size(), chartTheme(false).devicePalette.size());
    QVERIFY(chartTheme(true).dark && !chartTheme(false).dark);
  }
};

METEOROGRAPH_TEST(tst_ChartTheme)
#include "tst_ChartTheme.moc"
