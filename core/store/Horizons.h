// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/model/Retention.h"
#include "core/store/CommitRows.h"
#include "core/store/Database.h"

#include <array>
#include <limits>
#include <unordered_map>
#include <vector>

namespace meteorograph {

/// The start of what each layer holds, in seconds: what was before has been given up for good.
/// Bronze's and silver's are whole hours, the rollups' whole days, and none is later than that of the
/// layer before it. So a window is there whole or not at all, and one whose readings are all in
/// bronze is told by its time alone.
inline constexpr std::int64_t kNoHorizon = std::numeric_limits<std::int64_t>::min();
std::int64_t readHorizon(Database &database, StoreLayer layer);

/// Keeps the writer from bringing back half of what was given up. Belongs to the writer and runs inside
/// its transaction; false on an error.
class Horizons {
public:
  explicit Horizons(Database &database) : m_database(database) {}
  void load();
  std::int64_t of(StoreLayer layer) const { return m_horizons[static_cast<std::size_t>(layer)]; }
  /// Within the caller's transaction; on a rollback the caller loads anew.
  bool raise(StoreLayer layer, std::int64_t horizon_s);

  struct Trimmed {
    std::int64_t readings = 0; ///< that some layer does not keep
    std::int64_t silver_rows = 0;
  };
  /// After a commit's rows have come into every layer: takes them out of those that keep nothing so
  /// old. As long as nothing was given up, this only looks at the runs.
  bool trim(const std::vector<CommitRows::Run> &runs, Trimmed &trimmed);

  /// From now on the file brings nothing from before bronze's horizon: its earlier readings of that
  /// time stay in the windows.
  bool freeze(std::int64_t file_id);
  bool isFrozen(std::int64_t file_id) const { return m_frozen.contains(file_id); }
  /// Takes those readings off the batch; how many they were.
  std::int64_t dropFrozen(FileBatch &file) const;

private:
  bool trimBronze(const CommitRows::Run &run);
  bool trimWindows(const CommitRows::Run &run, StoreLayer layer, std::int64_t &rows);
  bool count(StoreLayer layer, std::int64_t rows, std::int64_t readings);

  Database &m_database;
  std::array<std::int64_t, 3> m_horizons{kNoHorizon, kNoHorizon, kNoHorizon};
  std::unordered_map<std::int64_t, std::int64_t> m_frozen; ///< file → before_s
};

} // namespace meteorograph
