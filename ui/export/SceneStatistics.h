// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

namespace meteorograph::ui {

/// Whether a point is among what is exported: it touches the scene's range. At most one point on
/// each side of it is drawn too, so that lines reach the edges.
inline bool isInRange(const SeriesPoint &point, const ChartScene &scene) {
  return point.last_us >= scene.from_us && point.first_us < scene.to_us;
}

/// A line's readings in the range. Without any, count is 0 and the rest says nothing.
struct LineStatistics {
  std::int64_t count = 0; ///< readings
  double min = 0;
  double mean = 0; ///< of all readings
  double max = 0;
};
LineStatistics statisticsOf(const SeriesLine &line, const ChartScene &scene);

/// How many points of the shown panes and devices are in the range: the rows of the scene's CSV.
std::int64_t countPoints(const ChartScene &scene);

} // namespace meteorograph::ui
