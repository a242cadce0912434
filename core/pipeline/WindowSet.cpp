// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/WindowSet.h"

#include "core/model/Time.h"

#include <algorithm>
#include <numeric>

namespace meteorograph {

std::size_t WindowSet::append(DeviceId device, std::int64_t start_s, std::int64_t late) {
  m_windows.push_back({device, start_s, late});
  m_aggregates.resize(m_windows.size() * m_quantities);
  return m_windows.size() - 1;
}

std::size_t WindowSet::find(DeviceId device, std::int64_t start_s) {
  const auto [entry, fresh] = m_index.try_emplace(Key{device, start_s}, m_windows.size());
  if (fresh)
    append(device, start_s, 0);
  return entry->second;
}

WindowSet WindowSet::sorted() const {
  std::vector<std::size_t> order(m_windows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    const Window &x = m_windows[a];
    const Window &y = m_windows[b];
    return x.device != y.device ? x.device < y.device : x.start_s < y.start_s;
  });
  WindowSet out(m_quantities);
  out.m_windows.reserve(m_windows.size());
  out.m_aggregates.reserve(m_aggregates.size());
  for (const std::size_t index : order) {
    out.m_windows.push_back(m_windows[index]);
    const auto from = m_aggregates.begin() + static_cast<std::ptrdiff_t>(index * m_quantities);
    out.m_aggregates.insert(out.m_aggregates.end(), from, from + static_cast<std::ptrdiff_t>(m_quantities));
  }
  return out;
}

WindowSet WindowSet::coarser(std::int64_t step_s) const {
  WindowSet out(m_quantities);
  for (std::size_t i = 0; i < m_windows.size(); ++i) {
    const Window &window = m_windows[i];
    const std::int64_t start = floorTo(window.start_s, step_s);
    const bool same = out.size() > 0 && out.m_windows.back().device == window.device &&
                      out.m_windows.back().start_s == start;
    const std::size_t into = same ? out.size() - 1 : out.append(window.device, start, 0);
    out.m_windows[into].late += window.late;
    for (std::size_t q = 0; q < m_quantities; ++q)
      out.aggregate(into, q).add(aggregate(i, q));
  }
  return out;
}

} // namespace meteorograph
