// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/FrameData.h"

#include "ui/charts/ChartStyle.h"
#include "ui/charts/OutsideMarks.h"
#include "ui/charts/ValueFit.h"

#include <QFontMetricsF>

#include <algorithm>

namespace meteorograph::ui {
namespace {

/// The values that are drawn where the row's name is.
ValueExtent behindName(const SeriesLine &line, const ChartScene &scene, const ChartLayout &layout,
                       double nameEnd) {
  ValueExtent behind;
  for (const SeriesPoint &point : line.points) {
    if (layout.xOf(point.first_us) > nameEnd)
      break;
    if (point.last_us >= layout.from_us)
      behind.add(shownValues(point, scene));
  }
  return behind;
}

/// One place for all rows of a pane: at the top, but at the foot where lines strike fewer names through.
bool namesAtFoot(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                 std::size_t index) {
  const PaneLayout &pane = layout.panes[index];
  int struckAbove = 0;
  int struckBelow = 0;
  for (const DeviceStyle &device : scene.devices) {
    const SeriesLine *line = findLine(scene, scene.panes[index].quantity, device.id);
    if (line == nullptr || std::find(pane.rows.begin(), pane.rows.end(), device.id) == pane.rows.end())
      continue;
    const PaneLayout row = pane.row(device.id);
    const double nameEnd =
        row.plot.left() + kRowNameLeft + QFontMetricsF(theme.font).horizontalAdvance(device.name);
    const ValueExtent behind = behindName(*line, scene, layout, nameEnd);
    if (behind.empty())
      continue;
    struckAbove += row.yOf(behind.high) - row.plot.top() < kRowName ? 1 : 0;
    struckBelow += row.plot.bottom() - row.yOf(behind.low) < kRowName ? 1 : 0;
  }
  return struckBelow < struckAbove;
}

/// Whether two points in the range are joined; elsewhere there are dots alone.
bool isJoined(const SeriesLine &line, const ChartLayout &layout) {
  auto gap = line.breaks.begin();
  for (std::size_t i = 1; i < line.points.size(); ++i) {
    while (gap != line.breaks.end() && *gap < i)
      ++gap;
    const bool isBroken = gap != line.breaks.end() && *gap == i;
    if (!isBroken && line.points[i].last_us >= layout.from_us && line.points[i - 1].first_us < layout.to_us)
      return true;
  }
  return false;
}

/// Whether the line's band can be seen somewhere in the range.
bool showsBand(const ChartScene &scene, const ChartLayout &layout, const PaneLayout &pane,
               const SeriesLine &line) {
  constexpr double kSeenBand = 1.5; // one that is nowhere higher cannot be told from a line
  if (!drawsBand(scene, line))
    return false;
  const PaneLayout row = pane.row(line.device);
  const double seen = kSeenBand * (row.high - row.low) / std::max(1.0, row.plot.height());
  return std::any_of(line.points.begin(), line.points.end(), [&](const SeriesPoint &point) {
    return point.last_us >= layout.from_us && point.first_us < layout.to_us && point.max - point.min > seen;
  });
}

void addMarks(PaneData &data, const SeriesLine &line, const ChartLayout &layout) {
  for (const SeriesPoint &point : line.points)
    if (point.last_us >= layout.from_us && point.first_us < layout.to_us) {
      data.hasLate = data.hasLate || point.late;
      data.faults = static_cast<std::uint8_t>(data.faults | point.faults);
    }
}

void addLines(PaneData &data, const ChartScene &scene, const ChartLayout &layout, std::size_t index) {
  for (const DeviceStyle &device : scene.devices) {
    const SeriesLine *line = findLine(scene, scene.panes[index].quantity, device.id);
    if (line == nullptr)
      continue;
    const bool joined = isJoined(*line, layout);
    data.hasAverage = data.hasAverage || joined;
    data.hasRaw = data.hasRaw || (joined && drawsRaw(scene, layout, *line));
    data.hasBand = data.hasBand || showsBand(scene, layout, layout.panes[index], *line);
    if (line->marked)
      addMarks(data, *line, layout);
  }
}

void addGaps(PaneData &data, const ChartScene &scene, const ChartLayout &layout, std::size_t index) {
  const std::vector<DeviceId> &rows = layout.panes[index].rows;
  const std::vector<DeviceId> plots = rows.empty() ? std::vector<DeviceId>{0} : rows;
  for (const DeviceId device : plots)
    data.gaps.push_back(hatchedGaps(scene, scene.panes[index], layout, device));
}

PaneData paneData(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                  std::size_t index) {
  PaneData data;
  addLines(data, scene, layout, index);
  data.hasLate = data.hasLate && scene.marks.late;
  data.faults = scene.marks.faults ? data.faults : 0;
  if (scene.panes[index].fit != AxisFit::Automatic)
    data.outside = pointsOutside(scene, layout, index);
  if (scene.marks.gaps)
    addGaps(data, scene, layout, index);
  data.namesAtFoot = namesAtFoot(scene, theme, layout, index);
  return data;
}

} // namespace

bool PaneData::hasGap() const {
  return std::any_of(gaps.begin(), gaps.end(), [](const auto &ofPlot) { return !ofPlot.empty(); });
}

FrameData frameData(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout) {
  FrameData data;
  data.provisional_us = provisionalFrom(scene);
  for (std::size_t i = 0; i < layout.panes.size(); ++i)
    data.panes.push_back(paneData(scene, theme, layout, i));
  return data;
}

TimeUs provisionalFrom(const ChartScene &scene) {
  TimeUs newest = kNoTime;
  for (const SeriesLine &line : scene.series.lines)
    newest = std::max(newest, line.watermark_us);
  TimeUs from = kNoTime;
  for (const SeriesLine &line : scene.series.lines) {
    if (line.watermark_us == kNoTime || line.watermark_us <= newest - kHour || // fell silent long ago
        line.points.empty() || line.watermark_us >= scene.to_us)
      continue;
    const SeriesPoint &last = line.points.back();
    if (last.last_us + scene.series.step_us <= line.watermark_us || last.last_us < scene.from_us)
      continue;
    from = from == kNoTime ? line.watermark_us : std::min(from, line.watermark_us);
  }
  return from;
}

} // namespace meteorograph::ui
