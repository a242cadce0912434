// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/ColourVision.h"
#include "ui/Theme.h"
#include "ui/charts/ChartTheme.h"
#include "ui/charts/DeviceMarker.h"

#include <QImage>
#include <QPainter>
#include <QRegularExpression>

using namespace meteorograph;
using namespace meteorograph::ui;
using namespace colourvision;

namespace {

constexpr double kText = 4.5;   // WCAG 2.1 AA, text
constexpr double kGraphics = 3; // WCAG 2.1 AA, lines and marks
// CIEDE2000. Neighbours in the list of devices must never be mistaken for each other; further ones
// also have their mark's shape.
constexpr double kNeighbours = 12;
constexpr double kFirstSix = 8;
constexpr double kAny = 3.5;

std::vector<QColor> groundsOf(const ChartTheme &theme) { return {theme.background, theme.panel, theme.card}; }

void bothThemes() {
  QTest::addColumn<bool>("dark");
  QTest::newRow("dark") << true;
  QTest::newRow("light") << false;
}

void compareAtLeast(double found, double least, const QString &what) {
  QVERIFY2(found >= least, qPrintable(QStringLiteral("%1: %2 < %3").arg(what).arg(found).arg(least)));
}

} // namespace

class tst_ChartTheme : public QObject {
  Q_OBJECT
private Q_SLOTS:
  /// Pairs and results from the paper's table of test data.
  void theDifferenceIsThatOfTheLiterature_data() {
    QTest::addColumn<double>("a1");
    QTest::addColumn<double>("b1");
    QTest::addColumn<double>("l2");
    QTest::addColumn<double>("a2");
    QTest::addColumn<double>("b2");
    QTest::addColumn<double>("difference");
    QTest::newRow("blue") << 2.6772 << -79.7751 << 50.0 << 0.0 << -82.7485 << 2.0425;
    QTest::newRow("grey") << 0.0 << 0.0 << 50.0 << -1.0 << 2.0 << 2.3669;
    QTest::newRow("hue mean past 360") << 2.4900 << -0.0010 << 50.0 << -2.4900 << 0.0011 << 7.2195;
    QTest::newRow("large") << 2.5 << 0.0 << 73.0 << 25.0 << -18.0 << 27.1492;
    QTest::newRow("larger") << 2.5 << 0.0 << 61.0 << -5.0 << 29.0 << 22.8977;
  }
  void theDifferenceIsThatOfTheLiterature() {
    QFETCH(double, a1);
    QFETCH(double, b1);
    QFETCH(double, l2);
    QFETCH(double, a2);
    QFETCH(double, b2);
    QFETCH(double, difference);
    const double found = colourvision::difference(Triple{50, a1, b1}, Triple{l2, a2, b2});
    QVERIFY2(std::abs(found - difference) < 0.0001, qPrintable(QString::number(found)));
  }

  void contrastReachesFromOneToTwentyOne() {
    QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21) < 1e-9);
    QVERIFY(std::abs(contrast(Qt::red, Qt::red) - 1) < 1e-9);
    QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
  }

  void everyEyeTellsDevicesApart_data() { bothThemes(); }
  void everyEyeTellsDevicesApart() {
    QFETCH(bool, dark);
    const std::vector<QColor> &palette = chartTheme(dark).devicePalette;
    for (const Vision &vision : kVisions)
      for (std::size_t i = 0; i < palette.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
          const bool next = i - j == 1 || i - j == palette.size() - 1;
          const double least = next ? kNeighbours : i < 6 ? kFirstSix : kAny;
          compareAtLeast(difference(palette[i], palette[j], vision), least,
                         QStringLiteral("%1 and %2 to a %3")
                             .arg(palette[i].name(), palette[j].name(), QLatin1String(vision.name)));
        }
  }

  void everyEyeTellsQuantitiesApart_data() { bothThemes(); }
  void everyEyeTellsQuantitiesApart() {
    QFETCH(bool, dark);
    const ChartTheme &theme = chartTheme(dark);
    for (const Vision &vision : kVisions) {
      compareAtLeast(difference(theme.temperature, theme.humidity, vision), kNeighbours, vision.name);
      compareAtLeast(difference(theme.humidity, theme.pressure, vision), kNeighbours, vision.name);
      compareAtLeast(difference(theme.pressure, theme.temperature, vision), kNeighbours, vision.name);
    }
  }

  void textCanBeReadOnEveryGround_data() { bothThemes(); }
  void textCanBeReadOnEveryGround() {
    QFETCH(bool, dark);
    const ChartTheme &theme = chartTheme(dark);
    for (const QColor &ground : groundsOf(theme))
      for (const QColor &colour : {theme.text, theme.dim, theme.accent, theme.ok, theme.warning, theme.bad,
                                   theme.temperature, theme.humidity, theme.pressure})
        compareAtLeast(contrast(colour, ground), kText, colour.name() + " on " + ground.name());
    compareAtLeast(contrast(Qt::white, theme.selection), kText, "white on " + theme.selection.name());
  }

  void linesAndMarksStandOut_data() { bothThemes(); }
  void linesAndMarksStandOut() {
    QFETCH(bool, dark);
    const ChartTheme &theme = chartTheme(dark);
    for (const QColor &colour :
         theme.devicePalette) // also the title of a quantity without a colour of its own
      compareAtLeast(contrast(colour, theme.card), kText, colour.name() + " on the card");
    for (const QColor &ground : groundsOf(theme))
      for (const QColor &colour : {theme.faint, theme.selection, theme.accent})
        compareAtLeast(contrast(colour, ground), kGraphics, colour.name() + " on " + ground.name());
  }

  /// Each rule's text on its own ground or, where it has none, on every ground it may lie on. What is
  /// disabled is exempt.
  void theStyleSheetsTextCanBeRead_data() { bothThemes(); }
  void theStyleSheetsTextCanBeRead() {
    QFETCH(bool, dark);
    loadResources();
    static const QRegularExpression kRule("([^{}]*)\\{([^{}]*)\\}");
    static const QRegularExpression kColour("(?:^|[; ])color: (#[0-9a-f]{6})");
    static const QRegularExpression kGround("background: (#[0-9a-f]{6})");
    int checked = 0;
    for (auto rules = kRule.globalMatch(styleSheetFor(dark)); rules.hasNext();) {
      const QRegularExpressionMatch rule = rules.next();
      const QRegularExpressionMatch colour = kColour.match(rule.captured(2));
      if (!colour.hasMatch() || rule.captured(1).contains(":disabled") ||
          rule.captured(1).contains("role=\"arrow\""))
        continue;
      const QRegularExpressionMatch own = kGround.match(rule.captured(2));
      const std::vector<QColor> grounds =
          own.hasMatch() ? std::vector{QColor(own.captured(1))} : groundsOf(chartTheme(dark));
      for (const QColor &ground : grounds)
        compareAtLeast(contrast(QColor(colour.captured(1)), ground), kText,
                       rule.captured(1).trimmed() + " on " + ground.name());
      ++checked;
    }
    QVERIFY(checked > 40);
  }

  /// Colour is never alone: devices whose colours repeat, or look alike to somebody, differ in shape.
  void everyDeviceHasAMarkThatIsSeen() {
    const auto inkOf = [](DeviceId device) {
      QImage image(24, 24, QImage::Format_RGB32);
      image.fill(Qt::black);
      QPainter painter(&image);
      paintDeviceMarker(painter, device, QPointF(12, 12), 9, Qt::white, Qt::black);
      painter.end();
      return image;
    };
    for (DeviceId device = 1; device <= 11; ++device) {
      const QImage image = inkOf(device);
      int bright = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          bright += qGray(image.pixel(x, y)) > 128 ? 1 : 0;
      QVERIFY2(bright >= 16, qPrintable(QStringLiteral("device %1: %2 pixels").arg(device).arg(bright)));
      for (DeviceId other = 1; other < device; ++other)
        QVERIFY(image != inkOf(other));
    }
  }

  void aDeviceKeepsItsColour() {
    const ChartTheme &theme = chartTheme(true);
    QCOMPARE(deviceColour(theme, 1), QColor(0xff893c));
    QCOMPARE(deviceColour(theme, 2), QColor(0x60b5f7));
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
