// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/WindowFold.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// Which quantity comes first, start and late; then four columns a quantity.
constexpr int kFixedValues = 3;
/// SQLite hands 127 values to a function.
constexpr std::size_t kQuantitiesOfACall = 31;
/// Rows between two looks at the cancel flag.
constexpr int kCancelEvery = 1024;
/// A window with more of them is none.
constexpr std::int64_t kMostReadings = std::int64_t{1} << 40;

} // namespace

bool WindowFold::attach(Database &database) {
  const auto finish = [](sqlite3_context *context) { sqlite3_result_null(context); };
  return sqlite3_create_function_v2(database.handle(), "fold_windows", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                    this, nullptr, step, finish, nullptr) == SQLITE_OK;
}

std::string WindowFold::terms(const std::vector<std::optional<Quantity>> &quantities) {
  std::string sql;
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    if (q % kQuantitiesOfACall == 0)
      sql += (q == 0 ? "fold_windows(" : "), fold_windows(") + std::to_string(q) + ", start_s, late";
    for (const char *suffix : {"_count", "_sum", "_min", "_max"})
      sql += quantities[q] ? ", " + quotedName(quantities[q]->column + suffix) : std::string(", NULL");
  }
  return sql.empty() ? "NULL" : sql + ")";
}

bool WindowFold::run(Statement &select, std::vector<Line> &lines, const std::atomic<bool> *cancelled) {
  m_lines = &lines;
  m_cancelled = cancelled;
  m_seen = 0;
  const bool ok = select.next();
  select.reset();
  return ok;
}

/// Called for each row. A hot loop: what it can do without, it does without.
void WindowFold::step(sqlite3_context *context, int count, sqlite3_value **values) {
  auto &self = *static_cast<WindowFold *>(sqlite3_user_data(context));
  if (++self.m_seen % kCancelEvery == 0 && self.m_cancelled &&
      self.m_cancelled->load(std::memory_order_relaxed))
    return sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  Line *line = self.m_lines->data() + sqlite3_value_int64(values[0]);
  Bucket bucket;
  const std::int64_t start_s = sqlite3_value_int64(values[1]);
  bucket.start_us = std::clamp(start_s, kEarliestTime / kSecond, kLatestTime / kSecond) * kSecond;
  bucket.late = sqlite3_value_int64(values[2]) > 0;
  for (int at = kFixedValues; at < count; at += 4, ++line) {
    bucket.count = sqlite3_value_int64(values[at]);
    if (bucket.count <= 0 || bucket.count > kMostReadings)
      continue;
    bucket.sum = sqlite3_value_double(values[at + 1]);
    bucket.min = sqlite3_value_double(values[at + 2]);
    bucket.max = sqlite3_value_double(values[at + 3]);
    bucket.average = line->average.take(bucket.start_us, bucket.sum / static_cast<double>(bucket.count));
    line->fold.take(bucket);
    line->faults.take(bucket, line->fold);
  }
}

} // namespace meteorograph
