// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/VirtualRows.h"

namespace meteorograph {

namespace {

struct Table {
  sqlite3_vtab base;
  VirtualRows *source;
};
struct Cursor {
  sqlite3_vtab_cursor base;
  const VirtualRows *source;
  const void *rows;
  VirtualRows::Cell cell;
  std::int64_t count;
  std::int64_t row;
};

int connectTable(sqlite3 *database, void *source, int, const char *const *, sqlite3_vtab **out, char **) {
  auto *rows = static_cast<VirtualRows *>(source);
  const int code = sqlite3_declare_vtab(database, rows->declaration().c_str());
  if (code != SQLITE_OK)
    return code;
  *out = &(new Table{{}, rows})->base;
  return SQLITE_OK;
}

int disconnectTable(sqlite3_vtab *table) {
  delete reinterpret_cast<Table *>(table);
  return SQLITE_OK;
}

int bestIndex(sqlite3_vtab *, sqlite3_index_info *info) {
  info->estimatedCost = 1;
  info->estimatedRows = 100'000;
  return SQLITE_OK;
}

int openCursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
  *out = &(new Cursor{{}, reinterpret_cast<Table *>(table)->source, nullptr, nullptr, 0, 0})->base;
  return SQLITE_OK;
}

int closeCursor(sqlite3_vtab_cursor *cursor) {
  delete reinterpret_cast<Cursor *>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor *cursor, int, const char *, int, sqlite3_value **) {
  auto *at = reinterpret_cast<Cursor *>(cursor);
  at->rows = at->source->rows();
  at->cell = at->source->cell();
  at->count = at->source->count();
  at->row = 0;
  return SQLITE_OK;
}

int nextRow(sqlite3_vtab_cursor *cursor) {
  ++reinterpret_cast<Cursor *>(cursor)->row;
  return SQLITE_OK;
}

int atEnd(sqlite3_vtab_cursor *cursor) {
  const auto *at = reinterpret_cast<Cursor *>(cursor);
  return at->row >= at->count;
}

int column(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int index) {
  const auto *at = reinterpret_cast<Cursor *>(cursor);
  at->cell(at->rows, at->row, index, result);
  return SQLITE_OK;
}

int rowId(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out) {
  *out = reinterpret_cast<Cursor *>(cursor)->row;
  return SQLITE_OK;
}

const sqlite3_module *module() {
  static const sqlite3_module kModule = [] {
    sqlite3_module m{};
    m.xConnect = connectTable; // without xCreate the table is there by its name alone
    m.xBestIndex = bestIndex;
    m.xDisconnect = disconnectTable;
    m.xOpen = openCursor;
    m.xClose = closeCursor;
    m.xFilter = filter;
    m.xNext = nextRow;
    m.xEof = atEnd;
    m.xColumn = column;
    m.xRowid = rowId;
    return m;
  }();
  return &kModule;
}

} // namespace

bool VirtualRows::registerAs(sqlite3 *database, const std::string &name, int columns) {
  m_declaration = "CREATE TABLE x(";
  for (int i = 0; i < columns; ++i)
    m_declaration += (i ? ",c" : "c") + std::to_string(i);
  m_declaration += ")";
  return sqlite3_create_module_v2(database, name.c_str(), module(), this, nullptr) == SQLITE_OK;
}

} // namespace meteorograph
