// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"
#include "ui/charts/ChartTheme.h"

#include <QRectF>

#include <vector>

namespace meteorograph::ui {

/// Where one pane lies and which values it spans, in logical pixels.
struct PaneLayout {
  QRectF pane; ///< with title and value labels
  QRectF plot; ///< full width of the time axis, below the title
  double low = 0;
  double high = 1;
  bool hasData = false;       ///< a visible point exists
  std::vector<DeviceId> rows; ///< of small multiples, from top to bottom; empty: all share the plot

  /// The same with the device's row as plot; as it is where devices share the plot.
  PaneLayout row(DeviceId device) const;
  double yOf(double value) const;
  double valueAt(double y) const;
  bool operator==(const PaneLayout &) const = default;
};

/// Where everything of a chart lies for a size. Made from a scene, a theme and a size; a value.
struct ChartLayout {
  QRectF header;    ///< title, device names, annotations; empty without them
  int nameRows = 0; ///< so many rows of device names, at most
  QRectF timeAxis;  ///< tick labels, date and zone
  double left = 0;  ///< plots' left edge
  double right = 0; ///< plots' right edge
  TimeUs from_us = 0;
  TimeUs to_us = 1;
  std::vector<PaneLayout> panes;

  double xOf(TimeUs time) const;
  TimeUs timeAt(double x) const;
  bool operator==(const ChartLayout &) const = default;
};

/// Panes share the height as their specs say, but none becomes lower than it needs while there is room.
ChartLayout layoutChart(const ChartScene &scene, const ChartTheme &theme, QSizeF size);

/// The least height in which a pane of the scene can be read.
double leastPaneHeight(const ChartScene &scene, const PaneSpec &pane);

/// How many panes from the `first` on can be read in a picture of this height; at least one.
std::size_t panesThatFit(const ChartScene &scene, const std::vector<PaneSpec> &panes, std::size_t first,
                         double height);

/// The size, made so high that every pane of the scene can be read.
QSize readableSize(const ChartScene &scene, QSize size);

/// Device pixels of the plots' width in a chart of that size: what SeriesRequest::columns must be.
int plotColumns(QSizeF size, double devicePixelRatio);

} // namespace meteorograph::ui
