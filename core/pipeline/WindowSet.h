// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

namespace meteorograph {

/// Count, sum, minimum and maximum of one quantity in one window; folds in any order.
struct Aggregate {
  std::int64_t count = 0;
  double sum = 0;
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();

  void add(double value) {
    ++count;
    sum += value;
    min = value < min ? value : min;
    max = value > max ? value : max;
  }
  void add(const Aggregate &other) {
    count += other.count;
    sum += other.sum;
    min = other.min < min ? other.min : min;
    max = other.max > max ? other.max : max;
  }
};

/// Windows [start, start + step) of one width, aligned to the epoch, of several devices: what one
/// commit adds to silver or to a rollup. Belongs to the writer's thread.
class WindowSet {
public:
  struct Window {
    DeviceId device;
    std::int64_t start_s;
    std::int64_t late;
  };

  explicit WindowSet(std::size_t quantities) : m_quantities(quantities) {}

  std::size_t size() const { return m_windows.size(); }
  const Window &window(std::size_t index) const { return m_windows[index]; }
  const Aggregate &aggregate(std::size_t index, std::size_t quantity) const {
    return m_aggregates[index * m_quantities + quantity];
  }

  /// Index of the window, added if new.
  std::size_t find(DeviceId device, std::int64_t start_s);
  void addLate(std::size_t index, std::int64_t count) { m_windows[index].late += count; }
  Aggregate &aggregate(std::size_t index, std::size_t quantity) {
    return m_aggregates[index * m_quantities + quantity];
  }

  /// The same windows by device and time: the order in which a table takes them fastest.
  WindowSet sorted() const;
  /// Folds a sorted set into windows of `step_s`; the result is sorted.
  WindowSet coarser(std::int64_t step_s) const;

private:
  struct Key {
    DeviceId device;
    std::int64_t start_s;
    bool operator==(const Key &) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key &key) const {
      return static_cast<std::size_t>((static_cast<std::uint64_t>(key.device) * 0x9e3779b97f4a7c15U) ^
                                      (static_cast<std::uint64_t>(key.start_s) * 0xff51afd7ed558ccdU));
    }
  };
  std::size_t append(DeviceId device, std::int64_t start_s, std::int64_t late);

  std::size_t m_quantities;
  std::vector<Window> m_windows;
  std::vector<Aggregate> m_aggregates; ///< windows × quantities
  std::unordered_map<Key, std::size_t, KeyHash> m_index;
};

} // namespace meteorograph
