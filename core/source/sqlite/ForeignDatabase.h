// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace meteorograph {

/// A query on a foreign database, which must outlive it. Holds a lock on the file only from next()
/// until its end or reset().
class ForeignQuery {
public:
  ForeignQuery() = default;
  explicit operator bool() const { return m_statement != nullptr; }
  /// True on a row; false at the end and on an error, which the database then tells.
  bool next();
  /// Begins anew with this value of the query's one parameter.
  void restart(std::int64_t parameter);
  void reset();

  int columns() const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  bool isInteger(int column) const;
  bool isReal(int column) const;
  bool isText(int column) const;
  bool isNull(int column) const;

private:
  friend class ForeignDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt *statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
  std::optional<Error> *m_failure = nullptr; ///< the database's
  const std::string *m_path = nullptr;
};

/// A SQLite file that another program wrote and may be writing: a source like any other, so its SQL
/// is here and not in core/store. Opened to be read only, never waits long for a lock, trusts nothing
/// of the file's schema. Belongs to one thread.
class ForeignDatabase {
public:
  static Result<std::unique_ptr<ForeignDatabase>> open(const std::string &path);
  /// An empty query when the SQL does not fit the file.
  ForeignQuery prepare(const std::string &sql);
  /// First column of the first row.
  std::optional<std::int64_t> integer(const std::string &sql);
  /// The first thing that went wrong since the last call.
  std::optional<Error> takeFailure() { return std::exchange(m_failure, std::nullopt); }

private:
  struct Close {
    void operator()(sqlite3 *handle) const;
  };
  std::unique_ptr<sqlite3, Close> m_handle;
  std::string m_path;
  std::optional<Error> m_failure;
};

/// Doubles the quotes of a foreign identifier and puts it in quotes.
std::string quotedIdentifier(std::string_view name);

/// Where the path is one of SQLite's own files beside a database (`X-wal`, `X-shm`, `X-journal` beside
/// a SQLite file X): X.
std::optional<std::string> databaseBeside(const std::string &path);

} // namespace meteorograph
