// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Progress.h"
#include "core/model/Result.h"
#include "core/store/Database.h"

#include <span>
#include <vector>

namespace meteorograph {

/// The engine's figures of the last seconds in which something was committed, and a sample of the
/// store's size now and then. Both are bounded. Writing belongs to the writer; it is a transaction of
/// its own, outside of any commit.
class ProgressTable {
public:
  static constexpr std::size_t kKept = 300; ///< seconds: five minutes of steady work

  explicit ProgressTable(Database &database) : m_database(database) {}
  /// Adds the seconds; a second that is there already is replaced. Also takes a sample of sizes when
  /// the last one is ten minutes old.
  Result<void> save(std::span<const Progress> seconds, TimeUs now);
  std::vector<Progress> read(); ///< oldest first
  TimeUs lastWritten();         ///< when save() was last called, about; kNoTime: never

private:
  bool insert(const Progress &second);
  bool sampleSizes(TimeUs now);

  Database &m_database;
};

} // namespace meteorograph
