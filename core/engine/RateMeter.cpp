// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/RateMeter.h"

#include <chrono>

namespace meteorograph {

std::int64_t RateMeter::now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count() / 100;
}

void RateMeter::add(std::int64_t count) {
  const std::int64_t tick = now();
  const std::lock_guard lock(m_mutex);
  Slot &slot = m_slots[static_cast<std::size_t>(tick) % kSlots];
  if (slot.tick != tick)
    slot = {tick, 0};
  slot.count += count;
}

double RateMeter::perSecond() const {
  const std::int64_t tick = now();
  const std::lock_guard lock(m_mutex);
  std::int64_t sum = 0;
  for (const Slot &slot : m_slots)
    if (slot.tick < tick && slot.tick >= tick - 10) // the slot in work is not full yet
      sum += slot.count;
  return static_cast<double>(sum);
}

} // namespace meteorograph
