// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/pipeline/SeriesFold.h"

#include <optional>

namespace meteorograph {

/// Finds likely faults of a sensor in the buckets of one line, given in time order as they go into a
/// SeriesFold, and marks the fold's points. Derived whenever a chart is read, never stored:
/// - out of range: some reading of the bucket lies beyond the limits;
/// - flat: the very same value in bucket after bucket, for as long as the limits say;
/// - spike: a step up and back down (or down and up) from one bucket to the next, each larger than the
///   limit; looked for only where a bucket is at most a minute wide.
/// A gap in the line ends what was begun. A value of one thread.
class FaultMarks {
public:
  /// `step_us`: a bucket's width, 0 for single readings; `gap_us` as for the fold.
  FaultMarks(const QuantityLimits &limits, TimeUs step_us, TimeUs gap_us);

  /// Takes a bucket that the fold has just taken.
  void take(const Bucket &bucket, SeriesFold &fold);

private:
  void lookForFlat(const Bucket &bucket, SeriesFold &fold);
  void lookForSpike(const Bucket &bucket, SeriesFold &fold);

  QuantityLimits m_limits;
  TimeUs m_step_us;
  TimeUs m_gap_us;
  std::optional<Bucket> m_last;
  std::optional<Bucket> m_flatFrom; ///< where the value began to stay the same
  bool m_flat = false;              ///< for long enough
  bool m_flatWide = false;          ///< one of its buckets holds several readings
  double m_rise = 0;                ///< from the bucket before the last one to the last one
};

} // namespace meteorograph
