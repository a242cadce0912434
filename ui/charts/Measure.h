// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace meteorograph::ui {

/// One device's quantity between two times. Absent where nothing lies between or at an end.
struct MeasureCell {
  std::optional<double> difference; ///< value at the later time less value at the earlier one
  std::optional<double> mean;       ///< of all readings, weighted by their number
  std::optional<double> min;
  std::optional<double> max;
  std::int64_t count = 0; ///< readings between
};

struct MeasureRow {
  QuantityId quantity = 0;
  DeviceId device = 0;
  MeasureCell cell;
};

/// What lies between two pinned times; rows by pane, then device, only those with readings. A value.
struct MeasureTable {
  TimeUs from_us = kNoTime;
  TimeUs to_us = kNoTime;
  std::vector<MeasureRow> rows;
};

/// Measures the scene between the times, in either order. `column_us` as for hoverTable(). As exact
/// as the columns are: one that reaches over an end counts when its first bucket lies between.
MeasureTable measureTable(const ChartScene &scene, TimeUs a, TimeUs b, TimeUs column_us);

/// The table as tab-separated text with a head line, for the clipboard.
QString measureText(const ChartScene &scene, const MeasureTable &table);

} // namespace meteorograph::ui
