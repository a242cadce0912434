// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/MovingAverage.h"

namespace meteorograph {

double MovingAverage::take(TimeUs start_us, double mean) {
  m_recent.push_back({start_us, mean});
  if (m_windows > 0)
    while (m_recent.size() > m_windows)
      m_recent.pop_front();
  else
    while (m_recent.front().start_us <= start_us - m_duration_us)
      m_recent.pop_front();
  double sum = 0;
  for (const Window &window : m_recent)
    sum += window.mean;
  return sum / static_cast<double>(m_recent.size());
}

TimeUs automaticSpan(TimeUs range_us) {
  // About one part in eighty of what is seen: smooth at a glance, yet close to the raw line.
  constexpr TimeUs kShareOfRange = 80;
  for (const TimeUs span : {15 * kSecond, 60 * kSecond, 5 * kMinute, 15 * kMinute, 30 * kMinute, kHour,
                            3 * kHour, 6 * kHour, 12 * kHour, kDay, 2 * kDay, 7 * kDay, 14 * kDay})
    if (span >= range_us / kShareOfRange)
      return span;
  return 30 * kDay;
}

} // namespace meteorograph
