// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/Measure.h"

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

/// One device whose value is the second; the point at 30 s stands for three readings.
ChartScene ramp() {
  ChartScene scene = SyntheticScene{.devices = 1, .panes = 1}.make();
  scene.showAverage = false;
  for (std::size_t i = 0; i < scene.series.lines[0].points.size(); ++i) {
    SeriesPoint &point = scene.series.lines[0].points[i];
    point.first = point.last = point.min = point.max = point.mean = static_cast<double>(i);
  }
  scene.series.lines[0].points[30].count = 3;
  scene.series.lines[0].points[30].max = 99;
  return scene;
}

} // namespace

class tst_Measure : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void tellsDifferenceMeanAndExtremes() {
    const ChartScene scene = ramp();
    const TimeUs from = scene.from_us;
    const MeasureTable table = measureTable(scene, from + 31 * kSecond, from + 29 * kSecond, 0);
    QCOMPARE(table.from_us, from + 29 * kSecond);
    QCOMPARE(table.rows.size(), std::size_t{1});
    const MeasureCell &cell = table.rows[0].cell;
    QCOMPARE(cell.difference, std::optional(2.0));
    QCOMPARE(cell.mean, std::optional((29 + 3 * 30 + 31) / 5.0));
    QCOMPARE(cell.min, std::optional(29.0));
    QCOMPARE(cell.max, std::optional(99.0));
    QCOMPARE(cell.count, std::int64_t{5});
  }

  void leavesOutWhatHasNothingBetween() {
    const ChartScene scene = ramp();
    QVERIFY(measureTable(scene, scene.to_us + kHour, scene.to_us + 2 * kHour, 0).rows.empty());
  }

  void hasNoDifferenceWhenAnEndLiesInAGap() {
    const ChartScene scene = ramp();
    const MeasureTable table = measureTable(scene, scene.from_us - kHour, scene.from_us + 10 * kSecond, 0);
    QVERIFY(!table.rows[0].cell.difference);
    QCOMPARE(table.rows[0].cell.max, std::optional(10.0));
  }

  void isCopiedAsATable() {
    ChartScene scene = ramp();
    scene.devices[0].name = QStringLiteral("=roof"); // no formula
    const MeasureTable table =
        measureTable(scene, scene.from_us + 29 * kSecond, scene.from_us + 31 * kSecond, 0);
    const QStringList lines = measureText(scene, table).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].contains(QStringLiteral("Δt 2 s")) && lines[0].contains(QStringLiteral("14:02:39")));
    QCOMPARE(lines[1], QStringLiteral("Quantity\tDevice\tΔ\tmean\tmin\tmax"));
    QVERIFY2(lines[2].startsWith(QStringLiteral("Temperature °C\t'=roof\t2.00")), qPrintable(lines[2]));
    QVERIFY2(lines[2].endsWith(QStringLiteral("\t29.00\t99.00")), qPrintable(lines[2]));
  }
};

METEOROGRAPH_TEST(tst_Measure)
#include "tst_Measure.moc"
