// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/SchemaCheck.h"

#include "core/store/Migrations.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// SQLite keeps the text of what was made, from its name on.
bool isInSchema(const std::string &text) {
  const std::vector<EmbeddedFile> &steps = migrations();
  return std::any_of(steps.begin(), steps.end(), [&text](const EmbeddedFile &step) {
    return step.text.find(text) != std::string_view::npos;
  });
}

tl::unexpected<Error> refused(const std::string &path, const std::string &what) {
  return fail(ErrorCode::StoreUnusable,
              path + " is not as this program makes its stores: " + what + "; it was left untouched");
}

} // namespace

Result<void> checkTablesAreTables(Database &database, const std::string &path) {
  // What SQLite has made of the schema: its text may say otherwise.
  Statement rows = database.prepareOnce(
      "SELECT lower(name), type FROM pragma_table_list WHERE schema = 'main' AND type <> 'table'");
  while (rows.next())
    if (const std::string name(rows.text(0)); isInSchema("CREATE TABLE " + name + "("))
      return refused(path, "it has a " + std::string(rows.text(1)) + " in place of the table " + name);
  return {};
}

Result<void> checkTriggers(Database &database, const std::string &path) {
  Statement rows = database.prepareOnce("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
  while (rows.next())
    if (rows.isNull(1) || !isInSchema(std::string(rows.text(1))))
      return refused(path, "it has a trigger of its own, " + std::string(rows.text(0)));
  return {};
}

} // namespace meteorograph
