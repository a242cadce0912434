// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/AnnotationMarks.h"
#include "ui/charts/ChartPainter.h"
#include "ui/charts/ChartSpot.h"
#include "ui/charts/DeviceMarker.h"
#include "ui/charts/GapMarks.h"
#include "ui/charts/HoverOverlay.h"
#include "ui/charts/LineGeometry.h"
#include "ui/charts/TableBox.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr QSize kSize(1308, 630);

/// Takes a device's points between two moments, relative to the scene's begin, away.
void silence(ChartScene &scene, DeviceId device, TimeUs from_us, TimeUs to_us) {
  for (SeriesLine &line : scene.series.lines) {
    if (line.device != device)
      continue;
    const auto place = [&](TimeUs time) {
      return std::find_if(line.points.begin(), line.points.end(),
                          [&](const SeriesPoint &point) { return point.first_us > scene.from_us + time; });
    };
    const auto next = line.points.erase(place(from_us), place(to_us));
    line.breaks.push_back(static_cast<std::uint32_t>(next - line.points.begin()));
  }
}

/// Three panes in which every kind of mark occurs.
ChartScene everything() {
  SyntheticScene recipe;
  recipe.devices = 2;
  recipe.gapFrom_us = 100 * kSecond;
  recipe.gapTo_us = 160 * kSecond;
  recipe.lateEvery = 40;
  recipe.watermark_us = recipe.from_us + 200 * kSecond;
  ChartScene scene = recipe.make();
  silence(scene, 1, 90 * kSecond, 150 * kSecond);
  scene.series.lines[0].points[50].faults = kSpike;
  scene.panes[0].limits.high = scene.series.lines[0].points[10].mean;
  scene.annotations = {
      {3, scene.from_us + 30 * kSecond, kNoTime, "Filter changed", {}, 0},
      {9, scene.from_us + 60 * kSecond, scene.from_us + 90 * kSecond, "Door open", "rpi-lobby", 1}};
  return scene;
}

QImage picture(const ChartScene &scene, QSize size = kSize) { return renderChart(scene, true, size, 1); }

int differingPixels(const QImage &a, const QImage &b) {
  int count = 0;
  for (int y = 0; y < std::min(a.height(), b.height()); ++y)
    for (int x = 0; x < a.width(); ++x)
      count += a.pixel(x, y) == b.pixel(x, y) ? 0 : 1;
  return count;
}

/// All texts of the picture as SVG has them.
QString textsOf(const ChartScene &scene) {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(kSize);
  generator.setResolution(96);
  QPainter painter(&generator);
  ChartPainter(scene, chartTheme(true), kSize).paintVector(painter);
  painter.end();
  return QString::fromUtf8(buffer.data());
}

int paintedPixels(DeviceId device) {
  QImage image(40, 40, QImage::Format_RGB32);
  image.fill(Qt::black);
  QPainter painter(&image);
  paintDeviceMarker(painter, device, QPointF(20, 20), 20, Qt::white, Qt::black);
  int count = 0;
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 40; ++x)
      count += qGray(image.pixel(x, y)) > 128 ? 1 : 0;
  return count;
}

} // namespace

/// What a picture shows beside its lines.
class tst_ChartMarks : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void eachCanBeSwitchedOff_data() {
    QTest::addColumn<int>("which");
    const char *names[] = {"watermark", "provisional", "late", "faults", "gaps", "limits", "annotations"};
    for (int i = 0; i < 7; ++i)
      QTest::newRow(names[i]) << i;
  }
  void eachCanBeSwitchedOff() {
    QFETCH(int, which);
    static constexpr bool ChartMarks::*kAll[] = {
        &ChartMarks::watermark, &ChartMarks::provisional, &ChartMarks::late,       &ChartMarks::faults,
        &ChartMarks::gaps,      &ChartMarks::limits,      &ChartMarks::annotations};
    ChartScene none = everything();
    for (const auto mark : kAll)
      none.marks.*mark = false;
    ChartScene alone = none;
    alone.marks.*kAll[which] = true;
    QVERIFY(differingPixels(picture(none), picture(alone)) > 20);
    ChartScene without = everything();
    without.marks.*kAll[which] = false;
    QVERIFY(differingPixels(picture(everything()), picture(without)) > 20);
  }

  void eachIsExplainedWhereItOccurs() {
    const QString texts = textsOf(everything());
    for (const char *word :
         {"no data", "late, repaired", "a spike", "provisional", "limit", "Filter changed", "Door open"})
      QVERIFY2(texts.contains(QLatin1String(word)), word);
    const QString plain = textsOf(SyntheticScene{.devices = 2}.make());
    for (const char *word : {"no data", "late, repaired", "a spike", "provisional", "limit"})
      QVERIFY2(!plain.contains(QLatin1String(word)), word);
  }

  void aGapIsHatchedWhereNoDeviceHasData() {
    SyntheticScene recipe;
    recipe.devices = 2;
    recipe.gapFrom_us = 100 * kSecond; // of the second one
    recipe.gapTo_us = 160 * kSecond;
    ChartScene scene = recipe.make();
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    const auto gaps = [&](DeviceId device) { return hatchedGaps(scene, scene.panes[0], layout, device); };
    QVERIFY(gaps(0).empty());
    QVERIFY(!frameData(scene, chartTheme(true), layout).panes[0].hasGap());
    scene.multiples = true;
    QVERIFY(gaps(1).empty());
    QCOMPARE(gaps(2).size(), std::size_t{1});
    scene.multiples = false;
    silence(scene, 1, 90 * kSecond, 150 * kSecond);
    QCOMPARE(gaps(0).size(), std::size_t{1}); // where both are silent
    QCOMPARE(std::lround(gaps(0)[0].left), std::lround(layout.xOf(scene.from_us + 100 * kSecond)));
    QCOMPARE(std::lround(gaps(0)[0].right), std::lround(layout.xOf(scene.from_us + 151 * kSecond)));
    scene.devices.pop_back(); // alone, a device's gaps are its own
    QCOMPARE(std::lround(gaps(0)[0].left), std::lround(layout.xOf(scene.from_us + 90 * kSecond)));
  }

  void lateTicksNeverMerge() {
    SyntheticScene recipe;
    recipe.lateEvery = 1;
    ChartScene scene = recipe.make();
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    const QImage with = picture(scene);
    scene.marks.late = false;
    const QImage without = picture(scene);
    const int foot = static_cast<int>(layout.panes[0].plot.bottom()) + 5;
    int ticks = 0;
    int painted = 0;
    for (int x = 1; x < with.width(); ++x) {
      const auto differs = [&](int at) { return with.pixel(at, foot) != without.pixel(at, foot); };
      painted += differs(x) ? 1 : 0;
      ticks += differs(x) && !differs(x - 1) ? 1 : 0;
    }
    const double width = layout.right - layout.left;
    QVERIFY2(ticks > width / 20 && ticks < width / 8, QByteArray::number(ticks).constData());
    QVERIFY(painted < ticks * 9);
  }

  void saysWhenAllLiesBeyondALimit() {
    ChartScene scene = everything();
    scene.panes[0].limits = {1000, 2000, qQNaN(), 0};
    QVERIFY(textsOf(scene).contains(QStringLiteral("below the limit 1000 °C")));
    scene.panes[0].limits = {qQNaN(), -40, qQNaN(), 0};
    QVERIFY(textsOf(scene).contains(QStringLiteral("above the limit −40 °C")));
    scene.panes[0].limits = {-40, 85, qQNaN(), 0}; // far from what is seen
    QVERIFY(!textsOf(scene).contains(QStringLiteral("limit ")));
  }

  void annotationsAreFoundByFlagAndByLine() {
    const ChartScene scene = everything();
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    const double x = layout.xOf(scene.annotations[0].from_us);
    QCOMPARE(annotationAt(scene, layout, QPointF(x + 5, layout.header.bottom() - 10)), std::int64_t{3});
    QCOMPARE(annotationAt(scene, layout, QPointF(x - 3, 400)), std::int64_t{3});
    QCOMPARE(annotationAt(scene, layout, QPointF(x + 60, 400)), std::int64_t{0});
    const double end = layout.xOf(scene.annotations[1].to_us);
    QCOMPARE(annotationAt(scene, layout, QPointF(end + 2, 400)), std::int64_t{9});
    const std::vector<QString> inside =
        annotationTexts(scene, layout, scene.annotations[1].from_us + 15 * kSecond);
    QCOMPARE(inside, std::vector{QStringLiteral("2 · Door open")});
  }

  void annotationsOfWhatIsNotShownAreNotShown() {
    ChartScene scene = everything();
    scene.devices.resize(1);
    QVERIFY(!textsOf(scene).contains(QStringLiteral("Door open")));
    scene.annotations[0].from_us = scene.to_us;
    QVERIFY(!textsOf(scene).contains(QStringLiteral("Filter changed")));
    QVERIFY(annotationStripHeight(scene) > 0);          // panes do not jump while the range moves
    scene.annotations.erase(scene.annotations.begin()); // the other one is about a device that is not shown
    QCOMPARE(annotationStripHeight(scene), 0.0);
    scene.annotations.clear();
    QCOMPARE(annotationStripHeight(scene), 0.0);
  }

  void crowdedFlagsDoNotOverlap() {
    ChartScene scene = everything();
    scene.annotations.clear();
    for (int i = 0; i < 400; ++i)
      scene.annotations.push_back({i + 1, scene.from_us + i * kSecond / 2, kNoTime, "x", {}, 0});
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    std::int64_t last = 0;
    for (double at = layout.left; at < layout.right; at += 1) { // flags come in the order of time
      const std::int64_t found = annotationAt(scene, layout, QPointF(at, layout.header.bottom() - 10));
      QVERIFY(found == 0 || found + 20 > last);
      last = std::max(last, found);
    }
    QVERIFY(last > 100);
  }

  void saysWhenNoDeviceIsChosen() {
    ChartScene scene = everything();
    scene.devices.clear();
    QVERIFY(textsOf(scene).contains(QStringLiteral("No device is chosen")));
    QVERIFY(!textsOf(scene).contains(QStringLiteral("No data in this range")));
  }

  void everyDevicesShapeIsLargeEnough() {
    for (DeviceId device = 1; device <= 7; ++device)
      QVERIFY2(paintedPixels(device) > 60, QByteArray::number(static_cast<int>(device)).constData());
  }

  void remarksLeaveRoomForTheDevices_data() {
    QTest::addColumn<int>("devices");
    QTest::addColumn<int>("remarks");
    QTest::newRow("a line for each") << 2 << 2;
    QTest::newRow("no room left") << 30 << 0;
  }
  void remarksLeaveRoomForTheDevices() {
    QFETCH(int, devices);
    SyntheticScene recipe;
    recipe.devices = devices;
    recipe.lateEvery = 1; // all of them, in every quantity
    const ChartScene scene = recipe.make();
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    const HoverTable hover = hoverTable(scene, scene.from_us + kMinute, 0);
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(kSize);
    QPainter painter(&generator);
    paintHover(painter, scene, chartTheme(true), layout, hover, QPointF(400, 200));
    painter.end();
    QTEST(static_cast<int>(buffer.data().count("late, repaired")), "remarks");
    QVERIFY(buffer.data().contains("rpi-lobby"));
  }

  void heldValuesMakeSteps() {
    SyntheticScene recipe;
    recipe.devices = 1;
    recipe.panes = 1;
    ChartScene scene = recipe.make();
    SeriesLine &line = scene.series.lines[0];
    line.points.resize(2);
    line.points[1].first_us = line.points[1].last_us = line.points[0].last_us + 60 * kSecond;
    line.held_until_us = line.points[1].last_us + 30 * kSecond;
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    const PlotTransform transform(layout, layout.panes[0], 1);
    LineRoom room;
    LineGeometry geometry(line, transform, 8, room);
    QCOMPARE(geometry.runs().size(), std::size_t{1});
    const std::span<const SpanVertex> raw = geometry.raw(geometry.runs()[0], true);
    QCOMPARE(raw.size(), std::size_t{4}); // there, along, up, along
    QCOMPARE(raw[0].y, raw[1].y);
    QCOMPARE(raw[1].x, raw[2].x);
    QCOMPARE(raw[2].y, raw[3].y);
    QCOMPARE(static_cast<int>(std::lround(raw[3].x)),
             static_cast<int>(std::lround(transform.x(line.held_until_us))));
    QCOMPARE(geometry.average(geometry.runs()[0]).size(), std::size_t{4});
  }

  void aSpotKnowsTheNearestPointAndItsWindows() {
    ChartScene scene = everything();
    scene.series.step_us = 10 * kSecond;
    const ChartLayout layout = layoutChart(scene, chartTheme(true), kSize);
    const SeriesPoint &point = scene.series.lines[1].points[20]; // of device 2
    const HoverTable hover = hoverTable(scene, point.first_us, 0);
    const QPointF at(layout.xOf(point.first_us), layout.panes[0].yOf(point.mean));
    const ChartSpot spot = spotAt(scene, layout, hover, at);
    QCOMPARE(spot.device, DeviceId{2});
    QCOMPARE(spot.quantity, QuantityId{1});
    QCOMPARE(spot.from_us, point.first_us);
    QCOMPARE(spot.to_us, point.last_us + 10 * kSecond);
    QCOMPARE(spotAt(scene, layout, hoverTable(scene, scene.to_us + kHour, 0), at).device, DeviceId{0});
  }
};

METEOROGRAPH_TEST(tst_ChartMarks)
#include "tst_ChartMarks.moc"
