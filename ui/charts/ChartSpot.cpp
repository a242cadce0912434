// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartSpot.h"

#include "ui/charts/AnnotationMarks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace meteorograph::ui {
namespace {

std::size_t paneAt(const ChartLayout &layout, double y) {
  for (std::size_t i = 0; i < layout.panes.size(); ++i)
    if (y < layout.panes[i].pane.bottom())
      return i;
  return layout.panes.empty() ? 0 : layout.panes.size() - 1;
}

} // namespace

ChartSpot spotAt(const ChartScene &scene, const ChartLayout &layout, const HoverTable &hover,
                 QPointF pointer) {
  ChartSpot spot;
  spot.time_us = hover.time_us;
  spot.annotation = annotationAt(scene, layout, pointer);
  if (layout.panes.empty())
    return spot;
  const std::size_t under = paneAt(layout, pointer.y());
  spot.quantity = scene.panes[under].quantity;
  double nearest = std::numeric_limits<double>::infinity();
  for (const HoverRow &row : hover.rows)
    for (std::size_t pane = 0; pane < row.cells.size(); ++pane) {
      const HoverCell &cell = row.cells[pane];
      const std::optional<double> value = shownValue(scene, cell);
      if (!value)
        continue;
      // A point of another pane stands in only where the one under the pointer has none.
      const double away =
          std::abs(layout.panes[pane].row(row.device).yOf(*value) - pointer.y()) + (pane == under ? 0 : 1e6);
      if (away >= nearest)
        continue;
      nearest = away;
      spot.device = row.device;
      spot.from_us = floorTo(cell.first_us, kSecond);
      // A single reading stands for the second that it lies in.
      spot.to_us = floorTo(cell.last_us, kSecond) + std::max(scene.series.step_us, kSecond);
    }
  return spot;
}

} // namespace meteorograph::ui
