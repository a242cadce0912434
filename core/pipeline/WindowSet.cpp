// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/WindowSet.h"

#include "core/model/Time.h"

#include <algorithm>
#include <numeric>

namespace meteorograph {

std::size_t WindowSet::append(DeviceId device, std::int64_t start_s) {
  m_windows.push_back({device, start_s, 0});
  m_aggregates.resize(m_windows.size() * m_quantities);
  return m_windows.size() - 1;
}

/// Adds a window of another set to the last one, or behind it where that is another one.
void WindowSet::foldIn(const WindowSet &other, std::size_t index, std::int64_t start_s) {
  const Window &window = other.m_windows[index];
  const bool same =
      size() > 0 && m_windows.back().device == window.device && m_windows.back().start_s == start_s;
  const std::size_t into = same ? size() - 1 : append(window.device, start_s);
  m_windows[into].late += window.late;
  for (std::size_t q = 0; q < m_quantities; ++q)
    aggregate(into, q).add(other.aggregate(index, q));
}

void WindowSet::sortFrom(std::size_t first) {
  std::vector<std::size_t> order(size() - first);
  std::iota(order.begin(), order.end(), first);
  // Stable: sums depend on the order in which they are made.
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    const Window &x = m_windows[a];
    const Window &y = m_windows[b];
    return x.device != y.device ? x.device < y.device : x.start_s < y.start_s;
  });
  WindowSet sorted(m_quantities);
  for (const std::size_t index : order)
    sorted.foldIn(*this, index, m_windows[index].start_s);
  m_windows.resize(first);
  m_windows.insert(m_windows.end(), sorted.m_windows.begin(), sorted.m_windows.end());
  m_aggregates.resize(first * m_quantities);
  m_aggregates.insert(m_aggregates.end(), sorted.m_aggregates.begin(), sorted.m_aggregates.end());
}

WindowSet WindowSet::coarser(std::int64_t step_s) const {
  WindowSet out(m_quantities);
  for (std::size_t i = 0; i < m_windows.size(); ++i)
    out.foldIn(*this, i, floorTo(m_windows[i].start_s, step_s));
  return out;
}

} // namespace meteorograph
