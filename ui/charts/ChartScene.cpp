// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartScene.h"

#include <algorithm>

namespace meteorograph::ui {

const SeriesLine *findLine(const ChartScene &scene, QuantityId quantity, DeviceId device) {
  const auto found =
      std::find_if(scene.series.lines.begin(), scene.series.lines.end(), [&](const SeriesLine &line) {
        return line.quantity == quantity && line.device == device;
      });
  return found == scene.series.lines.end() ? nullptr : &*found;
}

} // namespace meteorograph::ui
