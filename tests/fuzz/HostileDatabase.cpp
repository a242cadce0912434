// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/HostileDatabase.h"

#include "core/store/Database.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <vector>

using namespace meteorograph;

namespace {

/// Anything beyond is the file's own time, not the program's.
constexpr int kMaxSteps = 20'000; ///< of SQLite's machine, in thousands

int mayDo(void *, int action, const char *, const char *, const char *, const char *) {
  const bool leavesTheFile = action == SQLITE_ATTACH || action == SQLITE_DETACH || action == SQLITE_PRAGMA ||
                             action == SQLITE_CREATE_VTABLE || action == SQLITE_TRANSACTION;
  return leavesTheFile ? SQLITE_DENY : SQLITE_OK;
}

int isTooLong(void *steps) { return ++*static_cast<int *>(steps) > kMaxSteps ? 1 : 0; }

/// The names that a query lists.
std::vector<std::string> namesBy(Database &database, const std::string &sql) {
  std::vector<std::string> names;
  Statement rows = database.prepareOnce(sql);
  while (rows.next())
    names.emplace_back(rows.text(0));
  return names;
}

/// Numbers at which sums, differences and products of times leave what 64 bits hold, and others.
void bindAny(Statement &statement, int index, Bytes &bytes) {
  using Limits = std::numeric_limits<std::int64_t>;
  static constexpr std::int64_t kNumbers[] = {Limits::min(),
                                              Limits::max(),
                                              Limits::min() + 1,
                                              Limits::max() / 2,
                                              Limits::max() / 1'000'000,
                                              0,
                                              1,
                                              -1,
                                              std::int64_t{1} << 31,
                                              std::int64_t{1} << 32,
                                              1'700'000'000,
                                              1'700'000'000'000'000};
  static constexpr double kReals[] = {std::numeric_limits<double>::infinity(),
                                      -std::numeric_limits<double>::infinity(),
                                      std::numeric_limits<double>::max(),
                                      std::numeric_limits<double>::denorm_min(),
                                      -0.0,
                                      1e19,
                                      -1e19,
                                      0.5};
  const std::uint8_t kind = bytes.byte();
  switch (kind % 6) {
  case 0:
    statement.bind(index, kNumbers[kind / 6 % std::size(kNumbers)]);
    break;
  case 1:
    statement.bind(index, static_cast<std::int64_t>(bytes.number(8)));
    break;
  case 2:
    statement.bind(index, kReals[kind / 6 % std::size(kReals)]);
    break;
  case 3:
    statement.bind(index, bytes.text(bytes.byte()));
    break;
  case 4:
    statement.bind(index, static_cast<std::int64_t>(static_cast<std::int8_t>(bytes.byte())));
    break;
  default:
    statement.bindNull(index);
  }
}

void changeCell(Database &database, Bytes &bytes) {
  const std::vector<std::string> tables =
      namesBy(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  if (tables.empty())
    return;
  const std::string table = tables[bytes.byte() % tables.size()];
  const std::vector<std::string> columns =
      namesBy(database, "SELECT name FROM pragma_table_info(" + quotedName(table) + ")");
  if (columns.empty())
    return;
  const std::string key = quotedName(columns.front());
  const std::string column = quotedName(columns[bytes.byte() % columns.size()]);
  const std::uint8_t row = bytes.byte(); // from 128 on: all rows
  Statement update = database.prepareOnce(
      "UPDATE " + quotedName(table) + " SET " + column + " = ?1" +
      (row >= 128 ? ""
                  : " WHERE " + key + " = (SELECT " + key + " FROM " + quotedName(table) +
                        " ORDER BY 1 LIMIT 1 OFFSET " + std::to_string(row % 16) + ")"));
  bindAny(update, 1, bytes);
  update.run();
}

struct Patch {
  std::uint64_t place = 0;
  std::string_view bytes;
};

/// What is done by SQLite; the patches are left for later.
std::vector<Patch> changeRows(const std::string &path, Bytes &bytes, std::uint64_t &end) {
  constexpr int kMaxChanges = 40;
  Database database = std::move(*Database::open(path, Database::Mode::ReadWrite));
  int steps = 0;
  sqlite3_progress_handler(database.handle(), 1000, isTooLong, &steps);
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, nullptr);
  database.execute("PRAGMA ignore_check_constraints = ON");
  std::vector<Patch> patches;
  for (int change = 0; change < kMaxChanges && !bytes.atEnd(); ++change)
    switch (bytes.byte() % 4) {
    case 0: {
      const std::uint64_t place = bytes.number(3);
      patches.push_back({place, bytes.text(1 + bytes.byte() % 16)});
      break;
    }
    case 1:
      changeCell(database, bytes);
      break;
    case 2:
      sqlite3_set_authorizer(database.handle(), mayDo, nullptr);
      database.execute(std::string(bytes.text(bytes.byte())));
      sqlite3_set_authorizer(database.handle(), nullptr, nullptr);
      break;
    default:
      end = bytes.number(3);
    }
  return patches;
}

} // namespace

void writeHostileDatabase(const std::string &path, const std::string &image, Bytes bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << image;
  std::uint64_t end = 0;
  const std::vector<Patch> patches = changeRows(path, bytes, end);
  if (patches.empty() && end == 0)
    return;
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  for (const Patch &patch : patches) {
    const std::size_t at = patch.place % content.size();
    std::memcpy(content.data() + at, patch.bytes.data(), std::min(patch.bytes.size(), content.size() - at));
  }
  if (end != 0)
    content.resize(end % (content.size() * 2));
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}
