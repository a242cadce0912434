// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/BelievedClock.h"

#include <ctime>

namespace meteorograph {

namespace {
/// Clocks are set by less without anything being wrong.
constexpr TimeUs kLeap = kHour;
constexpr TimeUs kBelievedAfter = kDay;
} // namespace

TimeUs BelievedClock::now(TimeUs wall_us, TimeUs running_us) {
  const TimeUs offset = wall_us - running_us;
  const bool leaps = m_offset != kNoTime && offset - m_offset > kLeap;
  if (leaps && m_leapt == kNoTime)
    m_leapt = running_us;
  if (leaps && running_us - m_leapt < kBelievedAfter) {
    m_leap = offset - m_offset;
    return running_us + m_offset;
  }
  m_offset = offset;
  m_leapt = kNoTime;
  m_leap = 0;
  return wall_us;
}

TimeUs runningTimeNow() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec * kSecond + time.tv_nsec / 1000;
}

} // namespace meteorograph
