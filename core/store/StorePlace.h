// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <string>
#include <string_view>

namespace meteorograph {

/// What kind of disk a store lies on. SQLite's write-ahead log, and the lock of the one writer, need
/// the memory of one machine: on a share of the network two machines would damage the store.
enum class StorePlace {
  Local,
  Shared, ///< of a virtual machine's host: safe while only one side opens the store
  Network,
};

/// The kind of a file system by its name in /proc/self/mountinfo, such as `nfs4` or `fuse.sshfs`.
StorePlace placeOfFileSystem(std::string_view name);
/// The name of the file system that holds a path, as a table in the form of mountinfo has it; empty
/// where it says nothing.
std::string fileSystemOf(const std::string &path, const std::string &mountinfo);

/// Fails with StoreUnusable where a store on such a file system cannot be used safely.
Result<void> checkFileSystem(const std::string &store, const std::string &name);
/// The same of the disk that holds the store, which need not be there yet.
Result<void> checkPlace(const std::string &store);
/// Whether this user may write to the store and beside it; whether nobody can. False where that cannot
/// be found out.
bool mayWrite(const std::string &store);
bool isOnReadOnlyDisk(const std::string &store);
StorePlace placeOf(const std::string &store);

} // namespace meteorograph
