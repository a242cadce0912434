// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cstdint>

namespace meteorograph {

/// What the engine did within one second in which it committed something: the figures that Spark's
/// Structured Streaming reports of a trigger, by its names. A commit is a micro-batch.
struct Progress {
  TimeUs time_us = 0;                   ///< start of the second, wall clock
  std::int64_t revision = 0;            ///< batchId: of the last commit in it
  std::int64_t batches = 0;             ///< commits
  std::int64_t input_rows = 0;          ///< numInputRows: readings
  std::int64_t late_rows = 0;           ///< of those; none is ever dropped
  double input_rows_per_second = 0;     ///< readings by wall clock
  double processed_rows_per_second = 0; ///< readings by the time that their commits took
  double batch_ms = 0;                  ///< batchDuration: mean of the commits
  double longest_batch_ms = 0;
  std::int64_t queued_rows = 0;  ///< waiting behind the last commit
  TimeUs watermark_us = kNoTime; ///< the newest of the devices that it brought something of
  std::int64_t wal_bytes = 0;    ///< of the write-ahead log, not yet in the database
  bool operator==(const Progress &) const = default;
};

} // namespace meteorograph
