// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewState.h"

#include <array>
#include <optional>

namespace meteorograph::ui {

/// A value, whose it is, and when it was: somewhere from time_us to until_us.
struct Extreme {
  double value = 0;
  TimeUs time_us = 0;
  TimeUs until_us = 0; ///< exclusive
  DeviceId device = 0;
};

/// What a tile says of one quantity. A value.
struct TileFacts {
  std::optional<double> value; ///< the latest moving average; absent where every device is stale
  std::optional<TimeUs> age_us;
  std::optional<double> lastValue; ///< where every device is stale: what the last of them said
  std::optional<TimeUs> silent_us; ///< and how long ago
  std::optional<Extreme> maximum;  ///< of the shown range, over the devices that the tile is about
  std::optional<Extreme> minimum;
  std::array<std::optional<double>, 60> hour; ///< the mean in each minute before the reference
  std::optional<double> trend;                ///< change per hour, by all of the hour that there is
  int devices = 0;                            ///< how many the value is the mean of
};

/// The devices that the tiles are about: the chosen one, else the shown ones.
std::vector<const DeviceStatus *> tileDevices(const Overview &overview, const ViewState &view);

/// Of tileDevices() together: the mean of their latest moving averages without those that are stale at
/// `reference`, extremes in the range from `series`, the trend from `hour`, a series of the hour before
/// the reference (of another hour, or none: no trend).
TileFacts tileFacts(const Quantity &quantity, const Overview &overview, const SeriesSet &series,
                    const SeriesSet &hour, const ViewState &view, const ViewRange &range, TimeUs reference);

} // namespace meteorograph::ui
