// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartLayout.h"

#include "ui/charts/AnnotationMarks.h"
#include "ui/charts/DeviceNames.h"
#include "ui/charts/ValueFit.h"
#include "ui/charts/ValueTicks.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <numeric>

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
constexpr double kMostNames = 0.25;  // of a picture's height, for the names
constexpr double kLeastPlotRoom = 8; // a plot never gets smaller, however small the window
constexpr double kLeastPlot = 58;    // height in which a plot can be read
constexpr double kLeastRow = 28;     // the same of a row of small multiples
constexpr double kRowGap = 4;        // between rows

/// The shown devices that have the quantity, in their order.
std::vector<DeviceId> devicesWith(const ChartScene &scene, QuantityId quantity) {
  std::vector<DeviceId> devices;
  for (const DeviceStyle &device : scene.devices)
    for (const SeriesLine &line : scene.series.lines)
      if (line.device == device.id && line.quantity == quantity && !line.points.empty())
        devices.push_back(device.id);
  return devices;
}

double rowCount(const ChartScene &scene, const PaneSpec &pane) {
  return scene.multiples ? std::max(1.0, static_cast<double>(devicesWith(scene, pane.quantity).size())) : 1;
}

/// Shares the room by the panes' wishes; who would get less than he needs gets that, at the others'
/// cost. Where there is not room enough for all, everybody gives.
std::vector<double> paneHeights(const ChartScene &scene, double room) {
  const std::size_t count = scene.panes.size();
  std::vector<double> least(count);
  std::vector<double> share(count);
  for (std::size_t i = 0; i < count; ++i) {
    least[i] = leastPaneHeight(scene, scene.panes[i]);
    share[i] = scene.panes[i].height * rowCount(scene, scene.panes[i]);
  }
  const double needed = std::accumulate(least.begin(), least.end(), 0.0);
  if (needed >= room) {
    for (double &height : least)
      height *= std::max(0.0, room) / needed;
    return least;
  }
  std::vector<double> heights = least;
  std::vector<bool> settled(count, false);
  for (bool again = true; again;) {
    again = false;
    double left = room;
    double shares = 0;
    for (std::size_t i = 0; i < count; ++i)
      settled[i] ? left -= least[i] : shares += share[i];
    for (std::size_t i = 0; i < count; ++i) {
      if (settled[i])
        continue;
      heights[i] = std::max(least[i], left * share[i] / shares);
      again = again || (settled[i] = heights[i] == least[i]);
    }
  }
  return heights;
}

std::pair<double, double> fittedRange(const ChartScene &scene, const PaneSpec &spec,
                                      const ValueExtent &extent) {
  if (extent.empty())
    return {0, 1};
  const ValueExtent fit = spec.fit == AxisFit::Robust ? robustExtent(scene, spec.quantity) : extent;
  return fit.empty() ? niceValueRange(extent.low, extent.high) : niceValueRange(fit.low, fit.high);
}

PaneLayout layoutPane(const ChartScene &scene, const PaneSpec &spec, const QRectF &pane, double left,
                      double right) {
  PaneLayout layout;
  layout.pane = pane;
  const double top = pane.top() + std::min(kTitleRoom, pane.height() / 3);
  const double bottom = std::max(top + kLeastPlotRoom, pane.bottom() - kBelowPlot);
  layout.plot = QRectF(QPointF(left, top), QPointF(right, bottom));
  if (scene.multiples)
    layout.rows = devicesWith(scene, spec.quantity);
  const ValueExtent extent = visibleExtent(scene, spec.quantity);
  layout.hasData = !extent.empty();
  const auto fitted = fittedRange(scene, spec, extent);
  const auto range = spec.fixedRange.value_or(fitted);
  const bool usable = range.first < range.second && std::isfinite(range.second - range.first);
  std::tie(layout.low, layout.high) = usable ? range : fitted;
  return layout;
}

/// Of all but the device names.
double headerHeight(const ChartScene &scene) {
  return (scene.title.isEmpty() ? 0 : kTitleHeight) + annotationStripHeight(scene);
}

} // namespace

PaneLayout PaneLayout::row(DeviceId device) const {
  PaneLayout one = *this;
  const auto found = std::find(rows.begin(), rows.end(), device);
  if (found == rows.end())
    return one;
  const double height = plot.height() / static_cast<double>(rows.size());
  const double top = plot.top() + height * static_cast<double>(found - rows.begin());
  one.plot.setTop(std::round(top));
  one.plot.setBottom(std::max(one.plot.top() + 1, std::round(top + height) - kRowGap));
  return one;
}

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
  layout.nameRows = static_cast<int>(std::clamp(size.height() * kMostNames / kNamesHeight, 1.0, 100.0));
  double header = headerHeight(scene);
  if (scene.showDeviceNames)
    header += DeviceNames(scene, theme, layout.left, layout.right, layout.nameRows).height();
  layout.header = QRectF(0, 0, size.width(), header);
  const double bottom = std::max(layout.header.bottom(), size.height() - kAxisHeight);
  layout.timeAxis = QRectF(0, bottom, size.width(), kAxisHeight);
  const std::vector<double> heights = paneHeights(scene, bottom - layout.header.bottom());
  double edge = layout.header.bottom();
  for (std::size_t i = 0; i < scene.panes.size(); ++i) {
    const QRectF pane(QPointF(0, std::round(edge)), QPointF(size.width(), std::round(edge + heights[i])));
    layout.panes.push_back(layoutPane(scene, scene.panes[i], pane, layout.left, layout.right));
    edge += heights[i];
  }
  return layout;
}

double leastPaneHeight(const ChartScene &scene, const PaneSpec &pane) {
  const double rows = rowCount(scene, pane);
  return kTitleRoom + kBelowPlot + (rows > 1 ? rows * kLeastRow : kLeastPlot);
}

std::size_t panesThatFit(const ChartScene &scene, const std::vector<PaneSpec> &panes, std::size_t first,
                         double height) {
  double room = height - headerHeight(scene) - kAxisHeight;
  std::size_t count = 0;
  for (std::size_t i = first; i < panes.size(); ++i, ++count) {
    room -= leastPaneHeight(scene, panes[i]);
    if (room < 0 && count > 0)
      break;
  }
  return count;
}

QSize readableSize(const ChartScene &scene, QSize size) {
  double height = headerHeight(scene) + kAxisHeight;
  for (const PaneSpec &pane : scene.panes)
    height += leastPaneHeight(scene, pane);
  return {size.width(), std::max(size.height(), static_cast<int>(std::ceil(height)))};
}

int plotColumns(QSizeF size, double devicePixelRatio) {
  const ChartLayout layout = layoutChart(ChartScene(), chartTheme(true), size); // alike in both themes
  return static_cast<int>(std::lround((layout.right - layout.left) * devicePixelRatio));
}

} // namespace meteorograph::ui
