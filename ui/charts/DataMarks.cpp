// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartStyle.h"
#include "ui/charts/DataPainter.h"
#include "ui/charts/DeviceMarker.h"
#include "ui/charts/Faults.h"
#include "ui/charts/OutsideMarks.h"
#include "ui/charts/Stamps.h"

#include <QPainter>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr double kLateWidth = 6;
constexpr double kLateHeight = 5;
constexpr double kFaultSize = 7;
constexpr int kRingShape = 100; // among stamps, apart from the devices' shapes
constexpr int kLateShape = 101;
constexpr double kFaultSpacing = 9; // logical pixels between rings that are still worth drawing
constexpr double kLateSpacing = 10; // a cell of the time axis, which has at most one late tick

/// The last point in the plot.
const SeriesPoint *lastVisible(const SeriesLine &line, const ChartLayout &layout) {
  const auto found = std::find_if(line.points.rbegin(), line.points.rend(), [&](const SeriesPoint &point) {
    return point.last_us >= layout.from_us && point.last_us < layout.to_us;
  });
  return found == line.points.rend() ? nullptr : &*found;
}

void paintEndMarker(QPainter &painter, const SeriesLine &line, const ChartTheme &theme,
                    const ChartLayout &layout, const PaneLayout &pane, bool showsAverage) {
  const SeriesPoint *last = lastVisible(line, layout);
  if (last == nullptr)
    return;
  const double y = pane.yOf(showsAverage ? last->average : last->last);
  if (y < pane.plot.top() || y > pane.plot.bottom())
    return;
  const double x = std::min(layout.xOf(last->last_us), layout.right - 1);
  paintDeviceMarker(painter, line.device, QPointF(x, y), kEndMarkerSize, deviceColour(theme, line.device),
                    theme.card);
}

/// The earliest late points in cells of the time axis. Cells lie fast in time, so that ticks neither
/// merge into a saw nor jump while the range moves.
class LateTicks {
public:
  explicit LateTicks(const ChartLayout &layout)
      : m_layout(layout),
        m_cell(std::max<TimeUs>(1, layout.timeAt(layout.left + kLateSpacing) - layout.from_us)),
        m_first(layout.from_us / m_cell),
        m_earliest(static_cast<std::size_t>(layout.to_us / m_cell - m_first) + 1, kNoTime) {}

  void add(const SeriesLine &line) {
    for (const SeriesPoint &point : line.points) {
      if (!point.late || point.first_us < m_layout.from_us || point.first_us >= m_layout.to_us)
        continue;
      TimeUs &earliest = m_earliest[static_cast<std::size_t>(point.first_us / m_cell - m_first)];
      earliest = earliest == kNoTime ? point.first_us : std::min(earliest, point.first_us);
    }
  }

  /// Small triangles that point at repaired columns, from the plot's foot.
  void paint(QPainter &painter, const ChartTheme &theme, const PaneLayout &plot) const {
    const double foot = plot.plot.bottom() + kLateHeight + 1;
    double last = -1e9;
    for (const TimeUs time : m_earliest) {
      if (time == kNoTime)
        continue;
      const double x = m_layout.xOf(time);
      if (x - last < kLateWidth + 1)
        continue;
      last = x;
      paintStamp(painter, QPointF(x, foot), {kLateShape, 2 * kLateHeight + 2, theme.warning.rgba(), 0},
                 [&](QPainter &onto) {
                   const QPointF corners[] = {{0, -kLateHeight}, {kLateWidth / 2, 0}, {-kLateWidth / 2, 0}};
                   onto.setPen(Qt::NoPen);
                   onto.setBrush(theme.warning);
                   onto.drawPolygon(corners, 3);
                 });
    }
  }

private:
  const ChartLayout &m_layout;
  TimeUs m_cell;
  TimeUs m_first; ///< number of the first cell
  std::vector<TimeUs> m_earliest;
};

/// One row of ticks for all devices that share a plot.
void paintLate(QPainter &painter, const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
               std::size_t index) {
  const PaneLayout &pane = layout.panes[index];
  LateTicks shared(layout);
  for (const DeviceStyle &device : scene.devices) {
    const SeriesLine *line = findLine(scene, scene.panes[index].quantity, device.id);
    if (line == nullptr || !line->marked)
      continue;
    if (pane.rows.empty()) {
      shared.add(*line);
      continue;
    }
    LateTicks own(layout);
    own.add(*line);
    own.paint(painter, theme, pane.row(device.id));
  }
  shared.paint(painter, theme, pane);
}

/// Rings around values that are likely faults; at the pane's edge where the axis does not reach them. A
/// stretch of a line has one at its begin and one at its end: a chain of rings would hide the line.
void paintFaults(QPainter &painter, const SeriesLine &line, const ChartTheme &theme,
                 const ChartLayout &layout, const PaneLayout &pane) {
  const double reach = kFaultSize / 2;
  double last = -1e9;
  const auto joins = [&line](std::size_t i) { // the point to the one before, both with the same fault
    return i > 0 && i < line.points.size() && line.points[i - 1].faults == line.points[i].faults &&
           !std::binary_search(line.breaks.begin(), line.breaks.end(), static_cast<std::uint32_t>(i));
  };
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    const SeriesPoint &point = line.points[i];
    if (point.faults == 0 || (joins(i) && joins(i + 1)))
      continue;
    const double x = layout.xOf(point.first_us);
    if (x < layout.left || x > layout.right || x - last < kFaultSpacing)
      continue;
    last = x;
    const double top = pane.plot.top() + reach;
    const double y = std::clamp(pane.yOf(faultyValue(point)), top, std::max(top, pane.plot.bottom() - reach));
    paintStamp(painter, QPointF(x, y), {kRingShape, kFaultSize + 2, theme.bad.rgba(), 0},
               [&](QPainter &onto) {
                 onto.setPen(QPen(theme.bad, 1.5));
                 onto.drawEllipse(QPointF(0, 0), reach, reach);
               });
  }
}

} // namespace

void paintDataMarks(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t i = 0; i < layout.panes.size(); ++i) {
    if (scene.marks.late)
      paintLate(painter, scene, theme, layout, i);
    for (auto device = scene.devices.rbegin(); device != scene.devices.rend(); ++device) {
      const SeriesLine *line = findLine(scene, scene.panes[i].quantity, device->id);
      if (line == nullptr)
        continue;
      const PaneLayout plot = layout.panes[i].row(device->id);
      if (line->marked && scene.marks.faults)
        paintFaults(painter, *line, theme, layout, plot);
      if (scene.panes[i].fit != AxisFit::Automatic)
        paintOutside(painter, *line, scene, layout, plot,
                     lineColour(scene, theme, scene.panes[i], line->device));
      if (scene.devices.size() > 1)
        paintEndMarker(painter, *line, theme, layout, plot, scene.showAverage);
    }
  }
  painter.restore();
}

} // namespace meteorograph::ui
