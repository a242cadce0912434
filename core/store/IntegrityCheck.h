// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/store/Database.h"

#include <functional>

namespace meteorograph {

enum class IntegrityScope {
  Small, ///< the tables that do not grow with every reading: cheap at any size
  Whole  ///< all of it, which reads all of it
};

/// Looks through the store by SQLite's quick check and says what it found first, or "ok". `go_on`, if given,
/// is asked some fifty times a second, on another thread; where it returns false, the check fails with
/// Cancelled. A whole check reads in one snapshot, so the write-ahead log cannot start anew meanwhile.
Result<Integrity> checkIntegrity(Database &database, IntegrityScope scope,
                                 const std::function<bool()> &go_on = {});

/// What the store remembers of its checks; nothing where it is of an earlier version.
IntegrityHistory readIntegrityHistory(Database &database);
/// Inside the writer's transaction. A whole check is not due any more.
bool saveCheck(Database &database, const Integrity &integrity, TimeUs now);
bool makeCheckDue(Database &database, TimeUs now);

} // namespace meteorograph
