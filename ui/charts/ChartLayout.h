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
  bool hasData = false; ///< a visible point exists

  double yOf(double value) const;
  double valueAt(double y) const;
};

/// Where everything of a chart lies for a size. Made from a scene, a theme and a size; a value.
struct ChartLayout {
  QRectF header;    ///< title and device names; empty without them
  QRectF timeAxis;  ///< tick labels, date and zone
  double left = 0;  ///< plots' left edge
  double right = 0; ///< plots' right edge
  TimeUs from_us = 0;
  TimeUs to_us = 1;
  std::vector<PaneLayout> panes;

  double xOf(TimeUs time) const;
  TimeUs timeAt(double x) const;
};

ChartLayout layoutChart(const ChartScene &scene, const ChartTheme &theme, QSizeF size);

} // namespace meteorograph::ui
