// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewState.h"

#include <optional>

namespace meteorograph::ui {

/// A value and when it was.
struct Extreme {
  double value = 0;
  TimeUs time_us = 0;
};

/// What a tile says of one quantity. A value.
struct TileFacts {
  std::optional<double> value; ///< the latest moving average; absent where every device is stale
  std::optional<TimeUs> age_us;
  std::optional<Extreme> maximum; ///< of the shown range, over the devices that the tile is about
  std::optional<Extreme> minimum;
  std::optional<double> trend; ///< change of the average over the last `trend_us`
  TimeUs trend_us = 0;
  bool several_days = false; ///< the range is longer than a day, so a clock time alone says little
  int devices = 0;           ///< how many the value is the mean of
};

/// Of the chosen device, else of the shown ones together: the mean of their latest moving averages
/// without those that are stale at `reference`.
TileFacts tileFacts(const Quantity &quantity, const Overview &overview, const SeriesSet &series,
                    const ViewState &view, const ViewRange &range, TimeUs reference);

} // namespace meteorograph::ui
