// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/store/Database.h"

#include <span>
#include <string>

namespace meteorograph::bench {

/// What SQLite does with readings by itself: one plain table with bronze's columns, a prepared INSERT
/// a row, the store's own pragmas. No windows, no rollups, no checkpoint, no provenance kept apart.
class BareTable {
public:
  explicit BareTable(const std::string &path);

  /// One transaction, durable when it returns.
  void insert(std::span<const FileBatch> files);
  /// Brings a log of some size into the database file; call outside of what is timed.
  void tidy();

private:
  void insertRow(const FileBatch &file, std::size_t row);

  std::string m_path;
  Database m_database;
  Statement m_insert;
};

/// Whether a database's log has grown so far that the engine's own thread would empty it.
bool isLogLong(const std::string &database_path);

} // namespace meteorograph::bench
