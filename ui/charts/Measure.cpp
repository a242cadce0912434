// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Measure.h"

#include "ui/charts/ChartFrame.h"
#include "ui/charts/ChartHover.h"

#include <algorithm>

namespace meteorograph::ui {
namespace {

MeasureCell between(const SeriesLine &line, TimeUs from, TimeUs to) {
  MeasureCell cell;
  double sum = 0;
  for (const SeriesPoint &point : line.points) {
    if (point.first_us < from || point.first_us > to)
      continue;
    sum += point.mean * static_cast<double>(point.count);
    cell.count += point.count;
    cell.min = std::min(cell.min.value_or(point.min), point.min);
    cell.max = std::max(cell.max.value_or(point.max), point.max);
  }
  if (cell.count > 0)
    cell.mean = sum / static_cast<double>(cell.count);
  return cell;
}

} // namespace

MeasureTable measureTable(const ChartScene &scene, TimeUs a, TimeUs b, TimeUs column_us) {
  MeasureTable table{std::min(a, b), std::max(a, b), {}};
  const HoverTable start = hoverTable(scene, table.from_us, column_us);
  const HoverTable end = hoverTable(scene, table.to_us, column_us);
  for (std::size_t pane = 0; pane < scene.panes.size(); ++pane)
    for (std::size_t device = 0; device < scene.devices.size(); ++device) {
      const SeriesLine *line = findLine(scene, scene.panes[pane].quantity, scene.devices[device].id);
      if (line == nullptr)
        continue;
      MeasureRow row{scene.panes[pane].quantity, scene.devices[device].id,
                     between(*line, table.from_us, table.to_us)};
      const std::optional<double> first = shownValue(scene, start.rows[device].cells[pane]);
      const std::optional<double> last = shownValue(scene, end.rows[device].cells[pane]);
      if (first && last)
        row.cell.difference = *last - *first;
      if (row.cell.count > 0)
        table.rows.push_back(row);
    }
  return table;
}

} // namespace meteorograph::ui
