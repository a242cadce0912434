// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// A prepared statement. Belongs to its Database and its thread. Views given to bind() must live
/// until the statement is reset.
class Statement {
public:
  Statement() = default;
  Statement(sqlite3 *database, std::string_view sql, unsigned flags = SQLITE_PREPARE_PERSISTENT);
  explicit operator bool() const { return m_statement != nullptr; }

  Statement &bind(int index, std::int64_t value);
  Statement &bind(int index, double value);
  Statement &bind(int index, std::string_view text);
  Statement &bindNull(int index);
  /// An absent time is stored as NULL.
  Statement &bindTime(int index, std::int64_t time_us);

  /// Runs a statement that gives no rows; false on an error.
  bool run();
  /// Goes to the next row; false at the end and on an error. After the end the statement is reset.
  bool next();
  /// SQLite's code of the last step: SQLITE_DONE or SQLITE_ROW where all is well.
  int code() const { return m_code; }
  bool failed() const { return m_code != SQLITE_DONE && m_code != SQLITE_ROW; }
  void reset();

  std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
  double real(int column) const { return sqlite3_column_double(m_statement.get(), column); }
  bool isNull(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }
  std::string_view text(int column) const;
  std::int64_t time(int column) const; ///< kNoTime for NULL

private:
  struct Finalize {
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
  int m_code = SQLITE_DONE;
};

/// A connection to a SQLite file; belongs to one thread at a time.
class Database {
public:
  enum class Mode { ReadWrite, ReadOnly };
  static Result<Database> open(const std::string &path, Mode mode);

  bool execute(const std::string &sql); ///< false on an error
  Statement prepare(std::string_view sql) { return Statement(m_handle.get(), sql); }
  Statement prepareOnce(std::string_view sql) { return Statement(m_handle.get(), sql, 0); }
  /// Brings the write-ahead log into the file, as far as no reader needs it.
  void checkpoint();
  /// First column of the first row, or nothing.
  std::optional<std::int64_t> integer(std::string_view sql);
  sqlite3 *handle() const { return m_handle.get(); }
  std::string message() const { return sqlite3_errmsg(m_handle.get()); }
  /// What the last failure means for the caller, with `context` in front of SQLite's own words.
  Error error(std::string_view context) const;

private:
  static void recover(const std::string &path);
  struct Close {
    void operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> m_handle;
  std::string m_path;
};

/// Reads in one snapshot for as long as it lives.
class ReadTransaction {
public:
  explicit ReadTransaction(Database &database) : m_database(database) { m_database.execute("BEGIN"); }
  ~ReadTransaction() { m_database.execute("COMMIT"); }
  ReadTransaction(const ReadTransaction &) = delete;
  ReadTransaction &operator=(const ReadTransaction &) = delete;

private:
  Database &m_database;
};

/// Doubles the quotes of an SQL identifier and puts it in quotes.
std::string quotedName(std::string_view identifier);

} // namespace meteorograph
