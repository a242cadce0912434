// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartTheme.h"
#include "ui/charts/PaneLegend.h"

#include <QImage>
#include <QPainter>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// How far the first pane's legend reaches.
double legendOf(const ChartScene &scene) {
  QImage image(1308, 630, QImage::Format_RGB32);
  QPainter painter(&image);
  const ChartTheme &theme = chartTheme(true);
  const ChartLayout layout = layoutChart(scene, theme, image.size());
  return paintPaneLegend(painter, scene, frameData(scene, theme, layout), theme, layout, 0);
}

/// Of title and unit alone.
double titleOf(ChartScene scene) {
  scene.showRaw = scene.showAverage = scene.showBand = false;
  return legendOf(scene);
}

} // namespace

/// The legend names what can be seen in its pane, and nothing else.
class tst_PaneLegend : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void namesNothingWhereThereIsNoData() {
    ChartScene scene = SyntheticScene().make();
    scene.marks.gaps = false;
    QVERIFY(legendOf(scene) > titleOf(scene));
    scene.from_us -= kHour;
    scene.to_us -= kHour; // all points lie outside
    QCOMPARE(legendOf(scene), titleOf(scene));
  }

  void namesNoLineWhereThereAreDotsAlone() {
    SyntheticScene recipe;
    recipe.devices = 1;
    ChartScene scene = recipe.make();
    scene.marks.gaps = false;
    for (SeriesLine &line : scene.series.lines)
      for (std::uint32_t i = 1; i < line.points.size(); ++i)
        line.breaks.push_back(i);
    QCOMPARE(legendOf(scene), titleOf(scene));
    scene.series.lines[0].breaks.pop_back(); // two are joined
    QVERIFY(legendOf(scene) > titleOf(scene));
  }

  void namesABandThatCanBeToldFromALine() {
    SyntheticScene recipe;
    recipe.devices = 1;
    recipe.step_us = kSecond;
    ChartScene scene = recipe.make();
    scene.showRaw = scene.showAverage = false;
    QVERIFY(legendOf(scene) > titleOf(scene));
    scene.panes[0].fixedRange = {-10'000, 10'000};
    QCOMPARE(legendOf(scene), titleOf(scene));
  }
};

METEOROGRAPH_TEST(tst_PaneLegend)
#include "tst_PaneLegend.moc"
