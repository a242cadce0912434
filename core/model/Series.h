// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/model/Time.h"

#include <cstdint>
#include <vector>

namespace meteorograph {

/// Which moving average a chart asks for. Unweighted over window means, as gold defines it.
struct AverageSpan {
  enum class Kind { Automatic, Duration, Windows };
  Kind kind = Kind::Automatic;
  TimeUs duration_us = 15 * kSecond; ///< for Duration: windows whose start lies in (t − d, t]
  int windows = 8;                   ///< for Windows: the current one and those before it
  bool operator==(const AverageSpan &) const = default;
};

/// Asks for what a chart of `columns` device pixels over [from, to) can show.
struct SeriesRequest {
  TimeUs from_us = 0;
  TimeUs to_us = 0; ///< exclusive
  int columns = 1000;
  std::vector<DeviceId> devices;
  std::vector<QuantityId> quantities;
  AverageSpan average;
};

/// Likely faults of the sensor, by the limits of the quantity; bits of SeriesPoint::faults.
inline constexpr std::uint8_t kOutOfRange = 1;
inline constexpr std::uint8_t kFlat = 2;  ///< the same value for too long
inline constexpr std::uint8_t kSpike = 4; ///< up and back down at once, or down and up

/// One pixel column that holds data: what a line through all of its readings would touch.
struct SeriesPoint {
  TimeUs first_us = 0; ///< time of the first bucket (or reading) in the column
  TimeUs last_us = 0;  ///< time of the last one; the same when the column holds only one
  double first = 0;
  double min = 0;
  double max = 0;
  double last = 0;
  double mean = 0;    ///< sum of readings ÷ count
  double average = 0; ///< the moving average at the last bucket
  std::int64_t count = 0;
  bool late = false;       ///< holds a window that a late reading repaired
  std::uint8_t faults = 0; ///< of the buckets in the column, or of the stretch they belong to
};

/// One device's quantity. Points are in time order; at most one lies before `from` and one at or
/// after `to`, so that lines reach the edges. Values are never NaN: where the line must not join
/// point i − 1 to point i, i is in `breaks` (ascending).
struct SeriesLine {
  DeviceId device = 0;
  QuantityId quantity = 0;
  std::vector<SeriesPoint> points;
  std::vector<std::uint32_t> breaks;
  TimeUs cadence_us = 0;         ///< the device's median interval, 0 while unknown
  TimeUs watermark_us = kNoTime; ///< windows that end after it are provisional
  /// The device records only changes: a value holds until the next one, and the last one up to here
  /// (the newest reading of the store). kNoTime: it does not.
  TimeUs held_until_us = kNoTime;
  bool marked = true; ///< false: no point is late or has faults, so nobody need look
};

/// The answer to a SeriesRequest: lines ordered as (quantity, device) were asked for; a line
/// without data has no points.
struct SeriesSet {
  TimeUs from_us = 0;
  TimeUs to_us = 0;
  int columns = 0;
  TimeUs step_us = 0;         ///< bucket width of the level read; 0 = single readings (bronze)
  TimeUs average_span_us = 0; ///< span used for `average`; 0 = by windows
  int average_windows = 0;
  std::int64_t revision = 0; ///< the store's revision that was read
  double query_ms = 0;
  std::vector<SeriesLine> lines;
};

} // namespace meteorograph
