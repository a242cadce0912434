// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/WindowUpsert.h"

namespace meteorograph {

namespace {

constexpr int kFixedColumns = 3;
/// Sets of statements kept prepared; files of very many shapes only prepare more often.
constexpr std::size_t kMaxStatements = 32;

void cell(const void *rows, std::int64_t index, int column, sqlite3_context *result) {
  const auto &windows = *static_cast<const WindowSet *>(rows);
  const auto at = static_cast<std::size_t>(index);
  const WindowSet::Window &window = windows.window(at);
  if (column == 0)
    return sqlite3_result_int64(result, window.device);
  if (column == 1)
    return sqlite3_result_int64(result, window.start_s);
  if (column == 2)
    return sqlite3_result_int64(result, window.late);
  const Aggregate &aggregate = windows.aggregate(at, static_cast<std::size_t>(column - kFixedColumns) / 4);
  if (aggregate.count == 0)
    return sqlite3_result_null(result);
  switch ((column - kFixedColumns) % 4) {
  case 0:
    return sqlite3_result_int64(result, aggregate.count);
  case 1:
    return sqlite3_result_double(result, aggregate.sum);
  case 2:
    return sqlite3_result_double(result, aggregate.min);
  default:
    return sqlite3_result_double(result, aggregate.max);
  }
}

/// Runs once for each window that was there already, which is how they are counted.
void countMerged(sqlite3_context *context, int, sqlite3_value **) {
  ++*static_cast<std::int64_t *>(sqlite3_user_data(context));
  sqlite3_result_int(context, 0);
}

/// A quantity that is absent on one side leaves the other side's value alone.
std::string mergeTerm(const std::string &column) {
  const std::string count = quotedName(column + "_count");
  const std::string sum = quotedName(column + "_sum");
  const std::string min = quotedName(column + "_min");
  const std::string max = quotedName(column + "_max");
  const auto add = [](const std::string &name) {
    return name + " = coalesce(" + name + " + excluded." + name + ", " + name + ", excluded." + name + ")";
  };
  const auto pick = [](const char *function, const std::string &name) {
    return name + " = coalesce(" + function + "(" + name + ", excluded." + name + "), " + name +
           ", excluded." + name + ")";
  };
  return ", " + add(count) + ", " + add(sum) + ", " + pick("min", min) + ", " + pick("max", max);
}

std::string upsertInto(const char *table, const std::vector<std::string> &columns) {
  std::string into = "INSERT INTO " + std::string(table) + "(device_id, start_s, late";
  std::string from = ") SELECT c0, c1, c2";
  std::string merge = " ON CONFLICT(device_id, start_s) DO UPDATE SET late = late + excluded.late + merged()";
  int at = kFixedColumns;
  for (const std::string &column : columns) {
    for (const char *suffix : {"_count", "_sum", "_min", "_max"}) {
      into += ", " + quotedName(column + suffix);
      from += ", c" + std::to_string(at++);
    }
    merge += mergeTerm(column);
  }
  return into + from + " FROM commit_windows WHERE true" + merge;
}

} // namespace

bool WindowUpsert::attach(Database &database) {
  const int function = sqlite3_create_function_v2(database.handle(), "merged", 0, SQLITE_UTF8, &m_merged,
                                                  countMerged, nullptr, nullptr, nullptr);
  return function == SQLITE_OK && m_rows.registerAs(database.handle(), "commit_windows",
                                                    kFixedColumns + 4 * static_cast<int>(kMaxQuantities));
}

WindowUpsert::Statements &WindowUpsert::statements(Database &database,
                                                   const std::vector<Quantity> &quantities) {
  std::vector<std::string> columns;
  for (const Quantity &quantity : quantities)
    columns.push_back(quantity.column);
  if (m_statements.size() > kMaxStatements)
    m_statements.clear();
  Statements &inserts = m_statements[columns];
  for (std::size_t level = 0; level < kLevels.size(); ++level)
    if (!inserts[level])
      inserts[level] = database.prepare(upsertInto(kLevels[level].table, columns));
  return inserts;
}

bool WindowUpsert::upsert(Database &database, const WindowSet &windows,
                          const std::vector<Quantity> &quantities, std::int64_t &added) {
  Statements &inserts = statements(database, quantities);
  WindowSet coarser(0);
  const WindowSet *current = &windows;
  for (std::size_t level = 0; level < kLevels.size(); ++level) {
    if (level > 0) {
      coarser = current->coarser(kLevels[level].step_s);
      current = &coarser;
    }
    m_rows.show(current, static_cast<std::int64_t>(current->size()), cell);
    m_merged = 0;
    if (!inserts[level].run())
      return false;
    if (level == 0)
      added += static_cast<std::int64_t>(windows.size()) - m_merged;
  }
  return true;
}

} // namespace meteorograph
