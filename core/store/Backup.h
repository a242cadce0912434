// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Copied.h"
#include "core/store/Database.h"

namespace meteorograph {

/// Copies the store that is open on a connection of its own to `path`, while its writer goes on, by
/// SQLite's online backup. All pages are of one snapshot, so nothing that is committed meanwhile makes it
/// begin anew and no commit ever waits for it; the price is that the write-ahead log cannot start anew
/// until the copy is done, so a copy during which it grows by more than a gigabyte is given up. (VACUUM
/// INTO reads in one snapshot as well, for several times as long, and cannot be watched.)
///
/// The copy is made beside its place under a temporary name, readable by its owner alone, checked,
/// brought to the disk and only then renamed; a failure (Unwritable, Cancelled, StoreUnusable where the
/// copy is not sound) leaves `path` as it was. Whether it may be replaced is for the caller to know.
Result<Copied> copyStore(Database &source, const std::string &store, const std::string &path,
                         const CopyProgress &progress);

} // namespace meteorograph
