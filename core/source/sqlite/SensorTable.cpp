// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite/SensorTable.h"

#include "core/source/FieldRoles.h"
#include "core/source/Numbers.h"
#include "core/source/TextEncoding.h"
#include "core/source/ValueShape.h"

#include <algorithm>
#include <strings.h>

namespace meteorograph {

namespace {

/// So many rows tell what a table holds, and so many are enough to be the largest.
constexpr const char *kSampleRows = "20";
constexpr const char *kCountedRows = "1000000";
/// A database of more tables is an application's.
constexpr std::size_t kMaxTables = 500;

std::vector<std::string> namesOf(ForeignDatabase &database, const std::string &sql) {
  std::vector<std::string> names;
  ForeignQuery query = database.prepare(sql);
  while (names.size() < kMaxTables && query.next())
    names.emplace_back(query.text(0));
  return names;
}

std::vector<std::string> columnsOf(ForeignDatabase &database, const std::string &table) {
  return namesOf(database, "SELECT name FROM pragma_table_info(" + quotedIdentifier(table) + ")");
}

/// A row has a time and, in another column, a number that measures something.
bool isReading(const ForeignQuery &row, const std::vector<FieldRole> &roles) {
  bool time = false;
  bool value = false;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const int column = static_cast<int>(i);
    const bool number = row.isInteger(column) || row.isReal(column);
    const std::string_view text = row.isText(column) ? row.text(column) : std::string_view();
    if (roles[i].role == Role::Time || (!text.empty() && shapeOfValue(text) == ValueShape::Time))
      time = time || number || !text.empty();
    else if (roles[i].role == Role::Quantity || roles[i].role == Role::Value)
      value = value || number || readPlainNumber(text).has_value();
  }
  return time && value;
}

bool holdsReadings(ForeignDatabase &database, const std::string &table,
                   const std::vector<std::string> &columns) {
  std::vector<FieldRole> roles;
  for (const std::string &name : columns) {
    const std::string utf8 = toUtf8(name);
    const std::string_view path[] = {utf8};
    roles.push_back(roleOfField(path));
  }
  ForeignQuery rows = database.prepare("SELECT * FROM " + quotedIdentifier(table) + " LIMIT " + kSampleRows);
  if (!rows || rows.columns() != static_cast<int>(columns.size()))
    return false;
  while (rows.next())
    if (isReading(rows, roles))
      return true;
  return false;
}

/// The name of the row's id that no column hides; empty where rows have none.
std::string rowIdOf(ForeignDatabase &database, const std::string &table,
                    const std::vector<std::string> &columns) {
  for (const char *name : {"rowid", "_rowid_", "oid"}) {
    const bool hidden = std::any_of(columns.begin(), columns.end(), [name](const std::string &column) {
      return ::strcasecmp(column.c_str(), name) == 0;
    });
    if (!hidden)
      return database.prepare(std::string("SELECT ") + name + " FROM " + quotedIdentifier(table)) ? name : "";
  }
  return {};
}

SensorTable tableOf(const std::string &table, const std::vector<std::string> &columns,
                    const std::string &row_id) {
  SensorTable found;
  found.query = "SELECT " + row_id;
  for (const std::string &column : columns) {
    found.query += "," + quotedIdentifier(column);
    appendJsonString(found.keys.emplace_back(), toUtf8(column));
  }
  found.query += " FROM " + quotedIdentifier(table) + " WHERE " + row_id + " > ?1 ORDER BY " + row_id;
  return found;
}

bool isWeewx(const std::string &table, const std::vector<std::string> &columns) {
  return table == "archive" && std::find(columns.begin(), columns.end(), "dateTime") != columns.end();
}

} // namespace

std::optional<SensorTable> findSensorTable(ForeignDatabase &database) {
  std::optional<SensorTable> best;
  std::int64_t most = -1;
  for (const std::string &table :
       namesOf(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
                         "ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")) {
    const std::vector<std::string> columns = columnsOf(database, table);
    const std::string row_id = rowIdOf(database, table, columns);
    if (columns.empty() || row_id.empty())
      continue;
    if (isWeewx(table, columns))
      return tableOf(table, columns, row_id);
    if (!holdsReadings(database, table, columns))
      continue;
    const std::int64_t rows = database
                                  .integer("SELECT count(*) FROM (SELECT 1 FROM " + quotedIdentifier(table) +
                                           " LIMIT " + kCountedRows + ")")
                                  .value_or(-1);
    if (rows > most) {
      most = rows;
      best = tableOf(table, columns, row_id);
    }
  }
  return best;
}

} // namespace meteorograph
