// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestMain.h"
#include "tests/ui/charts/SyntheticScene.h"
#include "ui/charts/ChartLayout.h"
#include "ui/export/ChartExport.h"
#include "ui/export/SceneStatistics.h"
#include "ui/export/SeriesCsv.h"

#include <QRandomGenerator>
#include <QTest>
#include <QXmlStreamReader>

#include <zlib.h>

using namespace meteorograph;
using namespace meteorograph::ui;

namespace {

constexpr QSize kSize(900, 640);
constexpr double kNear = 0.02; // pixels; SVG and PDF round their numbers

/// A scene, zoomed into the middle of its data, so that lines lead out of the picture on both sides.
ChartScene randomScene(quint32 seed) {
  QRandomGenerator random(seed);
  const auto between = [&random](int from, int to) { return random.bounded(from, to + 1); };
  SyntheticScene recipe;
  recipe.devices = between(1, 7);
  recipe.panes = between(1, 3);
  recipe.length_us = TimeUs{between(1, 5'000)} * kSecond;
  recipe.from_us = TimeUs{between(1, 2'000'000'000)} * kSecond + between(0, 999'999);
  recipe.cadence_us = TimeUs{between(1, 2'000)} * kMillisecond;
  recipe.columns = between(40, 700);
  recipe.many = between(0, 1) == 1;
  recipe.step_us = between(0, 1) * kSecond;
  recipe.gapFrom_us = recipe.length_us / 3;
  recipe.gapTo_us = recipe.length_us / 2;
  ChartScene scene = recipe.make();
  scene.from_us += recipe.length_us * between(0, 40) / 100;
  scene.to_us -= recipe.length_us * between(0, 40) / 100;
  return scene;
}

struct ShownPoint {
  QString device;
  std::string quantity;
  SeriesPoint point;
};

/// What the picture shows, in the order of the series.
std::vector<ShownPoint> shownPoints(const ChartScene &scene) {
  std::vector<ShownPoint> shown;
  for (const SeriesLine &line : scene.series.lines)
    for (const PaneSpec &pane : scene.panes)
      for (const DeviceStyle &device : scene.devices)
        if (line.quantity == pane.quantity && line.device == device.id)
          for (const SeriesPoint &point : line.points)
            if (!(point.last_us < scene.from_us || point.first_us >= scene.to_us))
              shown.push_back({device.name, pane.name, point});
  return shown;
}

using Corners = QList<QPointF>;

/// The averages' corners as the picture should have them: of each run of each line, in the order of
/// drawing, from the first point inside of the plot to the last one.
QList<Corners> expectedAverages(const ChartScene &scene) {
  const ChartLayout layout = layoutChart(
      [&scene] {
        ChartScene named = scene;
        named.showDeviceNames = true; // as every exported picture has them
        return named;
      }(),
      chartTheme(false), kSize);
  QList<Corners> expected;
  for (std::size_t pane = 0; pane < scene.panes.size(); ++pane)
    for (auto device = scene.devices.rbegin(); device != scene.devices.rend(); ++device) {
      const SeriesLine *line = findLine(scene, scene.panes[pane].quantity, device->id);
      Corners run;
      for (std::size_t i = 0; i < line->points.size(); ++i) {
        if (std::find(line->breaks.begin(), line->breaks.end(), i) != line->breaks.end())
          expected << std::exchange(run, {});
        const SeriesPoint &point = line->points[i];
        const QPointF corner(layout.xOf(point.last_us), layout.panes[pane].yOf(point.average));
        if (corner.x() >= layout.left && corner.x() <= layout.right)
          run << corner;
      }
      expected << run;
    }
  expected.removeIf([](const Corners &run) { return run.size() < 2; });
  return expected;
}

/// The SVG's polylines with the average's width.
QList<Corners> averagesOf(const QByteArray &svg) {
  QList<Corners> lines;
  QXmlStreamReader xml(svg);
  bool isAverage = false;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement)
      continue;
    if (xml.name() == QLatin1String("g"))
      isAverage = xml.attributes().value("stroke-width").toDouble() == LinePens().averageWidth;
    if (xml.name() != QLatin1String("polyline") || !isAverage)
      continue;
    Corners corners;
    for (const QString &pair : xml.attributes().value("points").toString().split(' ', Qt::SkipEmptyParts))
      corners << QPointF(pair.section(',', 0, 0).toDouble(), pair.section(',', 1, 1).toDouble());
    lines << corners;
  }
  return lines;
}

/// The PDF's lines with the average's width. Its pages are deflated streams of operators.
QList<Corners> averagesOfPdf(const QByteArray &pdf) {
  QList<Corners> lines;
  for (qsizetype at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 1)) {
    const QByteArray packed = pdf.mid(at + 7, pdf.indexOf("endstream", at) - at - 7);
    QByteArray page(8 << 20, '\0');
    uLongf size = uLongf(page.size());
    if (::uncompress(reinterpret_cast<Bytef *>(page.data()), &size,
                     reinterpret_cast<const Bytef *>(packed.constData()), uLong(packed.size())) != Z_OK)
      continue;
    page.truncate(qsizetype(size));
    double width = 0;
    QList<Corners> path;
    for (const QByteArray &row : page.split('\n')) {
      const QList<QByteArray> words = row.simplified().split(' ');
      if (words.size() > 1 && words[1] == "w")
        width = words[0].toDouble();
      else if (words.last() == "m")
        path << Corners{QPointF(words[0].toDouble(), words[1].toDouble())};
      else if (words.last() == "l" && !path.isEmpty())
        path.last() << QPointF(words[0].toDouble(), words[1].toDouble());
      else if (words.last() == "S" && std::abs(width - LinePens().averageWidth) < 0.001)
        lines << std::exchange(path, {});
      else if (words.last().startsWith('S') || words.last().startsWith('f') || words.last() == "n")
        path.clear();
    }
  }
  return lines;
}

/// Corners as parts of the way from the first to the last one.
double share(const Corners &line, qsizetype i) {
  return (line[i].x() - line.first().x()) / (line.last().x() - line.first().x());
}

bool near(QPointF a, QPointF b) { return std::abs(a.x() - b.x()) < kNear && std::abs(a.y() - b.y()) < kNear; }

} // namespace

class tst_ExportedPoints : public QObject {
  Q_OBJECT
  static void seeds(quint32 count = 60) {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= count; ++seed)
      QTest::addRow("%u", seed) << seed;
  }
private Q_SLOTS:
  void theTableHoldsThePlottedPoints_data() { seeds(); }
  void theTableHoldsThePlottedPoints() {
    QFETCH(quint32, seed);
    const ChartScene scene = randomScene(seed);
    const std::vector<ShownPoint> shown = shownPoints(scene);
    const SeriesCsv csv = seriesCsv(scene);
    QList<QByteArray> rows = csv.text.split('\n');
    QVERIFY(rows.takeLast().isEmpty());
    rows.removeFirst();
    QCOMPARE(std::size_t(rows.size()), shown.size());
    QCOMPARE(csv.rows, rows.size());
    QCOMPARE(countPoints(scene), csv.rows);
    for (qsizetype i = 0; i < rows.size(); ++i) {
      const QList<QByteArray> cells = rows[i].split(',');
      const ShownPoint &one = shown[std::size_t(i)];
      QCOMPARE(parseIsoTime(cells[0].toStdString())->time_us, one.point.first_us);
      QCOMPARE(QString::fromUtf8(cells[2]), one.device);
      QCOMPARE(cells[3].toStdString(), one.quantity);
      QCOMPARE(cells[5].toLongLong(), one.point.count);
      const double values[] = {one.point.first, one.point.min,  one.point.max,
                               one.point.last,  one.point.mean, one.point.average};
      for (int value = 0; value < 6; ++value)
        QVERIFY(cells[6 + value].toDouble() == values[value]); // bit for bit
    }
  }

  void theDrawingHasEveryPlottedPoint_data() { seeds(); }
  void theDrawingHasEveryPlottedPoint() {
    QFETCH(quint32, seed);
    const ChartScene scene = randomScene(seed);
    PictureOrder order;
    order.format = ExportPlan::Format::Svg;
    order.size = kSize;
    const QList<Corners> expected = expectedAverages(scene);
    QList<Corners> drawn = averagesOf(pictureBytes(scene, order).value());
    // The legend draws samples of one width too, but with two corners and as lines, not as polylines.
    // Lines end at the plot's edges, where no reading lies: one corner at either end may be a cut.
    qsizetype at = 0;
    for (const Corners &run : expected) {
      while (at < drawn.size() && std::none_of(drawn[at].begin(), drawn[at].end(),
                                               [&](QPointF corner) { return near(corner, run.first()); }))
        ++at;
      QVERIFY2(at < drawn.size(), "a line is missing");
      Corners corners = drawn[at++];
      if (!near(corners.first(), run.first()))
        corners.removeFirst();
      if (!near(corners.last(), run.last()))
        corners.removeLast();
      QCOMPARE(corners.size(), run.size());
      for (qsizetype i = 0; i < run.size(); ++i)
        QVERIFY(near(corners[i], run[i]));
    }
  }

  void thePageHasEveryPlottedPoint_data() { seeds(15); }
  void thePageHasEveryPlottedPoint() {
    QFETCH(quint32, seed);
    ChartScene scene = randomScene(seed);
    scene.averageLabel.clear(); // no samples of the line in the legend
    PictureOrder order;
    order.size = kSize;
    order.format = ExportPlan::Format::Svg;
    const QList<Corners> drawn = averagesOf(pictureBytes(scene, order).value());
    order.format = ExportPlan::Format::Pdf;
    const QList<Corners> printed = averagesOfPdf(pictureBytes(scene, order).value());
    QCOMPARE(printed.size(), drawn.size());
    for (qsizetype line = 0; line < drawn.size(); ++line) {
      QCOMPARE(printed[line].size(), drawn[line].size());
      for (qsizetype i = 0; i < drawn[line].size(); ++i)
        QVERIFY(std::abs(share(printed[line], i) - share(drawn[line], i)) < 0.01);
    }
  }

  void statisticsAreThoseOfTheRows_data() { seeds(); }
  void statisticsAreThoseOfTheRows() {
    QFETCH(quint32, seed);
    const ChartScene scene = randomScene(seed);
    for (const SeriesLine &line : scene.series.lines) {
      const LineStatistics found = statisticsOf(line, scene);
      std::int64_t count = 0;
      double least = std::numeric_limits<double>::infinity();
      double most = -least;
      double sum = 0;
      for (const SeriesPoint &point : line.points)
        if (point.last_us >= scene.from_us && point.first_us < scene.to_us) {
          count += point.count;
          least = std::min(least, point.min);
          most = std::max(most, point.max);
          sum += point.mean * static_cast<double>(point.count);
        }
      QCOMPARE(found.count, count);
      if (count == 0)
        continue;
      QVERIFY(found.min == least && found.max == most);
      QVERIFY(std::abs(found.mean - sum / static_cast<double>(count)) < 1e-9);
    }
  }
};

METEOROGRAPH_TEST(tst_ExportedPoints)
#include "tst_ExportedPoints.moc"
