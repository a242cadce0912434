// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Salvage.h"

#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// A value of another type than its column's is damage that SQLite does not notice.
bool fits(int type, const std::string &declared) {
  if (type == SQLITE_NULL)
    return true;
  if (declared == "INTEGER")
    return type == SQLITE_INTEGER;
  if (declared == "REAL")
    return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
  return type == SQLITE_TEXT;
}

std::string joined(const std::vector<std::string> &names) {
  std::string out;
  for (const std::string &name : names)
    out += ", " + quotedName(name);
  return out;
}

std::string marks(std::size_t count) {
  std::string out = "?";
  for (std::size_t i = 1; i < count; ++i)
    out += ", ?";
  return out;
}

} // namespace

std::vector<Salvage::Column> Salvage::columnsOf(Database &database, const std::string &table) {
  std::vector<Column> columns;
  Statement rows = database.prepareOnce("SELECT name, type FROM pragma_table_info(?)");
  rows.bind(1, std::string_view(table));
  while (rows.next())
    columns.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
  return columns;
}

std::vector<Salvage::Column> Salvage::commonColumns(const std::string &table, std::string_view key) {
  const std::vector<Column> old = columnsOf(m_damaged, table);
  std::vector<Column> common;
  for (const Column &column : columnsOf(m_sound, table))
    if (column.name != key &&
        std::any_of(old.begin(), old.end(), [&column](const Column &c) { return c.name == column.name; }))
      common.push_back(column);
  return common;
}

void Salvage::note(const std::string &table, const std::vector<DamagedTable::Gap> &gaps, bool replaceable) {
  if (gaps.empty())
    return;
  const std::string text = table + " could not be read in " + std::to_string(gaps.size()) +
                           (gaps.size() == 1 ? " place" : " places");
  m_damage.push_back(text);
  if (!replaceable)
    m_lost.push_back(text + ": what stood there is lost");
}

bool Salvage::copyById(const std::string &table, const std::string &key, bool replaceable,
                       std::vector<DamagedTable::Gap> *gaps) {
  const std::vector<Column> columns = commonColumns(table, key);
  if (columns.empty())
    return true; // a store of an earlier schema
  std::vector<std::string> names;
  for (const Column &column : columns)
    names.push_back(column.name);
  Statement insert = m_sound.prepareOnce(
      std::string("INSERT OR ") + (table == "retention" ? "REPLACE" : "IGNORE") + " INTO " + table + "(" +
      quotedName(key) + joined(names) + ") VALUES(" + marks(names.size() + 1) + ")");
  DamagedTable rows(m_damaged, table, names, key);
  const bool ok = rows.readAll([&](const Statement &row) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (!fits(row.type(static_cast<int>(i) + 1), columns[i].type))
        return true;
    for (int i = 0; i <= static_cast<int>(columns.size()); ++i)
      insert.bindFrom(i + 1, row, i);
    return insert.run() && m_goOn();
  });
  note(table, rows.gaps(), replaceable);
  if (gaps)
    *gaps = rows.gaps();
  return ok;
}

/// Of tables with a text for their key: from either side up to the damage.
bool Salvage::copyByText(const std::string &table) {
  const std::vector<Column> columns = commonColumns(table, {});
  if (columns.empty())
    return true;
  std::vector<std::string> names;
  for (const Column &column : columns)
    names.push_back(column.name);
  const std::string list = joined(names).substr(2);
  Statement insert = m_sound.prepareOnce("INSERT OR IGNORE INTO " + table + "(" + list + ") VALUES(" +
                                         marks(names.size()) + ")");
  for (const char *order : {"", " DESC"}) {
    Statement rows = m_damaged.prepareOnce("SELECT " + list + " FROM " + table + " ORDER BY 1" + order);
    while (rows.next()) {
      for (int i = 0; i < static_cast<int>(names.size()); ++i)
        insert.bindFrom(i + 1, rows, i);
      if (!insert.run())
        return false;
    }
    if (!rows.failed())
      return true;
  }
  note(table, {{}}, false);
  return true;
}

/// Their order is that of bronze's columns; what a lost row said is a column's name at least.
bool Salvage::copyQuantities() {
  const std::size_t own = columnsOf(m_sound, "bronze").size();
  const std::vector<Column> columns = columnsOf(m_damaged, "bronze");
  std::vector<QuantityKey> keys;
  bool whole = true;
  for (std::size_t i = own; i < columns.size(); ++i) {
    Statement row = m_damaged.prepareOnce("SELECT name, unit FROM quantity WHERE id = ? AND column_name = ?");
    const bool found = row.bind(1, static_cast<std::int64_t>(i - own + 1))
                           .bind(2, std::string_view(columns[i].name))
                           .next() &&
                       !row.text(0).empty();
    whole = whole && found;
    keys.push_back(found ? QuantityKey{std::string(row.text(0)), std::string(row.text(1))}
                         : QuantityKey{columns[i].name, {}});
  }
  if (!whole)
    m_lost.emplace_back(
        "quantity could not be read as a whole: units and limits of some quantities are lost");
  std::vector<Quantity> known;
  if (!addQuantities(m_sound, known, keys))
    return false;
  Statement update = m_sound.prepareOnce(
      "UPDATE quantity SET low = ?2, high = ?3, spike = ?4, flat_us = ?5, retired = ?6 WHERE id = ?1");
  DamagedTable rows(m_damaged, "quantity", {"low", "high", "spike", "flat_us", "retired"}, "id");
  return rows.readAll([&update](const Statement &row) {
    for (int i = 0; i < 6; ++i)
      update.bindFrom(i + 1, row, i);
    return update.run();
  });
}

bool Salvage::copyTables() {
  if (!copyQuantities())
    return false;
  // Rows of these three come from elsewhere too: from an index, or from the files.
  if (!copyById("device", "id", true) || !findDevicesByIndex() || !copyById("file", "id", true) ||
      !findFilesByIndex() || !copyById("quarantine", "id", true))
    return false;
  for (const auto &[table, key] : {std::pair{"source", "id"},
                                   {"annotation", "id"},
                                   {"event", "id"},
                                   {"retention", "layer"},
                                   {"file_frozen", "file_id"},
                                   {"size_sample", "time_us"}})
    if (!copyById(table, key))
      return false;
  return copyByText("device_alias") && copyByText("device_holds");
}

bool Salvage::findDevicesByIndex() {
  Statement insert = m_sound.prepareOnce("INSERT OR IGNORE INTO device(id, name) VALUES(?, ?)");
  for (const char *order : {"", " DESC"}) {
    Statement rows = m_damaged.prepareOnce(std::string("SELECT id, name FROM device ORDER BY name") + order);
    while (rows.next())
      if (rows.type(0) == SQLITE_INTEGER && !insert.bindFrom(1, rows, 0).bindFrom(2, rows, 1).run())
        return false;
    if (!rows.failed())
      break;
  }
  return true;
}

/// A lost row leaves its path in an index; nothing else is known of it, so it is to be read again: state
/// failed, and no size, which equals no file's.
bool Salvage::findFilesByIndex() {
  Statement insert = m_sound.prepareOnce(
      "INSERT OR IGNORE INTO file(id, path, generation, active, state, device, inode, size, mtime_ns, "
      "ctime_ns,"
      " head_bytes, head_hash, chain_hash, rest_hash, \"offset\", line, pending_bytes, tail_bytes, tail_hash,"
      " recheck, parser_state, mapping, own_mapping, format, error) VALUES(?1, ?2, ?3, ?4,"
      " CASE ?4 WHEN 1 THEN 3 ELSE 4 END, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, '', '', 0, '',"
      " 'what was known of it was damaged')");
  for (const auto &[from, active] :
       {std::pair{"SELECT id, path, 1 FROM file INDEXED BY file_by_path WHERE active = 1 ORDER BY path", 1},
        {"SELECT id, path, generation FROM file INDEXED BY file_retired WHERE active = 0 ORDER BY path", 0}})
    for (const char *order : {"", " DESC"}) {
      Statement rows = m_damaged.prepareOnce(std::string(from) + order);
      while (rows.next()) {
        insert.bindFrom(1, rows, 0).bindFrom(2, rows, 1).bindFrom(3, rows, 2).bind(4, std::int64_t{active});
        if (!insert.run())
          return false;
      }
      if (!rows.failed())
        break;
    }
  return true;
}

bool Salvage::copyBronze() { return copyById("bronze", "id", true, &m_bronzeGaps); }

std::vector<std::string> Salvage::windowColumns(const std::string &table) {
  std::vector<std::string> names;
  for (const Column &column : commonColumns(table, "start_s"))
    if (column.name != "device_id")
      names.push_back(column.name);
  return names;
}

/// The device's times bound the search, by a day more on either side.
bool Salvage::eachDevice(
    const std::function<bool(std::int64_t device, std::int64_t first_s, std::int64_t last_s)> &function) {
  constexpr std::int64_t kDaySeconds = 86'400;
  Statement rows =
      m_sound.prepareOnce("SELECT id, min(coalesce(first_us, 0), coalesce(newest_us, 0)) / 1000000,"
                          " coalesce(newest_us, 0) / 1000000 FROM device");
  while (rows.next())
    if (!function(rows.integer(0), rows.second(1) - kDaySeconds, rows.second(2) + kDaySeconds))
      return false;
  return !rows.failed();
}

bool Salvage::copyWindowsBefore(std::int64_t horizon_s) {
  for (const Level &level : kLevels) {
    const std::vector<std::string> names = windowColumns(level.table);
    Statement insert =
        m_sound.prepareOnce(std::string("INSERT OR IGNORE INTO ") + level.table + "(start_s, device_id" +
                            joined(names) + ") VALUES(" + marks(names.size() + 2) + ")");
    std::size_t gaps = 0;
    const bool ok = eachDevice([&](std::int64_t device, std::int64_t first, std::int64_t last) {
      DamagedTable windows(m_damaged, level.table, names, "start_s", "device_id = " + std::to_string(device));
      const bool read =
          windows.read(floorTo(first, 86'400), std::min(last, horizon_s - 1), [&](const Statement &row) {
            insert.bindFrom(1, row, 0).bind(2, device);
            for (int i = 1; i <= static_cast<int>(names.size()); ++i)
              insert.bindFrom(i + 2, row, i);
            return insert.run() && m_goOn();
          });
      gaps += windows.gaps().size();
      return read;
    });
    if (!ok)
      return false;
    note(level.table, std::vector<DamagedTable::Gap>(gaps), false);
  }
  return true;
}

bool Salvage::eachWindow(std::int64_t from_s, const Window &window) {
  const std::vector<std::string> names = windowColumns("silver");
  return eachDevice([&](std::int64_t device, std::int64_t first, std::int64_t last) {
    DamagedTable windows(m_damaged, "silver", names, "start_s", "device_id = " + std::to_string(device));
    return windows.read(std::max(first, from_s), last, [&](const Statement &row) {
      return window(device, row.integer(0), row) && m_goOn();
    });
  });
}

} // namespace meteorograph
