// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

struct sqlite3;

/// Another program's connection to a SQLite file, for tests; made when absent. Any failure ends the
/// test run.
class SqliteFile {
public:
  explicit SqliteFile(const std::string &path);
  void execute(const std::string &sql);

private:
  struct Close {
    void operator()(sqlite3 *handle) const;
  };
  std::unique_ptr<sqlite3, Close> m_handle;
};

/// SQL that makes an archive as WeeWX does, and that adds records to it.
std::string weewxSchema();
std::string weewxRows(int from, int to);
