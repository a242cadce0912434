// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Database.h"

#include <cstdint>
#include <map>
#include <vector>

namespace meteorograph {

/// Readings that are missing from bronze of a store with a horizon count as given up, as most of them were.
/// Where a file is read again some come back, and would count twice: this takes them off. A value; used
/// inside transactions of the store under repair.
class Recount {
public:
  /// Before the file is read again.
  bool remember(Database &database, std::int64_t file_id);
  /// Afterwards: sets right what the files, their devices and the totals count.
  bool settle(Database &database) const;

private:
  using Readings = std::map<std::int64_t, std::int64_t>; ///< by device
  static constexpr std::int64_t kUnknown = INT64_MAX;
  struct File {
    std::int64_t id = 0;
    std::int64_t offset = 0; ///< what lies behind came to the file later
    Readings readings;
  };
  static bool count(Database &database, File &file);
  std::vector<File> m_files;
};

} // namespace meteorograph
