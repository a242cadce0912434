// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Series.h"

#include <QString>

namespace meteorograph::ui {

/// Where a column's likely fault is marked: at the extreme that is farther from the average.
inline double faultyValue(const SeriesPoint &point) {
  return point.max - point.average >= point.average - point.min ? point.max : point.min;
}

/// "beyond the limits", "a spike", "unchanged for long"; several joined. Empty for none.
QString faultText(std::uint8_t faults);

} // namespace meteorograph::ui
