// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/MovingAverage.h"

namespace meteorograph {

bool MovingAverage::isOver(TimeUs start_us) const {
  return m_windows > 0 ? m_leaving.size() + m_recent.size() > m_windows
                       : m_leaving.back().start_us <= start_us - m_duration_us;
}

double MovingAverage::take(TimeUs start_us, double mean) {
  m_recent.push_back({start_us, mean});
  m_recentSum += mean;
  if (m_leaving.empty())
    turnOver();
  while (isOver(start_us)) {
    m_leaving.pop_back();
    if (m_leaving.empty())
      turnOver();
  }
  return (m_leaving.back().value + m_recentSum) / static_cast<double>(m_leaving.size() + m_recent.size());
}

void MovingAverage::turnOver() {
  double sum = 0;
  for (auto window = m_recent.rbegin(); window != m_recent.rend(); ++window)
    m_leaving.push_back({window->start_us, sum += window->value});
  m_recent.clear();
  m_recentSum = 0;
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
