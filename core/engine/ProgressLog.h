// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Progress.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace meteorograph {

/// The writer's figures, a second each, of the last seconds in which it committed something. Bounded;
/// costs a commit a few additions. Any thread.
class ProgressLog {
public:
  struct Commit {
    std::int64_t revision = 0;
    std::int64_t readings = 0;
    std::int64_t late = 0;
    double milliseconds = 0;
    std::int64_t queued_rows = 0;
    TimeUs watermark_us = kNoTime;
    std::int64_t wal_bytes = 0;
  };
  void add(const Commit &commit, TimeUs now);
  std::vector<Progress> recent() const; ///< oldest first; the last second may not be full yet
  /// Those that were not handed out yet; `all`: also the second that is not full.
  std::vector<Progress> takeUnsaved(TimeUs now, bool all);

private:
  mutable std::mutex m_mutex; ///< guards what follows
  std::deque<Progress> m_seconds;
  double m_milliseconds = 0; ///< of the commits in the last second
  std::size_t m_unsaved = 0; ///< of the last seconds, not handed out yet
};

} // namespace meteorograph
