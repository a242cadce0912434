// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/SceneStatistics.h"

#include <algorithm>

namespace meteorograph::ui {

LineStatistics statisticsOf(const SeriesLine &line, const ChartScene &scene) {
  LineStatistics statistics;
  double sum = 0;
  for (const SeriesPoint &point : line.points) {
    if (!isInRange(point, scene))
      continue;
    const bool isFirst = statistics.count == 0;
    statistics.min = isFirst ? point.min : std::min(statistics.min, point.min);
    statistics.max = isFirst ? point.max : std::max(statistics.max, point.max);
    statistics.count += point.count;
    sum += point.mean * static_cast<double>(point.count);
  }
  if (statistics.count > 0)
    statistics.mean = sum / static_cast<double>(statistics.count);
  return statistics;
}

std::int64_t countPoints(const ChartScene &scene) {
  std::int64_t count = 0;
  for (const PaneSpec &pane : scene.panes)
    for (const DeviceStyle &device : scene.devices)
      if (const SeriesLine *line = findLine(scene, pane.quantity, device.id))
        count += std::count_if(line->points.begin(), line->points.end(),
                               [&scene](const SeriesPoint &point) { return isInRange(point, scene); });
  return count;
}

} // namespace meteorograph::ui
