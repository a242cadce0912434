// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cstdint>
#include <vector>

namespace meteorograph {

/// A reading may be ahead of its receipt by so much before its time stops moving the watermark.
inline constexpr TimeUs kTrustedAhead = kDay;

/// One device's event times as they come: its watermark, its extremes and its cadence. A value that
/// the writer keeps for each device.
///
/// The watermark is the newest trusted event time minus the allowed lateness and never goes back. A
/// reading is late when the end of its 1 s window lies at or before the watermark just before it
/// (Spark's rule for windows, here per device and per reading; late readings are kept).
class DeviceClock {
public:
  TimeUs first_us = kNoTime;
  TimeUs newest_us = kNoTime;
  TimeUs watermark_us = kNoTime;
  TimeUs cadence_us = 0; ///< median of the recent intervals, 0 while unknown

  /// Takes the next reading in commit order; true when it is late.
  bool take(TimeUs event_us, TimeUs received_us, TimeUs lateness_us);
  /// Adds what was known of other readings of the device, which come before this clock's.
  void join(const DeviceClock &earlier);
  /// Brings cadence_us up to date with the readings taken.
  void settleCadence();

private:
  static constexpr std::size_t kIntervals = 32; ///< enough for a steady median, little to keep
  std::vector<TimeUs> m_intervals; ///< the latest, at most kIntervals; of a device seen once there are none
  std::uint32_t m_taken = 0;
  TimeUs m_last = kNoTime;
};

} // namespace meteorograph
