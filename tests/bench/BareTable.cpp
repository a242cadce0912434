// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/BareTable.h"

#include "tests/bench/Run.h"

#include <filesystem>

namespace meteorograph::bench {

namespace {
/// As the engine has it.
constexpr std::uintmax_t kLongLog = 4 << 20;
} // namespace

bool isLogLong(const std::string &database_path) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(database_path + "-wal", error);
  return !error && bytes > kLongLog;
}

BareTable::BareTable(const std::string &path)
    : m_path(path), m_database(require(Database::open(path, Database::Mode::ReadWrite))) {
  for (const char *sql :
       {"PRAGMA page_size = 8192", "PRAGMA synchronous = FULL", "PRAGMA journal_mode = WAL",
        "PRAGMA wal_autocheckpoint = 0", "PRAGMA journal_size_limit = 67108864", "PRAGMA cache_size = -16384",
        "CREATE TABLE reading(id INTEGER PRIMARY KEY, file_id INTEGER, line INTEGER, \"offset\" INTEGER,"
        " device_id INTEGER, message_id INTEGER, event_time_us INTEGER, received_time_us INTEGER,"
        " late INTEGER, rescued TEXT, temperature REAL, humidity REAL, pressure REAL)"})
    require(m_database.execute(sql), "the bare table cannot be made: " + m_database.message());
  m_insert = m_database.prepare("INSERT INTO reading(file_id, line, \"offset\", device_id, message_id,"
                                " event_time_us, received_time_us, late, temperature, humidity, pressure)"
                                " VALUES(?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)");
}

void BareTable::insert(std::span<const FileBatch> files) {
  require(m_database.execute("BEGIN IMMEDIATE"), "the bare table cannot be written");
  for (const FileBatch &file : files)
    for (std::size_t row = 0; row < file.batch.rows.size(); ++row)
      insertRow(file, row);
  require(m_database.execute("COMMIT"), "the bare table cannot be written");
}

void BareTable::insertRow(const FileBatch &file, std::size_t row) {
  const ReadingRow &reading = file.batch.rows[row];
  const double *values = file.batch.valuesOf(row);
  m_insert.bind(1, file.checkpoint.id).bind(2, reading.line).bind(3, reading.offset);
  m_insert.bind(4, std::int64_t{reading.device}).bind(5, reading.message_id);
  m_insert.bind(6, reading.event_time_us).bind(7, reading.received_time_us);
  m_insert.bind(8, values[0]).bind(9, values[1]).bind(10, values[2]);
  require(m_insert.run(), "the bare table takes no row");
}

void BareTable::tidy() {
  if (isLogLong(m_path))
    sqlite3_wal_checkpoint_v2(m_database.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace meteorograph::bench
