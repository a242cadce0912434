// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <algorithm>
#include <limits>

namespace meteorograph::ui {

/// Lowest and highest of some values; empty before the first.
struct ValueExtent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  bool empty() const { return low > high; }
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void add(const ValueExtent &other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
  }
};

/// What the scene draws of a point: its readings, its average, or both.
inline ValueExtent shownValues(const SeriesPoint &point, const ChartSpec &chart) {
  const bool readings = chart.showRaw || chart.showBand;
  ValueExtent extent;
  if (readings) {
    extent.add(point.min);
    extent.add(point.max);
  }
  if (chart.showAverage || !readings)
    extent.add(point.average);
  return extent;
}

/// Of a quantity's points in range; when none is, of those whose line crosses it.
ValueExtent visibleExtent(const ChartScene &scene, QuantityId quantity);

/// The same without spikes: for each device the readings between their 5 % and 95 % quantiles and half
/// that span more on either side, as far as there are values. A moving average that a spike drags along
/// counts only where it is all that is drawn. Costs microseconds a line, whatever its length.
ValueExtent robustExtent(const ChartScene &scene, QuantityId quantity);

} // namespace meteorograph::ui
