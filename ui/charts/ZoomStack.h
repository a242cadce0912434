// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace meteorograph::ui {

struct TimeRange {
  TimeUs from_us = 0;
  TimeUs to_us = 0;
  bool operator==(const TimeRange &) const = default;
};

/// The ranges one came from, newest on top. Bounded: the oldest are forgotten. GUI thread.
class ZoomStack {
public:
  static constexpr std::size_t kMaxDepth = 100; // more steps back than anyone remembers

  /// Remembers the range that is being left. Pushing what is already on top changes nothing.
  void push(TimeRange left);
  /// Takes the newest one off; nothing when there is none.
  std::optional<TimeRange> pop();
  bool isEmpty() const { return m_ranges.empty(); }
  std::size_t depth() const { return m_ranges.size(); }
  void clear() { m_ranges.clear(); }

private:
  std::vector<TimeRange> m_ranges;
};

} // namespace meteorograph::ui
