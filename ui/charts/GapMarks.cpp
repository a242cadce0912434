// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/GapMarks.h"

#include <QHash>
#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kHatchStep = 8;     // between hatch strokes
constexpr double kHatchWidth = 1.5;  // of a stroke
constexpr double kLeastGapWidth = 6; // narrower gaps show by the break alone

struct TimeSpan {
  TimeUs from = 0;
  TimeUs to = 0;
};

/// Adds the stretches in which a line has data.
void addRuns(const SeriesLine &line, std::vector<TimeSpan> &runs) {
  if (line.points.empty())
    return;
  std::size_t begin = 0;
  for (const std::uint32_t index : line.breaks) {
    if (index <= begin || index >= line.points.size())
      continue;
    runs.push_back({line.points[begin].first_us, line.points[index - 1].last_us});
    begin = index;
  }
  runs.push_back({line.points[begin].first_us, line.points.back().last_us});
}

/// What lies between stretches and is wide enough in the picture, from left to right.
std::vector<HatchedGap> between(std::vector<TimeSpan> &runs, const ChartLayout &layout) {
  std::sort(runs.begin(), runs.end(), [](const TimeSpan &a, const TimeSpan &b) { return a.from < b.from; });
  std::vector<HatchedGap> gaps;
  for (std::size_t i = 1, last = 0; i < runs.size(); ++i) {
    const double left = std::max(layout.xOf(runs[last].to), layout.left);
    const double right = std::min(layout.xOf(runs[i].from), layout.right);
    if (right - left >= kLeastGapWidth)
      gaps.push_back({left, right});
    if (runs[i].to > runs[last].to)
      last = i;
  }
  return gaps;
}

std::vector<HatchedGap> gapsOfAll(const ChartScene &scene, const PaneSpec &spec, const ChartLayout &layout) {
  std::vector<TimeSpan> runs;
  for (const DeviceStyle &device : scene.devices)
    if (const SeriesLine *line = findLine(scene, spec.quantity, device.id))
      addRuns(*line, runs);
  return between(runs, layout);
}

std::vector<HatchedGap> gapsOf(const SeriesLine &line, const ChartLayout &layout) {
  std::vector<TimeSpan> runs;
  addRuns(line, runs);
  return between(runs, layout);
}

QPen hatchPen(const ChartTheme &theme, double scale) {
  return QPen(theme.dark ? theme.line : theme.grid, kHatchWidth * scale, Qt::SolidLine, Qt::FlatCap);
}

/// One period of the hatching, `side` pixels wide and high, painted once.
const QImage &hatchTile(const ChartTheme &theme, int side) {
  static thread_local QHash<std::pair<QRgb, int>, QImage> known;
  const QPen pen = hatchPen(theme, side / kHatchStep);
  QImage &tile = known[{pen.color().rgba(), side}];
  if (!tile.isNull())
    return tile;
  tile = QImage(side, side, QImage::Format_ARGB32_Premultiplied);
  tile.fill(Qt::transparent);
  QPainter painter(&tile);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(pen);
  for (const int sum : {0, side, 2 * side})
    painter.drawLine(QPointF(sum + side, -side), QPointF(sum - 2 * side, 2 * side));
  return tile;
}

/// Cut by arithmetic, because SVG knows no clip.
void drawStrokes(QPainter &painter, const ChartTheme &theme, const QRectF &area) {
  QList<QLineF> strokes;
  const double first = std::floor((area.left() + area.top()) / kHatchStep) * kHatchStep;
  for (double sum = first; sum < area.right() + area.bottom(); sum += kHatchStep) {
    const double left = std::max(area.left(), sum - area.bottom());
    const double right = std::min(area.right(), sum - area.top());
    if (left < right)
      strokes << QLineF(left, sum - left, right, sum - right);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(hatchPen(theme, 1));
  painter.drawLines(strokes);
  painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

std::vector<HatchedGap> hatchedGaps(const ChartScene &scene, const PaneSpec &spec, const ChartLayout &layout,
                                    DeviceId device) {
  if (!scene.multiples)
    return gapsOfAll(scene, spec, layout);
  const SeriesLine *line = findLine(scene, spec.quantity, device);
  return line != nullptr ? gapsOf(*line, layout) : std::vector<HatchedGap>();
}

void paintGaps(QPainter &painter, const ChartTheme &theme, const std::vector<HatchedGap> &gaps,
               const PaneLayout &plot) {
  for (const HatchedGap &gap : gaps)
    paintHatch(painter, theme,
               QRectF(QPointF(gap.left, plot.plot.top()), QPointF(gap.right, plot.plot.bottom())));
}

/// Strokes lie on a grid of the whole picture, so that they do not swim while the gap changes. On images
/// they are copied from a tile: strokes are dear to paint one by one.
void paintHatch(QPainter &painter, const ChartTheme &theme, const QRectF &area) {
  if (painter.paintEngine()->type() != QPaintEngine::Raster)
    return drawStrokes(painter, theme, area);
  const double scale = painter.deviceTransform().m11();
  const int side = std::max(2, static_cast<int>(std::lround(kHatchStep * scale)));
  QBrush brush(hatchTile(theme, side));
  brush.setTransform(QTransform::fromScale(1 / scale, 1 / scale));
  painter.fillRect(area, brush);
}

} // namespace meteorograph::ui
