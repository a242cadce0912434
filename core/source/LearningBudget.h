// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace meteorograph {

/// Learning how to read lines like this one costs as much as reading some the long way, and pays only where
/// such lines come again. Where they do not, it ends after a few.
class LearningBudget {
public:
  explicit LearningBudget(bool learns) : m_lines(learns ? kMost : 0) {}
  /// Whether to learn once more.
  bool spend() {
    if (m_lines < kCost)
      return false;
    m_lines -= kCost;
    return true;
  }
  /// A line was read by what has been learnt.
  void pays() { m_lines = std::min(m_lines + 1, kMost); }

private:
  static constexpr int kCost = 32;
  static constexpr int kMost = 16 * kCost;
  int m_lines;
};

} // namespace meteorograph
