// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ProgressLog.h"

#include "core/store/ProgressTable.h"

#include <algorithm>

namespace meteorograph {

void ProgressLog::add(const Commit &commit, TimeUs now) {
  const TimeUs second = floorTo(now, kSecond);
  const std::lock_guard lock(m_mutex);
  if (m_seconds.empty() || m_seconds.back().time_us != second) {
    m_seconds.emplace_back().time_us = second;
    m_milliseconds = 0;
    m_unsaved = std::min(m_unsaved + 1, ProgressTable::kKept);
    if (m_seconds.size() > ProgressTable::kKept)
      m_seconds.pop_front();
  }
  Progress &at = m_seconds.back();
  m_milliseconds += commit.milliseconds;
  at.revision = commit.revision;
  ++at.batches;
  at.input_rows += commit.readings;
  at.late_rows += commit.late;
  at.input_rows_per_second = static_cast<double>(at.input_rows);
  at.processed_rows_per_second =
      m_milliseconds > 0 ? static_cast<double>(at.input_rows) * 1000 / m_milliseconds : 0;
  at.batch_ms = m_milliseconds / static_cast<double>(at.batches);
  at.longest_batch_ms = std::max(at.longest_batch_ms, commit.milliseconds);
  at.queued_rows = commit.queued_rows;
  at.watermark_us = std::max(at.watermark_us, commit.watermark_us);
  at.wal_bytes = commit.wal_bytes;
}

std::vector<Progress> ProgressLog::recent() const {
  const std::lock_guard lock(m_mutex);
  return {m_seconds.begin(), m_seconds.end()};
}

std::vector<Progress> ProgressLog::takeUnsaved(TimeUs now, bool all) {
  const TimeUs second = floorTo(now, kSecond);
  const std::lock_guard lock(m_mutex);
  // Not by their times: the clock may have been set back.
  std::vector<Progress> unsaved(m_seconds.end() - static_cast<std::ptrdiff_t>(m_unsaved), m_seconds.end());
  if (!all && !unsaved.empty() && unsaved.back().time_us == second)
    unsaved.pop_back();
  m_unsaved -= unsaved.size();
  return unsaved;
}

} // namespace meteorograph
