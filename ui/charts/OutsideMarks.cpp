// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/OutsideMarks.h"

#include "ui/charts/Stamps.h"
#include "ui/charts/ValueFit.h"

#include <QPainter>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr double kReach = 3;   // half an arrowhead's width
constexpr double kHeight = 5;  // of an arrowhead
constexpr int kShape = 102;    // among stamps; the next one is upside down
constexpr double kSpacing = 8; // between arrowheads that are still worth drawing

bool isVisible(const SeriesPoint &point, const ChartLayout &layout) {
  return point.last_us >= layout.from_us && point.first_us < layout.to_us;
}

/// `down` is 1 for arrowheads that point down from an edge, -1 for those that point up.
void paintHead(QPainter &painter, double x, double edge, int down, const QColor &colour) {
  paintStamp(painter, QPointF(x, edge), {kShape + (down > 0 ? 0 : 1), 2 * kHeight + 2, colour.rgba(), 0},
             [&](QPainter &onto) {
               const QPointF corners[] = {{-kReach, -down * kHeight}, {kReach, -down * kHeight}, {0, 0}};
               onto.setPen(Qt::NoPen);
               onto.setBrush(colour);
               onto.drawPolygon(corners, 3);
             });
}

} // namespace

std::size_t pointsOutside(const ChartScene &scene, const ChartLayout &layout, std::size_t pane) {
  const PaneLayout &room = layout.panes[pane];
  const auto isOutside = [&](const SeriesPoint &point) {
    const ValueExtent shown = shownValues(point, scene);
    return isVisible(point, layout) && (shown.high > room.high || shown.low < room.low);
  };
  std::ptrdiff_t outside = 0;
  for (const DeviceStyle &device : scene.devices)
    if (const SeriesLine *line = findLine(scene, scene.panes[pane].quantity, device.id))
      outside += std::count_if(line->points.begin(), line->points.end(), isOutside);
  return static_cast<std::size_t>(outside);
}

void paintOutside(QPainter &painter, const SeriesLine &line, const ChartScene &scene,
                  const ChartLayout &layout, const PaneLayout &plot, const QColor &colour) {
  double lastAbove = -1e9;
  double lastBelow = -1e9;
  for (const SeriesPoint &point : line.points) {
    if (!isVisible(point, layout))
      continue;
    const ValueExtent shown = shownValues(point, scene);
    const double x = std::clamp(layout.xOf(point.first_us), layout.left + kReach, layout.right - kReach);
    if (shown.high > plot.high && x - lastAbove >= kSpacing)
      paintHead(painter, lastAbove = x, plot.plot.top(), -1, colour);
    if (shown.low < plot.low && x - lastBelow >= kSpacing)
      paintHead(painter, lastBelow = x, plot.plot.bottom(), 1, colour);
  }
}

} // namespace meteorograph::ui
