// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartHover.h"

#include "ui/charts/TimeTicks.h"
#include "ui/charts/ValueTicks.h"
#include "ui/export/SeriesCsv.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace meteorograph::ui {
namespace {

constexpr double kGapFactor = 2.5; // × the usual distance of points: further than this is a gap

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

/// How far `time` is from the column's first to last bucket.
TimeUs distance(const SeriesPoint &point, TimeUs time) {
  return std::max({TimeUs{0}, point.first_us - time, time - point.last_us});
}

/// The first point that starts after `time`.
std::size_t indexAfter(const SeriesLine &line, TimeUs time) {
  const auto found =
      std::upper_bound(line.points.begin(), line.points.end(), time,
                       [](TimeUs at, const SeriesPoint &point) { return at < point.first_us; });
  return static_cast<std::size_t>(found - line.points.begin());
}

const SeriesPoint *nearest(const SeriesLine &line, TimeUs time) {
  const std::size_t after = indexAfter(line, time);
  const SeriesPoint *right = after < line.points.size() ? &line.points[after] : nullptr;
  const SeriesPoint *left = after > 0 ? &line.points[after - 1] : nullptr;
  if (left == nullptr || right == nullptr)
    return left != nullptr ? left : right;
  return distance(*right, time) < distance(*left, time) ? right : left;
}

/// Length of the gap around `time`, 0 when the line goes through. After the last point the gap is
/// as long as the time since then.
TimeUs gapAround(const SeriesLine &line, TimeUs time, TimeUs spacing) {
  const std::size_t after = indexAfter(line, time);
  if (after == 0 || time <= line.points[after - 1].last_us)
    return 0;
  const TimeUs last = line.points[after - 1].last_us;
  if (after < line.points.size()) {
    const bool broken =
        std::binary_search(line.breaks.begin(), line.breaks.end(), static_cast<std::uint32_t>(after));
    return broken ? line.points[after].first_us - last : 0;
  }
  return static_cast<double>(time - last) > kGapFactor * static_cast<double>(spacing) ? time - last : 0;
}

/// Whether the line is drawn at the time, between two points that are joined.
bool goesThrough(const SeriesLine &line, TimeUs time) {
  const std::size_t after = indexAfter(line, time);
  return after > 0 && after < line.points.size() && gapAround(line, time, 0) == 0;
}

/// The value that a device which records only changes holds at the time, if it has said one by then.
const SeriesPoint *heldPoint(const SeriesLine &line, TimeUs time) {
  const std::size_t after = indexAfter(line, time);
  if (line.held_until_us == kNoTime || after == 0)
    return nullptr;
  return after < line.points.size() || time <= line.held_until_us ? &line.points[after - 1] : nullptr;
}

HoverCell cellOf(const SeriesPoint &point, double value, TimeUs time) {
  return {value, point.average, time, point.first_us, point.last_us, point.faults, point.late};
}

HoverRow hoverRow(const ChartScene &scene, const DeviceStyle &device, TimeUs time, TimeUs column_us) {
  HoverRow row{device.id, device.name, 0, {}};
  bool found = false;
  for (const PaneSpec &pane : scene.panes) {
    HoverCell cell;
    const SeriesLine *line = findLine(scene, pane.quantity, device.id);
    if (line != nullptr && !line->points.empty()) {
      const TimeUs spacing = std::max({line->cadence_us, scene.series.step_us, column_us});
      const SeriesPoint *point = nearest(*line, time);
      const SeriesPoint *held = heldPoint(*line, time);
      const bool through = held == nullptr && goesThrough(*line, time);
      if (distance(*point, time) <= spacing / 2 || through)
        cell = cellOf(*point, point->mean, point->first_us);
      else if (held != nullptr)
        cell = cellOf(*held, held->last, time);
      else
        row.gap_us = std::max(row.gap_us, gapAround(*line, time, spacing));
    }
    found = found || cell.value.has_value();
    row.cells.push_back(cell);
  }
  if (found)
    row.gap_us = 0;
  return row;
}

} // namespace

QString tabbedCell(const QString &text) {
  bool isNumber = false;
  text.toDouble(&isNumber); // of which a minus is no formula
  QString line = isNumber ? text : spreadsheetText(text);
  for (const char end : {'\t', '\n', '\r'})
    line.replace(QLatin1Char(end), QLatin1Char(' '));
  return line;
}

QString hoverTime(TimeUs time, const QTimeZone &zone) {
  return dateSpan(time, time + 1, zone) + QLatin1Char(' ') + wallTime(time, kMillisecond, zone) +
         QLatin1Char(' ') + zoneLabel(time, zone);
}

HoverTable hoverTable(const ChartScene &scene, TimeUs time, TimeUs column_us) {
  HoverTable table{time, {}};
  for (const DeviceStyle &device : scene.devices)
    table.rows.push_back(hoverRow(scene, device, time, column_us));
  return table;
}

std::optional<double> shownValue(const ChartScene &scene, const HoverCell &cell) {
  return scene.showRaw || scene.showBand || !scene.showAverage ? cell.value : cell.average;
}

QString hoverText(const ChartScene &scene, const HoverTable &table) {
  QString text = tr("Time") + QLatin1Char('\t') + tr("Device");
  for (const PaneSpec &pane : scene.panes)
    text +=
        QLatin1Char('\t') + (pane.unit.isEmpty() ? pane.title : pane.title + QLatin1Char(' ') + pane.unit);
  const QString time = hoverTime(table.time_us, scene.zone);
  for (const HoverRow &row : table.rows) {
    text += QLatin1Char('\n') + time + QLatin1Char('\t') + tabbedCell(row.name);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::optional<double> value = shownValue(scene, row.cells[i]);
      text += QLatin1Char('\t') + (value ? valueText(scene.panes[i].name, *value) : QStringLiteral("—"));
    }
  }
  return text;
}

std::optional<TimeUs> neighbourTime(const ChartScene &scene, TimeUs time, int direction) {
  std::optional<TimeUs> best;
  for (const PaneSpec &pane : scene.panes)
    for (const DeviceStyle &device : scene.devices) {
      const SeriesLine *line = findLine(scene, pane.quantity, device.id);
      if (line == nullptr)
        continue;
      std::size_t index = indexAfter(*line, direction > 0 ? time : time - 1);
      if (direction < 0 && index-- == 0)
        continue;
      if (index >= line->points.size())
        continue;
      const TimeUs at = line->points[index].first_us;
      if (!best || (direction > 0 ? at < *best : at > *best))
        best = at;
    }
  return best;
}

QString durationText(TimeUs duration) {
  struct Unit {
    TimeUs us;
    const char *sign;
  };
  static constexpr std::array<Unit, 6> units{
      {{kDay, QT_TRANSLATE_NOOP("meteorograph::ui::Chart", "d")},
       {kHour, QT_TRANSLATE_NOOP("meteorograph::ui::Chart", "h")},
       {kMinute, QT_TRANSLATE_NOOP("meteorograph::ui::Chart", "min")},
       {kSecond, QT_TRANSLATE_NOOP("meteorograph::ui::Chart", "s")},
       {kMillisecond, QT_TRANSLATE_NOOP("meteorograph::ui::Chart", "ms")},
       {1, QT_TRANSLATE_NOOP("meteorograph::ui::Chart", "µs")}}};
  duration = std::max<TimeUs>(duration, 0);
  std::size_t index = 0;
  while (index + 1 < units.size() && duration < units[index].us)
    ++index;
  const Unit &unit = units[index];
  if (unit.us <= kSecond) {
    const double value = static_cast<double>(duration) / static_cast<double>(unit.us);
    return QLocale().toString(value, 'g', value < 10 ? 2 : 3) + QLatin1Char(' ') + tr(unit.sign);
  }
  const Unit &smaller = units[index + 1];
  const TimeUs whole = duration / unit.us;
  const TimeUs rest = duration % unit.us / smaller.us;
  QString text = QString::number(whole) + QLatin1Char(' ') + tr(unit.sign);
  if (rest > 0 && whole < 10) // "13 min", but "2 min 30 s"
    text += QLatin1Char(' ') + QString::number(rest) + QLatin1Char(' ') + tr(smaller.sign);
  return text;
}

} // namespace meteorograph::ui
