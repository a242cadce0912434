// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/SeriesFold.h"

#include <algorithm>
#include <utility>

namespace meteorograph {

std::int64_t SeriesFold::columnOf(TimeUs time) const {
  if (time < m_from_us)
    return -1;
  if (time >= m_to_us)
    return m_columns;
  const double share = static_cast<double>(time - m_from_us) / static_cast<double>(m_to_us - m_from_us);
  return std::min<std::int64_t>(static_cast<std::int64_t>(share * m_columns), m_columns - 1);
}

void SeriesFold::take(const Bucket &bucket) {
  const std::int64_t column = columnOf(bucket.start_us);
  const double mean = bucket.sum / static_cast<double>(bucket.count);
  if (column < 0) { // only the nearest one before the range is of use
    m_points.clear();
    m_breaks.clear();
  }
  const bool apart =
      !m_points.empty() && m_gap_us > 0 && bucket.start_us - m_points.back().last_us > m_gap_us;
  if (column != m_column || column < 0 || m_points.empty() || apart) {
    if (apart)
      m_breaks.push_back(static_cast<std::uint32_t>(m_points.size()));
    m_column = column;
    m_sum = 0;
    SeriesPoint point;
    point.first_us = bucket.start_us;
    point.first = mean;
    point.min = bucket.min;
    point.max = bucket.max;
    m_points.push_back(point);
  }
  SeriesPoint &point = m_points.back();
  m_sum += bucket.sum;
  point.last_us = bucket.start_us;
  point.last = mean;
  point.min = std::min(point.min, bucket.min);
  point.max = std::max(point.max, bucket.max);
  point.count += bucket.count;
  point.mean = m_sum / static_cast<double>(point.count);
  point.average = bucket.average;
  point.late = point.late || bucket.late;
}

void SeriesFold::mark(TimeUs from_us, TimeUs to_us, std::uint8_t faults) {
  for (auto point = m_points.rbegin(); point != m_points.rend() && point->last_us >= from_us; ++point)
    if (point->first_us <= to_us)
      point->faults = static_cast<std::uint8_t>(point->faults | faults);
}

void SeriesFold::finish(SeriesLine &line) {
  line.points = std::move(m_points);
  line.marked = std::any_of(line.points.begin(), line.points.end(),
                            [](const SeriesPoint &point) { return point.late || point.faults != 0; });
  line.breaks = std::move(m_breaks);
}

} // namespace meteorograph
