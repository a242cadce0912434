// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <mutex>

namespace meteorograph {

/// Counts events and tells how many came in the last second. Any thread.
class RateMeter {
public:
  void add(std::int64_t count);
  double perSecond() const;

private:
  static constexpr std::size_t kSlots = 16; ///< of 100 ms; ten full ones make the second
  struct Slot {
    std::int64_t tick = -1;
    std::int64_t count = 0;
  };
  static std::int64_t now();

  mutable std::mutex m_mutex; ///< guards m_slots
  std::array<Slot, kSlots> m_slots{};
};

} // namespace meteorograph
