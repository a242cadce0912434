// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/BronzeInsert.h"

#include <cmath>

namespace meteorograph {

namespace {

constexpr int kFixedColumns = 10;
/// Statements kept prepared; files of very many shapes only prepare more often.
constexpr std::size_t kMaxStatements = 64;

void resultOf(sqlite3_context *result, double value) {
  if (std::isnan(value))
    sqlite3_result_null(result);
  else
    sqlite3_result_double(result, value);
}

void cell(const void *rows, std::int64_t index, int column, sqlite3_context *result) {
  const auto &commit = *static_cast<const CommitRows *>(rows);
  const auto at = static_cast<std::size_t>(index);
  const CommitRows::Row &row = commit.rows[at];
  switch (column) {
  case 0:
    // The rows behind the first have NULL, for which SQLite takes the next id: it then knows that they
    // go behind the last one, and does not look for their place.
    if (index == 0)
      sqlite3_result_int64(result, commit.first_id);
    break;
  case 1:
    sqlite3_result_int64(result, row.file_id);
    break;
  case 2:
    sqlite3_result_int64(result, row.line);
    break;
  case 3:
    sqlite3_result_int64(result, row.offset);
    break;
  case 4:
    sqlite3_result_int64(result, row.device);
    break;
  case 5:
    if (row.message_id != kNoMessageId)
      sqlite3_result_int64(result, row.message_id);
    break;
  case 6:
    sqlite3_result_int64(result, row.event_time_us);
    break;
  case 7:
    sqlite3_result_int64(result, row.received_time_us);
    break;
  case 8:
    sqlite3_result_int(result, row.flags);
    break;
  case 9:
    if (row.rescued >= 0) {
      const std::string_view text = commit.rescued[static_cast<std::size_t>(row.rescued)];
      sqlite3_result_text(result, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    break;
  default:
    resultOf(result,
             commit.values[at * commit.quantities.size() + static_cast<std::size_t>(column - kFixedColumns)]);
  }
}

} // namespace

bool BronzeInsert::attach(Database &database) {
  m_run = database.prepare("INSERT INTO bronze_run(device_id, hour, first_id, last_id, first_us, last_us)"
                           " VALUES(?, ?, ?, ?, ?, ?)");
  return m_run && m_rows.registerAs(database.handle(), "commit_rows",
                                    kFixedColumns + static_cast<int>(kMaxQuantities));
}

/// What no row of the commit has is stated once, and not asked for row by row.
Statement &BronzeInsert::statement(Database &database, const CommitRows &rows) {
  std::vector<std::string> key{rows.flags == 0 ? "0" : "c8", rows.rescued.empty() ? "NULL" : "c9"};
  for (const Quantity &quantity : rows.quantities)
    key.push_back(quotedName(quantity.column));
  if (m_statements.size() > kMaxStatements)
    m_statements.clear();
  Statement &insert = m_statements[key];
  if (insert)
    return insert;
  std::string into = "INSERT INTO bronze(id, file_id, line, \"offset\", device_id, message_id, event_time_us,"
                     " received_time_us, flags, rescued";
  std::string from = ") SELECT c0, c1, c2, c3, c4, c5, c6, c7, " + key[0] + ", " + key[1];
  for (std::size_t i = 0; i < rows.quantities.size(); ++i) {
    into += ", " + key[i + 2];
    from += ", c" + std::to_string(kFixedColumns + static_cast<int>(i));
  }
  insert = database.prepare(into + from + " FROM commit_rows");
  return insert;
}

bool BronzeInsert::insert(Database &database, const CommitRows &rows) {
  if (rows.rows.empty())
    return true;
  m_rows.show(&rows, static_cast<std::int64_t>(rows.rows.size()), cell);
  if (!statement(database, rows).run())
    return false;
  if (sqlite3_last_insert_rowid(database.handle()) != rows.runs.back().last_id)
    return false; // a run must not name another's rows
  for (const CommitRows::Run &run : rows.runs) {
    m_run.bind(1, run.device).bind(2, run.hour).bind(3, run.first_id).bind(4, run.last_id);
    if (!m_run.bind(5, run.first_us).bind(6, run.last_us).run())
      return false;
  }
  return true;
}

} // namespace meteorograph
