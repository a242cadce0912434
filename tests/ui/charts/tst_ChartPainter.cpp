// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartPainter.h"
#include "ui/charts/ChartStyle.h"
#include "ui/charts/DataPainter.h"

#include <QDir>
#include <QPainter>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// Writes the picture where METEOROGRAPH_PICTURES names a folder, for eyes to judge.
void show(const QImage &picture, const QString &name) {
  const QString folder = qEnvironmentVariable("METEOROGRAPH_PICTURES");
  if (!folder.isEmpty())
    QVERIFY(picture.save(QDir(folder).filePath(name + QStringLiteral(".png"))));
}

constexpr QSize kSize(1308, 630);

/// Pixels that are not the card's colour.
int inkIn(const QImage &picture, const QRect &area) {
  int count = 0;
  for (int y = area.top(); y <= area.bottom(); ++y)
    for (int x = area.left(); x <= area.right(); ++x)
      count += picture.pixelColor(x, y) == chartTheme(true).card ? 0 : 1;
  return count;
}

bool near(const QColor &one, const QColor &other) {
  return std::abs(one.red() - other.red()) + std::abs(one.green() - other.green()) +
             std::abs(one.blue() - other.blue()) <
         60;
}

} // namespace

class tst_ChartPainter : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void speed_data() {
    QTest::addColumn<SyntheticScene>("recipe");
    SyntheticScene ten;
    ten.devices = 10;
    ten.columns = 1528;
    QTest::newRow("5 min at 1 Hz") << ten;
    SyntheticScene dense = ten;
    dense.cadence_us = 10 * kMillisecond;
    dense.many = true;
    QTest::newRow("dense raw") << dense;
    SyntheticScene band = dense;
    band.step_us = kSecond / 10;
    QTest::newRow("dense band") << band;
  }
  /// Figures for people; machines differ too much for a limit.
  void speed() {
    QFETCH(SyntheticScene, recipe);
    const ChartScene scene = recipe.make();
    const ChartPainter painter(scene, chartTheme(true), QSize(1600, 1000));
    KeptFrame kept;
    QImage picture;
    const auto best = [](const std::function<void()> &work) {
      std::vector<double> times;
      for (int i = 0; i < 15; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
      }
      return *std::min_element(times.begin(), times.end());
    };
    const double data = best([&] { painter.render(picture, 1, kept); });
    const double layout = best([&] { ChartPainter(scene, chartTheme(true), QSize(1600, 1000)); });
    const double framed = best([&] { picture = painter.render(1); });
    show(picture, QStringLiteral("speed-") + QLatin1String(QTest::currentDataTag()));
    qInfo("over a kept frame %.1f ms, with its frame %.1f ms, layout %.1f ms", data, framed, layout);
  }
  void pictures_data() {
    QTest::addColumn<SyntheticScene>("recipe");
    SyntheticScene four;
    four.watermark_us = four.from_us + 248 * kSecond;
    four.gapFrom_us = 150 * kSecond;
    four.gapTo_us = 182 * kSecond;
    QTest::newRow("four") << four;
    SyntheticScene one = four;
    one.devices = 1;
    one.lateEvery = 40;
    QTest::newRow("one") << one;
    SyntheticScene ten = four;
    ten.devices = 10;
    QTest::newRow("ten") << ten;
    SyntheticScene band = four;
    band.step_us = kHour;
    band.length_us = 30 * kDay;
    band.gapFrom_us = 12 * kDay;
    band.gapTo_us = 14 * kDay;
    band.watermark_us = band.from_us + 30 * kDay - 10 * kMinute;
    QTest::newRow("band") << band;
    SyntheticScene bandOne = band;
    bandOne.devices = 1;
    QTest::newRow("bandOne") << bandOne;
    SyntheticScene sparse = four;
    sparse.cadence_us = 20 * kSecond;
    sparse.devices = 2;
    QTest::newRow("sparse") << sparse;
    SyntheticScene dense = four;
    dense.cadence_us = 10 * kMillisecond;
    dense.many = true;
    QTest::newRow("dense") << dense;
    SyntheticScene twice = four;
    twice.cadence_us = 500 * kMillisecond;
    QTest::newRow("twice") << twice;
  }
  void pictures() {
    QFETCH(SyntheticScene, recipe);
    const ChartScene scene = recipe.make();
    for (const bool dark : {true, false})
      show(renderChart(scene, dark, QSize(1308, 630), 1),
           QLatin1String(QTest::currentDataTag()) +
               (dark ? QStringLiteral("-dark") : QStringLiteral("-light")));
  }

  void plotsAlignInAllPanes() {
    SyntheticScene recipe;
    const ChartScene scene = recipe.make();
    const ChartLayout layout = ChartPainter(scene, chartTheme(true), kSize).layout();
    QCOMPARE(layout.panes.size(), std::size_t{3});
    for (const PaneLayout &pane : layout.panes) {
      QCOMPARE(pane.plot.left(), layout.left);
      QCOMPARE(pane.plot.right(), layout.right);
      QVERIFY(std::abs(pane.plot.height() - layout.panes[0].plot.height()) <= 1);
    }
    QCOMPARE(layout.timeAt(layout.xOf(scene.from_us + 100 * kSecond)), scene.from_us + 100 * kSecond);
    QVERIFY(std::abs(layout.panes[0].valueAt(layout.panes[0].yOf(25.5)) - 25.5) < 1e-9);
  }

  void theLabelsWidthNeverMovesThePlot() {
    ChartScene scene = SyntheticScene{}.make();
    const double left = layoutChart(scene, chartTheme(true), kSize).left;
    for (SeriesLine &line : scene.series.lines)
      for (SeriesPoint &point : line.points)
        point.min = point.max = point.average = -123456.789;
    QCOMPARE(layoutChart(scene, chartTheme(true), kSize).left, left);
  }

  void saysThatThereIsNoData() {
    ChartScene scene = SyntheticScene{}.make();
    const ChartScene full = scene;
    for (SeriesLine &line : scene.series.lines)
      line.points.clear();
    const ChartPainter painter(scene, chartTheme(true), kSize);
    QVERIFY(!painter.layout().panes[0].hasData);
    const QImage picture = painter.render(1);
    show(picture, QStringLiteral("nodata"));
    const QRectF plot = painter.layout().panes[0].plot;
    QVERIFY(inkIn(picture, QRect(plot.center().toPoint() - QPoint(80, 8), QSize(160, 16))) >
            100); // the words
    QCOMPARE(inkIn(picture, QRect(plot.topLeft().toPoint() + QPoint(5, 5), QSize(20, 10))), 0);
  }

  void standsConstantData() {
    ChartScene scene = SyntheticScene{}.make();
    for (SeriesLine &line : scene.series.lines)
      for (SeriesPoint &point : line.points)
        point.first = point.last = point.min = point.max = point.mean = point.average = 5;
    const ChartPainter painter(scene, chartTheme(true), kSize);
    QCOMPARE(painter.layout().panes[0].low, 4.0);
    QCOMPARE(painter.layout().panes[0].high, 6.0);
    show(painter.render(1), QStringLiteral("constant"));
  }

  void ringsLikelyFaults() {
    SyntheticScene recipe;
    recipe.devices = 1;
    ChartScene scene = recipe.make();
    const auto marked = [&scene] {
      const QImage picture = renderChart(scene, true, kSize, 1);
      const QRgb ring = chartTheme(true).bad.rgb();
      int pixels = 0;
      for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
          pixels += picture.pixel(x, y) == ring;
      return pixels;
    };
    QCOMPARE(marked(), 0);
    scene.series.lines[0].points[40].faults = kOutOfRange;
    QVERIFY(marked() > 0);
  }

  void drawsAnIsolatedPointAsADot() {
    ChartScene scene = SyntheticScene{.devices = 1, .panes = 1}.make();
    SeriesLine &line = scene.series.lines[0];
    line.points = {line.points[150]};
    const ChartPainter painter(scene, chartTheme(true), kSize);
    const QImage picture = painter.render(1);
    const ChartLayout &layout = painter.layout();
    const QPoint at(qRound(layout.xOf(line.points[0].first_us)),
                    qRound(layout.panes[0].yOf(line.points[0].mean)));
    QVERIFY(near(picture.pixelColor(at), chartTheme(true).temperature));
    QVERIFY(!near(picture.pixelColor(at + QPoint(6, 0)), chartTheme(true).temperature));
  }

  void theLineBreaksAtAGap() {
    SyntheticScene recipe;
    recipe.devices = recipe.panes = 1;
    recipe.gapFrom_us = 100 * kSecond;
    recipe.gapTo_us = 200 * kSecond;
    const ChartScene scene = recipe.make();
    const ChartPainter painter(scene, chartTheme(false), kSize);
    const QImage picture = painter.render(1);
    const ChartLayout &layout = painter.layout();
    const auto hasLine = [&](TimeUs time) {
      const int x = qRound(layout.xOf(scene.from_us + time));
      for (int y = qRound(layout.panes[0].plot.top()); y < layout.panes[0].plot.bottom(); ++y)
        if (near(picture.pixelColor(x, y), chartTheme(false).temperature))
          return true;
      return false;
    };
    QVERIFY(hasLine(90 * kSecond));
    QVERIFY(!hasLine(150 * kSecond));
    QVERIFY(hasLine(210 * kSecond));
  }

  void oneDeviceTakesTheQuantitysColour() {
    ChartScene scene = SyntheticScene{.devices = 2}.make();
    const ChartTheme &theme = chartTheme(true);
    QCOMPARE(lineColour(scene, theme, scene.panes[0], 2), deviceColour(theme, 2));
    scene.devices.pop_back();
    QCOMPARE(lineColour(scene, theme, scene.panes[0], 1), theme.temperature);
    QCOMPARE(lineColour(scene, theme, scene.panes[2], 1), theme.pressure);
  }

  void provisionalBeginsAtTheSmallestWatermarkThatMatters() {
    ChartScene scene = SyntheticScene{.devices = 3, .panes = 1}.make();
    QCOMPARE(provisionalFrom(scene), kNoTime);
    const TimeUs from = scene.from_us;
    scene.series.lines[0].watermark_us = from + 200 * kSecond;
    scene.series.lines[1].watermark_us = from + 100 * kSecond;
    QCOMPARE(provisionalFrom(scene), from + 100 * kSecond);
    scene.series.lines[1].points.resize(50); // nothing after its watermark: all of it is final
    QCOMPARE(provisionalFrom(scene), from + 200 * kSecond);
    scene.series.lines[2].watermark_us = from - kDay; // of a device long silent, on a coarse level
    QCOMPARE(provisionalFrom(scene), from + 200 * kSecond);
    scene.series.lines[2].watermark_us = kNoTime;
    scene.series.lines[0].watermark_us = scene.to_us;
    QCOMPARE(provisionalFrom(scene), kNoTime);
  }

  void valueAxisFollowsWhatIsVisible() {
    ChartScene scene = SyntheticScene{.devices = 1, .panes = 1}.make();
    scene.series.lines[0].points[200].max = 500;
    QVERIFY(layoutChart(scene, chartTheme(true), kSize).panes[0].high > 500);
    scene.to_us = scene.from_us + 100 * kSecond;
    QVERIFY(layoutChart(scene, chartTheme(true), kSize).panes[0].high < 40);
    scene.panes[0].fixedRange = {-10, 10};
    QCOMPARE(layoutChart(scene, chartTheme(true), kSize).panes[0].high, 10.0);
  }

  void drawsTheSameAtEveryPixelRatio_data() {
    QTest::addColumn<double>("ratio");
    for (const double ratio : {1.0, 1.25, 1.5, 2.0})
      QTest::addRow("%g", ratio) << ratio;
  }
  void drawsTheSameAtEveryPixelRatio() {
    QFETCH(double, ratio);
    const QImage picture = renderChart(SyntheticScene{}.make(), false, kSize, ratio);
    QCOMPARE(picture.size(), QSize(qCeil(kSize.width() * ratio), qCeil(kSize.height() * ratio)));
    const QImage one = renderChart(SyntheticScene{}.make(), false, kSize, 1);
    const QImage shrunk = picture.scaled(kSize, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    double difference = 0;
    for (int y = 0; y < kSize.height(); ++y)
      for (int x = 0; x < kSize.width(); ++x)
        difference += std::abs(qGray(one.pixel(x, y)) - qGray(shrunk.pixel(x, y)));
    QVERIFY(difference / (kSize.width() * kSize.height()) < 4);
  }

  void twoThreadsPaintWhatOnePaints_data() { pictures_data(); }
  void twoThreadsPaintWhatOnePaints() {
    QFETCH(SyntheticScene, recipe);
    const ChartScene scene = recipe.make();
    const QSize size(1600, 1000);
    const ChartPainter painter(scene, chartTheme(true), size);
    QImage byOne(size, QImage::Format_RGB32);
    byOne.fill(chartTheme(true).card);
    const QImage empty = byOne; // shares its pixels until one is painted on
    SpanDataPainter(byOne, scene, chartTheme(true), painter.layout()).paint();
    for (int again = 0; again < 3; ++again) {
      QImage image = empty;
      paintDataBySpans(image, scene, chartTheme(true), painter.layout());
      QCOMPARE(image, byOne);
    }
    QVERIFY(byOne != empty);
  }

  void vectorsShowTheSamePictureAsSpans_data() { pictures_data(); }
  void vectorsShowTheSamePictureAsSpans() {
    QFETCH(SyntheticScene, recipe);
    ChartScene scene = recipe.make();
    scene.from_us += recipe.length_us / 5; // lines lead out on both sides
    scene.to_us -= recipe.length_us / 5;
    scene.panes[0].fixedRange = {24, 26}; // and above and below
    const ChartPainter painter(scene, chartTheme(true), kSize);
    const QImage spans = painter.render(1);
    QImage vectors(kSize, QImage::Format_RGB32);
    QPainter qtPainter(&vectors);
    painter.paintVector(qtPainter);
    qtPainter.end();
    show(vectors, QStringLiteral("vector-") + QLatin1String(QTest::currentDataTag()));
    double difference = 0;
    for (int y = 0; y < kSize.height(); ++y)
      for (int x = 0; x < kSize.width(); ++x)
        difference += std::abs(qGray(spans.pixel(x, y)) - qGray(vectors.pixel(x, y)));
    difference /= kSize.width() * kSize.height();
    // Bars that stand closer than two pixels are a smoother veil by spans.
    QVERIFY2(difference < (recipe.many ? 4 : 1.5), qPrintable(QString::number(difference)));
  }
};

METEOROGRAPH_TEST(tst_ChartPainter)
#include "tst_ChartPainter.moc"
