// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Series.h"

#include <cstddef>
#include <deque>

namespace meteorograph {

/// Unweighted mean of window means, as gold defines it: over the windows whose start lies in
/// (t − duration, t], or over the current window and those before it. Windows are given in time
/// order; those without the quantity are not given at all. A value of one thread.
class MovingAverage {
public:
  static MovingAverage overDuration(TimeUs duration_us) { return MovingAverage(duration_us, 0); }
  static MovingAverage overWindows(std::size_t windows) { return MovingAverage(0, windows); }

  /// Takes the next window and gives the average at it. Summed anew from oldest to newest, so that
  /// no error builds up.
  double take(TimeUs start_us, double mean);

private:
  MovingAverage(TimeUs duration_us, std::size_t windows) : m_duration_us(duration_us), m_windows(windows) {}

  struct Window {
    TimeUs start_us;
    double mean;
  };
  TimeUs m_duration_us;
  std::size_t m_windows;
  std::deque<Window> m_recent;
};

/// The span that "automatic" means for a chart of this range: smooth at a glance, yet following.
TimeUs automaticSpan(TimeUs range_us);

} // namespace meteorograph
