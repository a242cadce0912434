// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"

#include <cstddef>
#include <cstdint>
#include <limits>
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

/// Windows [start, start + step) of one width, aligned to the epoch, of several devices: what a
/// commit adds to silver or to a rollup, by device and time. Belongs to the writer's thread.
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

  /// Adds an empty window behind the others; its index.
  std::size_t append(DeviceId device, std::int64_t start_s);
  void addLate(std::size_t index, std::int64_t count) { m_windows[index].late += count; }
  Aggregate &aggregate(std::size_t index, std::size_t quantity) {
    return m_aggregates[index * m_quantities + quantity];
  }
  /// Brings the windows from `first` on into the order of device and time, in which a table takes
  /// them fastest, and folds those that are the same into one.
  void sortFrom(std::size_t first);

  /// Folds a sorted set into windows of `step_s`; the result is sorted.
  WindowSet coarser(std::int64_t step_s) const;

private:
  void foldIn(const WindowSet &other, std::size_t index, std::int64_t start_s);

  std::size_t m_quantities;
  std::vector<Window> m_windows;
  std::vector<Aggregate> m_aggregates; ///< windows × quantities
};

} // namespace meteorograph
