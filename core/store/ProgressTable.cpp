// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/ProgressTable.h"

#include <algorithm>

namespace meteorograph {

namespace {
constexpr TimeUs kSampleEvery = 10 * kMinute;
constexpr TimeUs kSamplesKept = 14 * kDay; // 2,016 rows
} // namespace

Result<void> ProgressTable::save(std::span<const Progress> seconds, TimeUs now) {
  Statement forget =
      m_database.prepareOnce("DELETE FROM progress WHERE time_us <= (SELECT time_us FROM"
                             " progress ORDER BY time_us DESC LIMIT 1 OFFSET ?1) OR time_us > ?2");
  return m_database.transact([&] {
    return std::all_of(seconds.begin(), seconds.end(),
                       [this](const Progress &each) { return insert(each); }) &&
           forget.bind(1, static_cast<std::int64_t>(kKept)).bind(2, now).run() && sampleSizes(now);
  });
}

bool ProgressTable::insert(const Progress &second) {
  Statement row = m_database.prepareOnce(
      "INSERT OR REPLACE INTO progress(time_us, revision, batches, input_rows, late_rows,"
      " input_rows_per_second, processed_rows_per_second, batch_ms, longest_batch_ms, queued_rows,"
      " watermark_us, wal_bytes) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, second.time_us).bind(2, second.revision).bind(3, second.batches).bind(4, second.input_rows);
  row.bind(5, second.late_rows).bind(6, second.input_rows_per_second);
  row.bind(7, second.processed_rows_per_second).bind(8, second.batch_ms).bind(9, second.longest_batch_ms);
  return row.bind(10, second.queued_rows).bindTime(11, second.watermark_us).bind(12, second.wal_bytes).run();
}

bool ProgressTable::sampleSizes(TimeUs now) {
  const TimeUs last = m_database.time("SELECT max(time_us) FROM size_sample").value_or(0);
  if (last <= now && now - last < kSampleEvery)
    return true;
  Statement forget = m_database.prepareOnce("DELETE FROM size_sample WHERE time_us < ?1 OR time_us > ?2");
  Statement sample = m_database.prepareOnce("INSERT INTO size_sample SELECT ?1, ?2, readings - (SELECT "
                                            "rows_deleted FROM retention WHERE layer = 0),"
                                            " silver_rows FROM totals");
  const std::int64_t pages = m_database.integer("PRAGMA page_count").value_or(0) -
                             m_database.integer("PRAGMA freelist_count").value_or(0);
  const std::int64_t bytes = pages * m_database.integer("PRAGMA page_size").value_or(0);
  return forget.bind(1, now - kSamplesKept).bind(2, now).run() && sample.bind(1, now).bind(2, bytes).run();
}

TimeUs ProgressTable::lastWritten() {
  return m_database
      .integer(
          "SELECT max(time_us) FROM (SELECT time_us FROM progress UNION ALL SELECT time_us FROM size_sample)")
      .value_or(kNoTime);
}

std::vector<Progress> ProgressTable::read() {
  std::vector<Progress> all;
  Statement rows = m_database.prepareOnce(
      "SELECT time_us, revision, batches, input_rows, late_rows, input_rows_per_second,"
      " processed_rows_per_second, batch_ms, longest_batch_ms, queued_rows, watermark_us, wal_bytes"
      " FROM progress ORDER BY time_us DESC LIMIT ?");
  rows.bind(1, static_cast<std::int64_t>(kKept));
  while (rows.next())
    all.push_back({rows.time(0), rows.count(1), rows.count(2), rows.count(3), rows.count(4), rows.real(5),
                   rows.real(6), rows.real(7), rows.real(8), rows.count(9), rows.time(10), rows.count(11)});
  std::reverse(all.begin(), all.end());
  return all;
}

} // namespace meteorograph
