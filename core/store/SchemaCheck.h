// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/store/Database.h"

#include <string>

namespace meteorograph {

/// Whether each table that the program reads is one: a view or a virtual table in its place may never end.
/// Others' own tables and views are left in peace. Fails with StoreUnusable, naming what it is.
Result<void> checkTablesAreTables(Database &database, const std::string &path);

/// Whether nothing happens on a change of the store but what this program has put there. Fails with
/// StoreUnusable, naming the trigger.
Result<void> checkTriggers(Database &database, const std::string &path);

} // namespace meteorograph
