// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/EarlierStore.h"

#include "core/store/Migrations.h"
#include "core/store/Schema.h"

#include <vector>

using namespace meteorograph;

namespace {

bool makeSchema(Database &database, std::size_t steps) {
  bool ok = database.execute("PRAGMA page_size = 8192") &&
            database.execute("PRAGMA auto_vacuum = INCREMENTAL") &&
            database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  for (std::size_t step = 0; step < steps; ++step)
    ok = ok && database.execute(std::string(migrations()[step].text));
  return ok && database.execute("PRAGMA user_version = " + std::to_string(steps));
}

bool addQuantitiesOf(const std::string &today, Database &database) {
  Result<Database> source = Database::open(today, Database::Mode::ReadOnly);
  std::vector<QuantityKey> keys;
  for (const Quantity &quantity : loadQuantities(*source))
    keys.push_back({quantity.name, quantity.unit});
  std::vector<Quantity> known;
  return addQuantities(database, known, keys).has_value();
}

bool copyRows(Database &database) {
  std::vector<std::string> tables;
  Statement list = database.prepareOnce("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name"
                                        " NOT LIKE 'sqlite_%' AND name <> 'quantity'");
  while (list.next())
    tables.emplace_back(list.text(0));
  bool ok = !tables.empty();
  for (const std::string &table : tables)
    ok = ok && database.execute("DELETE FROM main." + table);
  for (const std::string &table : tables) // triggers fill folder and quarantine_reason
    if (table != "folder" && table != "quarantine_reason")
      ok = ok && database.execute("INSERT INTO main." + table + " SELECT * FROM today." + table);
  return ok;
}

} // namespace

std::string makeEarlierStore(const std::string &today, const std::string &earlier, std::size_t steps) {
  Result<Database> database = Database::open(earlier, Database::Mode::ReadWrite);
  if (!database)
    return database.error().message;
  const bool ok = makeSchema(*database, steps) && database->execute("ATTACH '" + today + "' AS today") &&
                  database->execute("BEGIN") && addQuantitiesOf(today, *database) && copyRows(*database) &&
                  database->execute("COMMIT") && database->execute("DETACH today") &&
                  database->execute("PRAGMA journal_mode = WAL");
  return ok ? std::string() : database->error("cannot make").message;
}
