// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/store/FileGuard.h"

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace meteorograph {

/// What went wrong first on a connection since somebody asked last; that nobody has is `noted`.
struct StoreFailure {
  bool noted = false;
  int code = SQLITE_OK;
  std::string message;
  void note(int failed_with, std::string says);
};

/// A prepared statement. Belongs to its Database and its thread. Views given to bind() must live
/// until the statement is reset.
class Statement {
public:
  Statement() = default;
  /// A failure of the statement, also of its preparation, is noted in `failure`.
  Statement(sqlite3 *database, std::string_view sql, unsigned flags, StoreFailure *failure);
  explicit operator bool() const { return m_statement != nullptr; }

  Statement &bind(int index, std::int64_t value);
  Statement &bind(int index, double value);
  Statement &bind(int index, std::string_view text);
  Statement &bindNull(int index);
  /// What a column of another statement's row holds, of whatever type.
  Statement &bindFrom(int index, const Statement &row, int column);
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
  int type(int column) const { return sqlite3_column_type(m_statement.get(), column); }
  bool isNull(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }
  std::string_view text(int column) const;
  /// What a store holds may be anything: these are numbers that can be added and multiplied as they are
  /// meant.
  std::int64_t time(int column) const;   ///< that a sensor's can be; kNoTime for NULL
  std::int64_t second(int column) const; ///< likewise, of a window
  std::int64_t count(int column) const;  ///< never negative; of bytes and microseconds too

private:
  struct Finalize {
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
  void setCode(int code);
  bool isThere();
  int m_code = SQLITE_DONE;
  StoreFailure *m_failure = nullptr; ///< of its Database
};

/// A connection to a SQLite file; belongs to one thread at a time.
class Database {
public:
  /// Immutable: a file that nobody else has open, which has no log; nothing is made beside it.
  enum class Mode { ReadWrite, ReadOnly, Immutable };
  static Result<Database> open(const std::string &path, Mode mode);

  /// Off: the schema can be written as a table is, and the journal switched off. A connection begins with on.
  void setDefensive(bool on);
  bool execute(const std::string &sql); ///< false on an error
  /// Runs the change in one transaction: all of it is kept, or nothing where the change returns false, or
  /// where any statement in it failed, or where the path leads to the connection's file no more.
  Result<void> transact(const std::function<bool()> &change);
  Statement prepare(std::string_view sql) {
    return Statement(m_handle.get(), sql, SQLITE_PREPARE_PERSISTENT, m_failure.get());
  }
  Statement prepareOnce(std::string_view sql) { return Statement(m_handle.get(), sql, 0, m_failure.get()); }
  /// What has become of the store's file under this connection: moved, removed, replaced, emptied, cut
  /// short or written over (see FileGuard). A look at the file system and at the file's first bytes.
  Result<void> checkFile();
  /// checkFile() has found that the file was written by another program, so the log does not belong to it
  /// any more: it is not brought into the file when this connection closes, but put aside (`-wal-old`), so
  /// that nobody else does. For the last connection that writes.
  void putLogAsideIfHarmed();
  /// Statements that wait for another program's lock give up soon once `asked` returns true; it is called on
  /// the connection's thread.
  void giveUpWaitingWhen(std::function<bool()> asked);
  /// Brings the write-ahead log into the file, as far as no reader needs it.
  void checkpoint();
  /// First column of the first row, or nothing.
  std::optional<std::int64_t> integer(std::string_view sql);
  std::int64_t count(std::string_view sql);               ///< as Statement::count(); 0 for nothing
  std::optional<std::int64_t> time(std::string_view sql); ///< as Statement::time()
  /// Whether a statement has failed since the last call. A row that could not be read looks like one that
  /// is not there: what was found out meanwhile may be wrong.
  bool takeFailure() { return std::exchange(m_failure->noted, false); }
  /// The same, but for what the store does not have because an earlier version made it.
  bool takeReadFailure() { return takeFailure() && m_failure->code != SQLITE_ERROR; }
  bool hasFailed() const { return m_failure->noted; } ///< the same, without taking it
  /// Notes that rows contradict each other, as SQLite would say it; false.
  bool isDamaged();
  sqlite3 *handle() const { return m_handle.get(); }
  std::string message() const { return sqlite3_errmsg(m_handle.get()); }
  /// What the failure of the last call, or else the one that was noted, means for the caller, with `context`
  /// in front of SQLite's own words.
  Error error(std::string_view context) const;

private:
  static void recover(const std::string &path);
  struct Close {
    void operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> m_handle;
  std::unique_ptr<StoreFailure> m_failure = std::make_unique<StoreFailure>(); ///< statements write it
  std::unique_ptr<std::function<bool()>> m_giveUp;                            ///< a waiting statement asks it
  std::string m_path;
  FileGuard m_guard;
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
