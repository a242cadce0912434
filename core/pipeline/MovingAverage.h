// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Series.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace meteorograph {

/// Unweighted mean of window means, as gold defines it: over the windows whose start lies in
/// (t − duration, t], or over the current window and those before it. Windows are given in time
/// order; those without the quantity are not given at all. Takes the same time whatever the span. A
/// value of one thread.
class MovingAverage {
public:
  static MovingAverage overDuration(TimeUs duration_us) { return MovingAverage(duration_us, 0); }
  static MovingAverage overWindows(std::size_t windows) { return MovingAverage(0, windows); }

  /// Takes the next window and gives the average at it. Nothing is ever subtracted from a sum, so
  /// that no error builds up.
  double take(TimeUs start_us, double mean);

private:
  MovingAverage(TimeUs duration_us, std::size_t windows)
      : m_duration_us(std::max<TimeUs>(duration_us, 1)), m_windows(windows) {}

  struct Window {
    TimeUs start_us;
    double value; ///< in m_recent its mean, in m_leaving the sum from it to the newest of m_leaving
  };
  bool isOver(TimeUs start_us) const; ///< whether the oldest one is
  void turnOver();

  TimeUs m_duration_us;
  std::size_t m_windows;
  std::vector<Window> m_leaving; ///< the older ones, the oldest last: it leaves next
  std::vector<Window> m_recent;  ///< the newer ones, the newest last
  double m_recentSum = 0;
};

/// The span that "automatic" means for a chart of this range: smooth at a glance, yet following.
TimeUs automaticSpan(TimeUs range_us);

} // namespace meteorograph
