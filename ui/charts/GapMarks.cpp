// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/GapMarks.h"

#include "ui/charts/ChartFrame.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kHatchReach = 26;   // above and below a line's gap while several devices are shown
constexpr double kHatchStep = 8;     // between hatch strokes
constexpr double kLeastGapWidth = 6; // narrower gaps show by the break alone

/// From the last point before a break to the first one behind, as far as the picture shows it.
QRectF gapBefore(const SeriesLine &line, std::size_t index, const ChartLayout &layout) {
  if (index == 0 || index >= line.points.size())
    return {};
  const double left = std::max(layout.xOf(line.points[index - 1].last_us), layout.left);
  const double right = std::min(layout.xOf(line.points[index].first_us), layout.right);
  return right - left < kLeastGapWidth ? QRectF() : QRectF(left, 0, right - left, 1);
}

void paintLineGaps(QPainter &painter, const SeriesLine &line, bool isAlone, const ChartTheme &theme,
                   const ChartLayout &layout, const PaneLayout &pane) {
  for (const std::uint32_t index : line.breaks) {
    QRectF area = gapBefore(line, index, layout);
    if (area.isNull())
      continue;
    area.setTop(pane.plot.top());
    area.setBottom(pane.plot.bottom());
    if (!isAlone) {
      const double from = pane.yOf(line.points[index - 1].average);
      const double to = pane.yOf(line.points[index].average);
      area.setTop(std::max(area.top(), std::min(from, to) - kHatchReach));
      area.setBottom(std::min(area.bottom(), std::max(from, to) + kHatchReach));
    }
    if (area.height() > 0)
      paintHatch(painter, theme, area);
  }
}

} // namespace

void paintGaps(QPainter &painter, const ChartScene &scene, const PaneSpec &spec, const ChartTheme &theme,
               const ChartLayout &layout, const PaneLayout &pane) {
  for (const DeviceStyle &device : scene.devices)
    if (const SeriesLine *line = findLine(scene, spec.quantity, device.id))
      paintLineGaps(painter, *line, scene.devices.size() == 1 || scene.multiples, theme, layout,
                    pane.row(device.id));
}

bool hasHatchedGap(const SeriesLine &line, const ChartLayout &layout) {
  return std::any_of(line.breaks.begin(), line.breaks.end(),
                     [&](std::uint32_t index) { return !gapBefore(line, index, layout).isNull(); });
}

/// Strokes lie on a grid of the whole picture, so that they do not swim while the gap changes. They
/// are cut by arithmetic, because SVG knows no clip.
void paintHatch(QPainter &painter, const ChartTheme &theme, const QRectF &area) {
  QList<QLineF> strokes;
  const double first = std::floor((area.left() + area.top()) / kHatchStep) * kHatchStep;
  for (double sum = first; sum < area.right() + area.bottom(); sum += kHatchStep) {
    const double left = std::max(area.left(), sum - area.bottom());
    const double right = std::min(area.right(), sum - area.top());
    if (left < right)
      strokes << QLineF(left, sum - left, right, sum - right);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.dark ? theme.line : theme.grid, 1.5, Qt::SolidLine, Qt::FlatCap));
  painter.drawLines(strokes);
  painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace meteorograph::ui
