// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <string>

namespace meteorograph {

/// Whether a file that is exported from the store may be put at `path`, over whatever is there. Fails
/// with Unwritable, naming it, where that is the store or a file beside it (its log, index or lock, by
/// whatever name or link), any SQLite database, or a file that the store has taken in. Opens the store
/// for a look; an empty `store` is none. Any thread.
Result<void> checkExportTarget(const std::string &path, const std::string &store);

/// Whether a copy of the store may be put at `path`: over nothing, or over an earlier one that no program
/// has open; over anything else where `replace` asks for it. Never over the store itself, a file beside
/// it, or a file that it has taken in. Fails as above.
Result<void> checkCopyTarget(const std::string &path, const std::string &store, bool replace);

/// Whether a store may be made at `path` from a damaged one, which is not opened: only where nothing is.
Result<void> checkNewTarget(const std::string &path, const std::string &store);

} // namespace meteorograph
