// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/model/Result.h"
#include "core/store/Database.h"

#include <optional>
#include <string>
#include <vector>

namespace meteorograph {

/// The folders and files that were opened, and what holds for every file of them. Belongs to the
/// writer; each change is a transaction of its own.
class SourceTable {
public:
  explicit SourceTable(Database &database) : m_database(database) {}

  /// Remembers a source; one that is followed stays so. Files below a source that is new, which had
  /// been taken out with an earlier one, are forgotten, so that they are read as new ones. A mapping
  /// that is given holds for every file below, whatever sources within say.
  Result<void> add(const std::string &path, bool following, const std::optional<Mapping> &mapping,
                   TimeUs now_us);
  /// Forgets a source; the value is its path, empty where there is none.
  Result<std::string> remove(std::int64_t id);
  Result<std::vector<std::string>> followed();
  /// Path and settings; nothing where there is none.
  std::optional<SourceStatus> byId(std::int64_t id);
  bool setMapping(std::int64_t id, const Mapping &mapping);
  bool setLeavingOut(std::int64_t id, bool leave_out_duplicates);
  /// Paths of the sources that leave exact duplicates out of silver.
  std::vector<std::string> leavingOut();

  /// Rows of the file table at or below a path that hold something, also those of files that are gone.
  std::vector<std::int64_t> filesBelow(const std::string &path);
  /// Files at or below a path that were read otherwise than their source says by now; also those that
  /// are gone, or only those that are there.
  std::vector<std::int64_t> filesReadOtherwise(const std::string &path, bool also_gone);

private:
  bool insert(const std::string &path, bool following, TimeUs now_us);
  bool forgetRemovedFiles(const std::string &path);
  bool giveMapping(const std::string &path, const Mapping &mapping);

  Database &m_database;
};

} // namespace meteorograph
