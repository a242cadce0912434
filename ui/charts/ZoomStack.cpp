// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ZoomStack.h"

namespace meteorograph::ui {

void ZoomStack::push(TimeRange left) {
  if (!m_ranges.empty() && m_ranges.back() == left)
    return;
  if (m_ranges.size() == kMaxDepth)
    m_ranges.erase(m_ranges.begin());
  m_ranges.push_back(left);
}

std::optional<TimeRange> ZoomStack::pop() {
  if (m_ranges.empty())
    return std::nullopt;
  const TimeRange top = m_ranges.back();
  m_ranges.pop_back();
  return top;
}

} // namespace meteorograph::ui
