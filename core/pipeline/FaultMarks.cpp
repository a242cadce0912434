// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/FaultMarks.h"

#include <algorithm>
#include <cmath>

namespace meteorograph {

namespace {

/// In wider buckets a mean hides a spike, and steps are weather.
constexpr TimeUs kWidestForSpikes = kMinute;

double meanOf(const Bucket &bucket) { return bucket.sum / static_cast<double>(bucket.count); }

} // namespace

FaultMarks::FaultMarks(const QuantityLimits &limits, TimeUs step_us, TimeUs gap_us)
    : m_limits(limits), m_step_us(step_us), m_gap_us(gap_us) {}

void FaultMarks::take(const Bucket &bucket, SeriesFold &fold) {
  if (bucket.min < m_limits.low || bucket.max > m_limits.high) // never where a limit is NaN
    fold.mark(bucket.start_us, kOutOfRange);
  if (m_last && m_gap_us > 0 && bucket.start_us - m_last->start_us > m_gap_us) {
    m_last.reset();
    m_flatFrom.reset();
  }
  if (m_limits.flat_us > 0)
    lookForFlat(bucket, fold);
  if (!std::isnan(m_limits.spike) && m_step_us <= kWidestForSpikes)
    lookForSpike(bucket, fold);
  m_last = bucket;
}

void FaultMarks::lookForFlat(const Bucket &bucket, SeriesFold &fold) {
  const bool constant = bucket.min == bucket.max;
  if (!constant || !m_flatFrom || m_flatFrom->min != bucket.min) {
    m_flat = m_flatWide = false;
    m_flatFrom = constant ? std::optional(bucket) : std::nullopt;
  }
  if (!m_flatFrom)
    return;
  // A bucket with one reading says nothing of its own width.
  m_flatWide = m_flatWide || bucket.count > 1;
  const TimeUs lasts = bucket.start_us - m_flatFrom->start_us + (m_flatWide ? m_step_us : 0);
  if (lasts < m_limits.flat_us)
    return;
  fold.mark(m_flat ? bucket.start_us : m_flatFrom->start_us, kFlat);
  m_flat = true;
}

void FaultMarks::lookForSpike(const Bucket &bucket, SeriesFold &fold) {
  const double rise = m_last ? meanOf(bucket) - meanOf(*m_last) : 0;
  const bool back = std::min(std::abs(rise), std::abs(m_rise)) > m_limits.spike && rise * m_rise < 0;
  if (back)
    fold.mark(m_last->start_us, m_last->start_us, kSpike);
  m_rise = rise;
}

} // namespace meteorograph
