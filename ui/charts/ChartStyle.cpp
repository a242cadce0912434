// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartStyle.h"

#include <algorithm>

namespace meteorograph::ui {

bool drawsBand(const ChartScene &scene, const SeriesLine &line) {
  return scene.showBand && scene.series.step_us > 0 &&
         std::any_of(line.points.begin(), line.points.end(),
                     [](const SeriesPoint &point) { return point.count > 1 && point.min < point.max; });
}

bool drawsRaw(const ChartScene &scene, const ChartLayout &layout, const SeriesLine &line) {
  if (!scene.showRaw || line.points.empty())
    return false;
  if (!scene.showAverage || line.points.size() < 2 || !drawsBand(scene, line))
    return true;
  const double width = layout.xOf(line.points.back().first_us) - layout.xOf(line.points.front().first_us);
  return width > kDensePixels * static_cast<double>(line.points.size() - 1);
}

QColor lineColour(const ChartSpec &chart, const ChartTheme &theme, const PaneSpec &pane, DeviceId device) {
  return chart.devices.size() == 1 ? quantityColour(theme, pane.name) : deviceColour(theme, device);
}

} // namespace meteorograph::ui
