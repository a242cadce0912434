// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartPainter.h"

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

struct Shown {
  ChartScene scene;
  bool dark = true;
  QSizeF size{900, 600};
  double ratio = 1;

  QImage fresh() const { return ChartPainter(scene, chartTheme(dark), size).render(ratio); }
  QImage over(KeptFrame &kept) const {
    QImage picture;
    ChartPainter(scene, chartTheme(dark), size).render(picture, ratio, kept);
    return picture;
  }
};

Shown everything() {
  SyntheticScene recipe;
  recipe.watermark_us = recipe.from_us + 248 * kSecond;
  recipe.lateEvery = 40;
  Shown shown;
  shown.scene = recipe.make();
  shown.scene.annotations = {{1, recipe.from_us + 20 * kSecond, kNoTime, "Filter changed", "", 0}};
  shown.scene.panes[0].limits.high = 27;
  return shown;
}

/// Until the frame is kept.
KeptFrame keptOf(const Shown &shown) {
  KeptFrame kept;
  (void)shown.over(kept);
  (void)shown.over(kept);
  return kept;
}

struct Change {
  const char *name;
  void (*make)(Shown &shown);
};

void silence(SeriesLine &line) {
  line.points.erase(line.points.begin() + 100, line.points.begin() + 150);
  line.breaks.push_back(100);
}

const Change kChanges[] = {
    {"range", [](Shown &s) { s.scene.to_us += 7 * kSecond; }},
    {"theme", [](Shown &s) { s.dark = !s.dark; }},
    {"width", [](Shown &s) { s.size.rwidth() += 40; }},
    {"height", [](Shown &s) { s.size.rheight() -= 40; }},
    {"device pixel ratio", [](Shown &s) { s.ratio = 1.5; }},
    {"pane taken away", [](Shown &s) { s.scene.panes.pop_back(); }},
    {"panes in another order", [](Shown &s) { std::swap(s.scene.panes[0], s.scene.panes[2]); }},
    {"pane's height", [](Shown &s) { s.scene.panes[1].height = 2; }},
    {"value axis",
     [](Shown &s) {
       s.scene.panes[0].fixedRange = {20, 40};
     }},
    {"axis fit", [](Shown &s) { s.scene.panes[1].fit = AxisFit::Scaled; }},
    {"points outside",
     [](Shown &s) {
       s.scene.panes[1].fit = AxisFit::Fixed;
       s.scene.panes[1].fixedRange = {45, 50};
     }},
    {"limit", [](Shown &s) { s.scene.panes[0].limits.high = 26; }},
    {"no limit", [](Shown &s) { s.scene.panes[0].limits = {}; }},
    {"zone", [](Shown &s) { s.scene.zone = QTimeZone(3 * 3600); }},
    {"rows", [](Shown &s) { s.scene.multiples = true; }},
    {"device", [](Shown &s) { s.scene.devices.resize(1); }},
    {"average's name", [](Shown &s) { s.scene.averageLabel = QStringLiteral("1 min average"); }},
    {"no raw lines", [](Shown &s) { s.scene.showRaw = false; }},
    {"pens", [](Shown &s) { s.scene.pens.averageWidth = 5; }},
    {"mark", [](Shown &s) { s.scene.marks.provisional = false; }},
    {"annotation", [](Shown &s) { s.scene.annotations[0].text = "Battery changed"; }},
    {"title", [](Shown &s) { s.scene.title = QStringLiteral("Greenhouse"); }},
    {"device names", [](Shown &s) { s.scene.showDeviceNames = true; }},
    {"watermark", [](Shown &s) { s.scene.series.lines[0].watermark_us -= 60 * kSecond; }},
    {"gap in every line",
     [](Shown &s) {
       for (SeriesLine &line : s.scene.series.lines)
         silence(line);
     }},
    {"nothing late",
     [](Shown &s) {
       for (SeriesLine &line : s.scene.series.lines)
         line.marked = false;
     }},
    {"fault", [](Shown &s) { s.scene.series.lines[0].points[80].faults = kSpike; }},
    {"value beyond the axis", [](Shown &s) { s.scene.series.lines[0].points[80].max = 60; }},
    {"no data", [](Shown &s) { s.scene.series.lines.clear(); }},
};

} // namespace

class tst_KeptFrame : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void aChangeIsDrawnAnew_data() {
    QTest::addColumn<int>("change");
    for (std::size_t i = 0; i < std::size(kChanges); ++i)
      QTest::newRow(kChanges[i].name) << static_cast<int>(i);
  }
  void aChangeIsDrawnAnew() {
    QFETCH(int, change);
    Shown shown = everything();
    KeptFrame kept = keptOf(shown);
    QVERIFY(!kept.picture.isNull());
    const QImage before = shown.fresh();
    QCOMPARE(shown.over(kept), before);
    kChanges[change].make(shown);
    const QImage after = shown.fresh();
    QVERIFY(after != before);
    for (int again = 0; again < 3; ++again) // drawn, kept, used
      QCOMPARE(shown.over(kept), after);
  }

  void isKeptWhileOnlyLinesChange() {
    Shown shown = everything();
    KeptFrame kept = keptOf(shown);
    const qint64 frame = kept.picture.cacheKey();
    for (SeriesPoint &point : shown.scene.series.lines[0].points)
      point.average += 0.1;
    QCOMPARE(shown.over(kept), shown.fresh());
    QCOMPARE(kept.picture.cacheKey(), frame);
  }

  void isNotKeptWhileTheRangeMoves() {
    Shown shown = everything();
    KeptFrame kept = keptOf(shown);
    for (int step = 0; step < 3; ++step) {
      shown.scene.from_us += kSecond;
      shown.scene.to_us += kSecond;
      QCOMPARE(shown.over(kept), shown.fresh());
      QVERIFY(kept.picture.isNull());
    }
  }
};

METEOROGRAPH_TEST(tst_KeptFrame)
#include "tst_KeptFrame.moc"
