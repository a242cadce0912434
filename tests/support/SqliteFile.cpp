// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SqliteFile.h"

#include <QtGlobal>

#include <sqlite3.h>

void SqliteFile::Close::operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }

SqliteFile::SqliteFile(const std::string &path) {
  sqlite3 *raw = nullptr;
  if (sqlite3_open(path.c_str(), &raw) != SQLITE_OK)
    qFatal("%s", sqlite3_errmsg(raw));
  m_handle.reset(raw);
}

void SqliteFile::execute(const std::string &sql) {
  if (sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    qFatal("%s", sqlite3_errmsg(m_handle.get()));
}

std::string weewxSchema() {
  return "CREATE TABLE archive (dateTime INTEGER NOT NULL UNIQUE PRIMARY KEY, usUnits INTEGER NOT NULL,"
         " interval INTEGER NOT NULL, barometer REAL, outTemp REAL, outHumidity REAL, rain REAL);"
         "CREATE TABLE archive_day_outTemp (dateTime INTEGER NOT NULL UNIQUE PRIMARY KEY, min REAL,"
         " mintime INTEGER, max REAL, maxtime INTEGER, sum REAL, count INTEGER);"
         "CREATE TABLE archive_day__metadata (name CHAR(20) NOT NULL UNIQUE PRIMARY KEY, value TEXT);"
         "INSERT INTO archive_day__metadata VALUES ('Version', '4.0');"
         "INSERT INTO archive_day_outTemp VALUES (1699920000, 50, 1699920300, 60, 1699963200, 1e4, 190);";
}

std::string weewxRows(int from, int to) {
  std::string sql = "BEGIN;";
  for (int i = from; i < to; ++i)
    sql += "INSERT INTO archive VALUES (" + std::to_string(1'700'000'100 + i * 300) + ",1,5,29.92," +
           std::to_string(60 + i % 7) + ".5,71," + (i % 3 == 0 ? "NULL" : "0.0") + ");";
  return sql + "COMMIT;";
}
