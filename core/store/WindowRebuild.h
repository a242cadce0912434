// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/store/Database.h"

#include <vector>

namespace meteorograph {

/// Changes readings in bronze and makes every window that held one anew from what is there: the one
/// mechanism behind replaced files, withdrawn tails, removals, merged devices and duplicates. Runs
/// inside the writer's transaction; false on an error, after which the caller rolls back.
///
/// Windows from before bronze's horizon (Horizons.h) cannot be made anew and are never touched:
/// readings of that time stay in them, only merged devices' windows are added up.
class WindowRebuild {
public:
  /// `duplicates`: some source leaves exact duplicates out, so who is one may change with each step.
  WindowRebuild(Database &database, const std::vector<Quantity> &quantities, bool duplicates)
      : m_database(database), m_quantities(quantities), m_duplicates(duplicates) {}

  struct Outcome {
    std::int64_t readings = 0;     ///< taken out or moved
    std::int64_t late = 0;         ///< of those
    std::int64_t silver_rows = 0;  ///< change of silver's number of rows
    std::int64_t flagged = 0;      ///< readings that became duplicates or are none any more
    std::vector<DeviceId> devices; ///< whose readings were taken out
  };
  /// Takes out the readings of a file (one generation) whose bronze ids lie in [first, last].
  bool removeReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id, Outcome &outcome);
  /// The readings of one device become another's.
  bool moveReadings(DeviceId from, DeviceId into, Outcome &outcome);
  /// Looks for duplicates where readings with ids in [first, last] have come into silver.
  bool settleDuplicates(std::int64_t first_id, std::int64_t last_id, Outcome &outcome);
  /// Looks at all windows that may hold duplicates, or do so.
  bool settleAllDuplicates(Outcome &outcome);
  /// Makes the windows of all readings anew; those from before bronze's horizon stay, and what lies across it
  /// is put together.
  bool rebuildAll();

  /// For changes that put windows themselves: begin(), mark() each of them, then the rollups.
  bool begin();
  bool mark(DeviceId device, std::int64_t start_s);
  bool rebuildRollups();

private:
  bool rebuildMarked();
  bool finish(Outcome &outcome);
  bool markWindows(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id);
  bool updateDevices(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id, Outcome &outcome);
  bool deleteReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id);
  bool giveRuns(DeviceId from, DeviceId into);
  bool spareWindowsWithoutBronze();
  bool mergeWindowsWithoutBronze(DeviceId from, DeviceId into, Outcome &outcome);
  bool foldDaysWithoutBronze(DeviceId device);
  bool keepCrowdedWindows();
  bool flagDuplicates(Outcome &outcome);
  bool rebuildFlaggedWindows(Outcome &outcome);
  bool rebuildSilver(Outcome &outcome);
  bool refreshDeviceTimes(const Outcome &outcome);
  std::string columns() const;
  std::string folds() const;
  std::string crowded() const;

  Database &m_database;
  const std::vector<Quantity> &m_quantities;
  bool m_duplicates;
  std::int64_t m_horizon = 0; ///< bronze's, in seconds
};

} // namespace meteorograph
