// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Measure.h"

#include "ui/charts/ChartHover.h"
#include "ui/charts/ValueTicks.h"

#include <QCoreApplication>

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

QString measureText(const ChartScene &scene, const MeasureTable &table) {
  const auto tr = [](const char *text) {
    return QCoreApplication::translate("meteorograph::ui::Chart", text);
  };
  const QStringList heads{tr("Quantity"), tr("Device"), tr("Δ"), tr("mean"), tr("min"), tr("max")};
  QStringList lines{tr("From %1 to %2, Δt %3")
                        .arg(hoverTime(table.from_us, scene.zone), hoverTime(table.to_us, scene.zone),
                             durationText(table.to_us - table.from_us)),
                    heads.join(QLatin1Char('\t'))};
  for (const PaneSpec &pane : scene.panes)
    for (const DeviceStyle &device : scene.devices)
      for (const MeasureRow &row : table.rows) {
        if (row.quantity != pane.quantity || row.device != device.id)
          continue;
        QStringList cells{pane.unit.isEmpty() ? pane.title : pane.title + QLatin1Char(' ') + pane.unit,
                          tabbedCell(device.name)};
        for (const auto &value : {row.cell.difference, row.cell.mean, row.cell.min, row.cell.max})
          cells << (value ? valueText(pane.name, *value) : QStringLiteral("—"));
        lines << cells.join(QLatin1Char('\t'));
      }
  return lines.join(QLatin1Char('\n'));
}

} // namespace meteorograph::ui
