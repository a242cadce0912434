// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Schema.h"

#include "core/model/NaturalOrder.h"
#include "core/store/Levels.h"
#include "core/store/Migrations.h"
#include "core/store/SchemaCheck.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

namespace meteorograph {

namespace {

Result<void> newerStore(const std::string &path, std::int64_t version) {
  return fail(ErrorCode::StoreNewer,
              path + " was written by a newer version of this program (schema " + std::to_string(version) +
                  ", known here: " + std::to_string(migrations().size()) + "); it was left untouched");
}

/// SQLite compares column names without regard to ASCII case.
bool sameColumn(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sqlite3_strnicmp(a.data(), b.data(), static_cast<int>(a.size())) == 0;
}

bool isTaken(std::string_view column, const std::vector<Quantity> &known) {
  static constexpr std::array<std::string_view, 13> kReserved{
      "id",        "file_id",    "line",          "offset",
      "device_id", "message_id", "event_time_us", "received_time_us",
      "flags",     "late",       "rescued",       "start_s",
      "rowid"};
  static constexpr std::array<std::string_view, 5> kSuffixes{"", "_count", "_sum", "_min", "_max"};
  for (const std::string_view mine : kSuffixes) {
    const std::string name = std::string(column) + std::string(mine);
    for (const std::string_view reserved : kReserved)
      if (sameColumn(name, reserved))
        return true;
    for (const Quantity &quantity : known)
      for (const std::string_view theirs : kSuffixes)
        if (sameColumn(name, quantity.column + std::string(theirs)))
          return true;
  }
  return false;
}

/// The quantity's own name where it is free, else with a number behind it.
std::string freeColumn(const std::string &name, const std::vector<Quantity> &known) {
  std::string column = name;
  for (int i = 2; isTaken(column, known); ++i)
    column = name + "_" + std::to_string(i);
  return column;
}

std::string goldTerm(const Quantity &quantity) {
  const std::string count = quotedName(quantity.column + "_count");
  const std::string sum = quotedName(quantity.column + "_sum");
  std::string name;
  for (const char c : quantity.name)
    name += c == '\'' ? std::string("''") : std::string(1, c);
  return "SELECT start_s, device_id, '" + name +
         "' AS quantity, mean,"
         " avg(mean) OVER (PARTITION BY device_id ORDER BY start_s ROWS 7 PRECEDING) AS ma_8,"
         " avg(mean) OVER (PARTITION BY device_id ORDER BY start_s RANGE 14 PRECEDING) AS ma_15s,"
         " avg(mean) OVER (PARTITION BY device_id ORDER BY start_s RANGE 59 PRECEDING) AS ma_60s"
         " FROM (SELECT start_s, device_id, " +
         sum + "/" + count + " AS mean FROM silver WHERE " + count + " > 0)";
}

/// NaN is stored as NULL.
void bindLimits(Statement &statement, int index, const QuantityLimits &limits) {
  for (const double value : {limits.low, limits.high, limits.spike}) {
    if (std::isnan(value))
      statement.bindNull(index++);
    else
      statement.bind(index++, value);
  }
  statement.bind(index, limits.flat_us);
}

bool insertQuantity(Database &database, Quantity &quantity) {
  Statement insert = database.prepareOnce(
      "INSERT INTO quantity(name, unit, column_name, low, high, spike, flat_us) VALUES(?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, std::string_view(quantity.name)).bind(2, std::string_view(quantity.unit));
  bindLimits(insert, 4, quantity.limits);
  const bool ok = insert.bind(3, std::string_view(quantity.column)).run();
  quantity.id = sqlite3_last_insert_rowid(database.handle());
  return ok;
}

/// Puts column definitions behind the last column of a table's own text.
bool extendTable(Database &database, const std::string &table, const std::string &definitions) {
  Statement read = database.prepareOnce("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?");
  std::string sql;
  if (read.bind(1, std::string_view(table)).next())
    sql = read.text(0);
  read.reset();
  const std::size_t key = sql.rfind("PRIMARY KEY(");
  const std::size_t at = key == std::string::npos ? sql.rfind(')') : sql.rfind(',', key);
  if (at == std::string::npos)
    return false;
  sql.insert(at, definitions);
  Statement write =
      database.prepareOnce("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?");
  return write.bind(1, std::string_view(sql)).bind(2, std::string_view(table)).run();
}

/// Adds columns to bronze, silver and the rollups as ALTER TABLE ADD COLUMN would, but all at once:
/// each ALTER parses the whole schema anew, which for hundreds of quantities takes a minute. This is
/// the procedure of SQLite's documentation for changes that do not touch what is on the disk (ALTER
/// TABLE, section 7): a column that is absent from a row reads as NULL.
bool addColumns(Database &database, const std::vector<Quantity> &quantities) {
  std::string bronze;
  std::string windows;
  for (const Quantity &quantity : quantities) {
    bronze += ", " + quotedName(quantity.column) + " REAL";
    for (const auto &[suffix, type] :
         {std::pair{"_count", "INTEGER"}, {"_sum", "REAL"}, {"_min", "REAL"}, {"_max", "REAL"}})
      windows += ", " + quotedName(quantity.column + suffix) + " " + type;
  }
  const std::int64_t version = database.integer("PRAGMA schema_version").value_or(0);
  database.setDefensive(false);
  bool ok = database.execute("PRAGMA writable_schema = ON") && extendTable(database, "bronze", bronze);
  for (const Level &level : kLevels)
    ok = ok && extendTable(database, level.table, windows);
  ok = ok && database.execute("PRAGMA schema_version = " + std::to_string(version + 1));
  ok = database.execute("PRAGMA writable_schema = RESET") && ok;
  database.setDefensive(true);
  return ok;
}

bool makeGoldView(Database &database, const std::vector<Quantity> &quantities) {
  std::string terms;
  for (const Quantity &quantity : quantities)
    terms += (terms.empty() ? "" : " UNION ALL ") + goldTerm(quantity);
  return database.execute("DROP VIEW IF EXISTS gold") &&
         database.execute(
             "CREATE VIEW gold AS SELECT g.start_s, d.name AS device, g.quantity, g.mean, g.ma_8,"
             " g.ma_15s, g.ma_60s FROM (" +
             terms + ") g JOIN device d ON d.id = g.device_id");
}

} // namespace

Result<void> checkStore(Database &database, const std::string &path, bool may_be_empty) {
  const std::optional<std::int64_t> pages = database.integer("PRAGMA page_count");
  const std::int64_t id = database.integer("PRAGMA application_id").value_or(0);
  const std::optional<std::int64_t> objects = database.integer("SELECT count(*) FROM sqlite_schema");
  const bool readable = pages && objects;
  if (!readable && (sqlite3_errcode(database.handle()) & 0xff) != SQLITE_NOTADB)
    return tl::unexpected(database.error("cannot read the store"));
  // Without pages, or with SQLite's header alone: whoever made it was killed right behind.
  if (readable && *objects == 0 && id == 0 && may_be_empty)
    return {};
  if (!readable || id != kApplicationId)
    return fail(ErrorCode::StoreUnusable, path + " is not a Meteorograph store; it was left untouched");
  const std::int64_t version = database.integer("PRAGMA user_version").value_or(0);
  if (version > static_cast<std::int64_t>(migrations().size()))
    return newerStore(path, version);
  return checkTablesAreTables(database, path).and_then([&] { return checkTriggers(database, path); });
}

namespace {

/// Whether a file with a journal beside it is one of ours, as far as its making went: the application id is
/// at its place, or not even the first sector has reached the disk.
bool isStoreInTheMaking(const std::string &path) {
  std::array<char, 72> header{};
  if (!std::ifstream(path, std::ios::binary).read(header.data(), header.size()))
    return false;
  std::int64_t id = 0;
  for (auto at = header.end() - 4; at != header.end(); ++at)
    id = id * 256 + static_cast<unsigned char>(*at);
  return id == kApplicationId || std::all_of(header.begin(), header.end(), [](char c) { return c == 0; });
}

} // namespace

Result<void> checkStoreFile(const std::string &path, bool may_be_empty) {
  // A log means that somebody has it open, or had when it ended: the file alone does not tell. Nor does it
  // with the journal of whoever was killed when making it; another program's is not even rolled back.
  std::error_code error;
  const std::string real = std::filesystem::weakly_canonical(path, error).string(); // behind links
  const bool inUse = std::filesystem::exists(real + "-wal", error) ||
                     (std::filesystem::exists(real + "-journal", error) && isStoreInTheMaking(real));
  Result<Database> database =
      Database::open(path, inUse ? Database::Mode::ReadOnly : Database::Mode::Immutable);
  return database ? checkStore(*database, path, may_be_empty)
                  : Result<void>(tl::unexpected(database.error()));
}

Result<void> migrate(Database &database) {
  const std::optional<std::int64_t> stored = database.integer("PRAGMA user_version");
  if (!stored)
    return tl::unexpected(database.error("cannot read the store"));
  const auto version = static_cast<std::size_t>(*stored);
  const std::vector<EmbeddedFile> &steps = migrations();
  if (version == steps.size())
    return {};
  if (version > steps.size())
    return fail(ErrorCode::StoreNewer, "the store was written by a newer version of this program");
  return database.transact([&] {
    bool ok = database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    for (std::size_t step = version; ok && step < steps.size(); ++step)
      ok = database.execute(std::string(steps[step].text));
    return ok && database.execute("PRAGMA user_version = " + std::to_string(steps.size()));
  });
}

namespace {

std::vector<Quantity> readQuantities(Database &database, const char *condition) {
  std::vector<Quantity> all;
  Statement rows = database.prepareOnce(
      std::string("SELECT id, name, unit, column_name, low, high, spike, flat_us FROM quantity ") +
      condition + " ORDER BY id");
  const auto limit = [&rows](int column) {
    return rows.isNull(column) ? std::numeric_limits<double>::quiet_NaN() : rows.real(column);
  };
  while (rows.next())
    all.push_back({rows.integer(0),
                   std::string(rows.text(1)),
                   std::string(rows.text(2)),
                   std::string(rows.text(3)),
                   {limit(4), limit(5), limit(6), rows.count(7)}});
  return all;
}

/// A quantity that no reading held any more comes back, with the unit that it has now.
bool reviveQuantity(Database &database, const QuantityKey &key, std::vector<Quantity> &known) {
  for (Quantity &quantity : readQuantities(database, "WHERE retired = 1")) {
    if (quantity.name != key.name)
      continue;
    Statement revive = database.prepareOnce("UPDATE quantity SET retired = 0, unit = ?2 WHERE id = ?1");
    quantity.unit = key.unit;
    known.push_back(quantity);
    return revive.bind(1, quantity.id).bind(2, std::string_view(key.unit)).run();
  }
  return false;
}

} // namespace

std::vector<Quantity> loadQuantities(Database &database) {
  return readQuantities(database, "WHERE retired = 0");
}

bool retireUnusedQuantities(Database &database) {
  for (const Quantity &quantity : loadQuantities(database)) {
    const std::string used =
        "SELECT 1 FROM rollup_1d WHERE " + quotedName(quantity.column + "_count") + " > 0 LIMIT 1";
    Statement retire = database.prepareOnce("UPDATE quantity SET retired = 1 WHERE id = ?");
    if (!database.integer(used) && !retire.bind(1, quantity.id).run())
      return false;
  }
  return true;
}

bool saveLimits(Database &database, QuantityId id, const QuantityLimits &limits) {
  Statement save =
      database.prepareOnce("UPDATE quantity SET low = ?2, high = ?3, spike = ?4, flat_us = ?5 WHERE id = ?1");
  bindLimits(save.bind(1, id), 2, limits);
  return save.run();
}

void sortForPeople(std::vector<Quantity> &quantities) {
  const auto rank = [](std::string_view name) {
    return name == kTemperature ? 0 : name == kHumidity ? 1 : name == kPressure ? 2 : 3;
  };
  std::sort(quantities.begin(), quantities.end(), [&rank](const Quantity &a, const Quantity &b) {
    const int x = rank(a.name);
    const int y = rank(b.name);
    return x != y ? x < y : naturallyBefore(a.name, b.name);
  });
}

Result<void> addQuantities(Database &database, std::vector<Quantity> &known,
                           const std::vector<QuantityKey> &keys) {
  std::vector<Quantity> added;
  std::vector<Quantity> all = readQuantities(database, "");
  bool ok = true;
  for (const QuantityKey &key : keys) {
    if (reviveQuantity(database, key, known))
      continue;
    Quantity quantity{0, key.name, key.unit, freeColumn(key.name, all), defaultLimits(key.name)};
    ok = ok && insertQuantity(database, quantity);
    known.push_back(quantity);
    all.push_back(quantity);
    added.push_back(std::move(quantity));
  }
  if (ok && added.empty())
    return {};
  ok = ok && database.execute("DROP VIEW IF EXISTS gold") && addColumns(database, added);
  if (!ok || !makeGoldView(database, all))
    return tl::unexpected(database.error("cannot add quantities to"));
  return {};
}

std::string floorDivide(const std::string &value, std::int64_t step) {
  const std::string s = std::to_string(step);
  return "((" + value + ") - (((" + value + ") % " + s + ") + " + s + ") % " + s + ") / " + s;
}

std::string secondOf(const std::string &time_us) { return floorDivide(time_us, 1'000'000); }

} // namespace meteorograph
