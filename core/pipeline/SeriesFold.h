// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Series.h"

#include <limits>

namespace meteorograph {

/// One window (or one reading, with count 1) on its way into pixel columns.
struct Bucket {
  TimeUs start_us = 0;
  std::int64_t count = 0;
  double sum = 0;
  double min = 0;
  double max = 0;
  double average = 0;
  bool late = false;
};

/// Folds buckets, given in time order, into the points of one line. Buckets before and at or after
/// the range become points of their own; of those before it only the last is kept, and the caller
/// gives at most one after it.
class SeriesFold {
public:
  /// `gap_us`: a longer step between buckets breaks the line; 0 = never.
  SeriesFold(TimeUs from_us, TimeUs to_us, int columns, TimeUs gap_us)
      : m_from_us(from_us), m_to_us(to_us), m_columns(columns), m_gap_us(gap_us) {}

  void take(const Bucket &bucket);
  /// Marks the points that hold buckets from `from_us` to `to_us`, or to the last one taken.
  void mark(TimeUs from_us, TimeUs to_us, std::uint8_t faults);
  void mark(TimeUs from_us, std::uint8_t faults) {
    mark(from_us, std::numeric_limits<TimeUs>::max(), faults);
  }
  /// The line's points and breaks so far.
  void finish(SeriesLine &line);

private:
  std::int64_t columnOf(TimeUs time) const;

  TimeUs m_from_us;
  TimeUs m_to_us;
  int m_columns;
  TimeUs m_gap_us;
  std::int64_t m_column = -2;
  double m_sum = 0;
  std::vector<SeriesPoint> m_points;
  std::vector<std::uint32_t> m_breaks;
};

} // namespace meteorograph
