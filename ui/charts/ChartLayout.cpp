// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartLayout.h"

#include "ui/charts/ValueTicks.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace meteorograph::ui {
namespace {

constexpr double kLabelGap = 8;      // between value labels and plot
constexpr double kOuterLeft = 6;     // left of value labels
constexpr double kOuterRight = 14;   // right of the plots
constexpr double kTitleRoom = 28;    // above each plot, for title and legend
constexpr double kBelowPlot = 8;     // below each plot
constexpr double kAxisHeight = 38;   // two rows: ticks; date and zone
constexpr double kTitleHeight = 34;  // headline of an exported picture
constexpr double kNamesHeight = 22;  // one row of device names
constexpr double kLeastPlotRoom = 8; // a plot never gets smaller, however small the window

bool isShown(const ChartScene &scene, DeviceId device) {
  return std::any_of(scene.devices.begin(), scene.devices.end(),
                     [device](const DeviceStyle &style) { return style.id == device; });
}

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  bool empty() const { return low > high; }
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

void addPoint(Extent &extent, const SeriesPoint &point, const ChartScene &scene) {
  if (scene.showRaw || scene.showBand) {
    extent.add(point.min);
    extent.add(point.max);
  }
  if (scene.showAverage || !(scene.showRaw || scene.showBand))
    extent.add(point.average);
}

/// Values of the points in range; when none is, of those whose line crosses it.
Extent visibleExtent(const ChartScene &scene, QuantityId quantity) {
  Extent inside;
  Extent crossing;
  for (const SeriesLine &line : scene.series.lines) {
    if (line.quantity != quantity || !isShown(scene, line.device))
      continue;
    bool before = false;
    for (const SeriesPoint &point : line.points) {
      const bool visible = point.last_us >= scene.from_us && point.first_us <= scene.to_us;
      if (visible)
        addPoint(inside, point, scene);
      const bool after = point.first_us > scene.to_us;
      if (before && after && line.breaks.empty())
        addPoint(crossing, point, scene);
      before = point.last_us < scene.from_us;
      if (after)
        break;
    }
  }
  return inside.empty() ? crossing : inside;
}

PaneLayout layoutPane(const ChartScene &scene, const PaneSpec &spec, const QRectF &pane, double left,
                      double right) {
  PaneLayout layout;
  layout.pane = pane;
  const double top = pane.top() + std::min(kTitleRoom, pane.height() / 3);
  const double bottom = std::max(top + kLeastPlotRoom, pane.bottom() - kBelowPlot);
  layout.plot = QRectF(QPointF(left, top), QPointF(right, bottom));
  const Extent extent = visibleExtent(scene, spec.quantity);
  layout.hasData = !extent.empty();
  const auto fitted = layout.hasData ? niceValueRange(extent.low, extent.high) : std::pair(0.0, 1.0);
  const auto range = spec.fixedRange.value_or(fitted);
  const bool usable = range.first < range.second && std::isfinite(range.second - range.first);
  std::tie(layout.low, layout.high) = usable ? range : fitted;
  return layout;
}

double headerHeight(const ChartScene &scene) {
  return (scene.title.isEmpty() ? 0 : kTitleHeight) + (scene.showDeviceNames ? kNamesHeight : 0);
}

} // namespace

double PaneLayout::yOf(double value) const {
  return plot.bottom() - (value - low) / (high - low) * plot.height();
}

double PaneLayout::valueAt(double y) const {
  return low + (plot.bottom() - y) / plot.height() * (high - low);
}

double ChartLayout::xOf(TimeUs time) const {
  return left + static_cast<double>(time - from_us) / static_cast<double>(to_us - from_us) * (right - left);
}

TimeUs ChartLayout::timeAt(double x) const {
  return from_us + std::llround((x - left) / (right - left) * static_cast<double>(to_us - from_us));
}

ChartLayout layoutChart(const ChartScene &scene, const ChartTheme &theme, QSizeF size) {
  ChartLayout layout;
  layout.from_us = scene.from_us;
  layout.to_us = std::max(scene.to_us, scene.from_us + 1);
  layout.left = kOuterLeft + valueLabelWidth(theme.font) + kLabelGap;
  layout.right = std::max(layout.left + kLeastPlotRoom, size.width() - kOuterRight);
  layout.header = QRectF(0, 0, size.width(), headerHeight(scene));
  const double bottom = std::max(layout.header.bottom(), size.height() - kAxisHeight);
  layout.timeAxis = QRectF(0, bottom, size.width(), kAxisHeight);
  const auto count = static_cast<double>(scene.panes.size());
  for (std::size_t i = 0; i < scene.panes.size(); ++i) {
    const auto edge = [&](double index) {
      return std::round(layout.header.bottom() + (bottom - layout.header.bottom()) * index / count);
    };
    const auto index = static_cast<double>(i);
    const QRectF pane(QPointF(0, edge(index)), QPointF(size.width(), edge(index + 1)));
    layout.panes.push_back(layoutPane(scene, scene.panes[i], pane, layout.left, layout.right));
  }
  return layout;
}

} // namespace meteorograph::ui
