// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/DeviceClock.h"

#include <algorithm>

namespace meteorograph {

bool DeviceClock::take(TimeUs event_us, TimeUs received_us, TimeUs lateness_us) {
  const TimeUs end = floorTo(event_us, kSecond) + kSecond;
  const bool late = watermark_us != kNoTime && end <= watermark_us;
  if (event_us <= received_us + kTrustedAhead)
    watermark_us = std::max(watermark_us, event_us - lateness_us);
  first_us = first_us == kNoTime ? event_us : std::min(first_us, event_us);
  newest_us = std::max(newest_us, event_us);
  if (m_last != kNoTime && event_us > m_last) {
    if (m_intervals.size() < kIntervals)
      m_intervals.push_back(event_us - m_last);
    else
      m_intervals[m_taken % kIntervals] = event_us - m_last;
    ++m_taken;
  }
  m_last = event_us;
  return late;
}

void DeviceClock::join(const DeviceClock &earlier) {
  static_assert(kNoTime < 0); // the least of all times: max() prefers any other
  if (first_us == kNoTime || (earlier.first_us != kNoTime && earlier.first_us < first_us))
    first_us = earlier.first_us;
  newest_us = std::max(newest_us, earlier.newest_us);
  watermark_us = std::max(watermark_us, earlier.watermark_us);
  if (cadence_us == 0)
    cadence_us = earlier.cadence_us;
}

void DeviceClock::settleCadence() {
  // A few intervals say little: until then what was known before holds.
  constexpr std::uint32_t kEnough = 4;
  const std::size_t count = m_intervals.size();
  if (count < kEnough && !(count > 0 && cadence_us == 0))
    return;
  std::vector<TimeUs> sorted = m_intervals;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  cadence_us = *middle;
}

} // namespace meteorograph
