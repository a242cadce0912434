// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Series.h"

#include <optional>

namespace meteorograph::ui {

/// The extreme of a column that lies beyond the sensor's limits, if one does; the upper one first. Such
/// values are marked and never hidden.
inline std::optional<double> valueOutOfRange(const SeriesPoint &point, const QuantityLimits &limits) {
  if (point.max > limits.high)
    return point.max;
  return point.min < limits.low ? std::optional(point.min) : std::nullopt;
}

} // namespace meteorograph::ui
