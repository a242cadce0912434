// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/IntegrityCheck.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace meteorograph {

namespace {

/// A statement for the whole, or one for each table that stays small.
Result<Integrity> check(Database &database, bool whole) {
  Statement tables = database.prepareOnce(
      whole ? "SELECT NULL"
            : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN"
              " ('bronze', 'bronze_run', 'silver', 'rollup_10s', 'rollup_60s', 'quarantine')");
  while (tables.next()) {
    const std::string of = tables.isNull(0) ? "1" : quotedName(tables.text(0));
    Statement look = database.prepareOnce("PRAGMA quick_check(" + of + ")");
    if (!look.next())
      return tl::unexpected(database.error("cannot read the store"));
    if (look.text(0) != "ok")
      return Integrity{std::string(look.text(0)), whole};
  }
  if (tables.failed())
    return tl::unexpected(database.error("cannot read the store"));
  return Integrity{"ok", whole};
}

/// SQLite calls nobody while it walks a table's tree, but looks whether it was interrupted; so this takes a
/// thread of its own, as long as the check.
class Interrupter {
public:
  Interrupter(Database &database, const std::function<bool()> &go_on)
      : m_thread([handle = database.handle(), &go_on](const std::stop_token &ended) {
          std::mutex mutex;
          std::condition_variable_any wake;
          std::unique_lock lock(mutex);
          while (!wake.wait_for(lock, ended, kLookEvery, [&ended] { return ended.stop_requested(); }))
            if (!go_on())
              sqlite3_interrupt(handle);
        }) {}

private:
  static constexpr std::chrono::milliseconds kLookEvery{20};
  std::jthread m_thread;
};

bool isDamage(int code) { return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB; }

} // namespace

Result<Integrity> checkIntegrity(Database &database, IntegrityScope scope,
                                 const std::function<bool()> &go_on) {
  const bool whole = scope == IntegrityScope::Whole;
  std::optional<Interrupter> interrupter;
  if (go_on)
    interrupter.emplace(database, go_on);
  Result<Integrity> found = check(database, whole);
  interrupter.reset();
  const int code = sqlite3_errcode(database.handle());
  if (found)
    return found;
  if ((code & 0xff) == SQLITE_INTERRUPT)
    return fail(ErrorCode::Cancelled, "the check was interrupted");
  // What keeps SQLite from looking any further is a finding as well.
  return isDamage(code) ? Result<Integrity>(Integrity{database.message(), whole}) : found;
}

IntegrityHistory readIntegrityHistory(Database &database) {
  IntegrityHistory history;
  Statement rows = database.prepareOnce("SELECT scope, checked_us, found, due_us FROM integrity_check");
  while (rows.next()) {
    const bool full = rows.text(0) == "full";
    (full ? history.full : history.quick) = {rows.time(1), std::string(rows.text(2))};
    if (full)
      history.due_us = rows.time(3);
  }
  return history;
}

bool saveCheck(Database &database, const Integrity &integrity, TimeUs now) {
  Statement save = database.prepareOnce(
      "UPDATE integrity_check SET checked_us = ?1, found = ?2, due_us = NULL WHERE scope = ?3");
  return save.bind(1, now)
      .bind(2, std::string_view(integrity.found))
      .bind(3, std::string_view(integrity.whole ? "full" : "quick"))
      .run();
}

bool makeCheckDue(Database &database, TimeUs now) {
  Statement due = database.prepareOnce("UPDATE integrity_check SET due_us = ?1 WHERE scope = 'full'");
  return due.bind(1, now).run();
}

} // namespace meteorograph
