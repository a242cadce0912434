// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/store/Database.h"

#include <vector>

namespace meteorograph {

/// Takes readings out of bronze and makes every window that held one anew from what is left: the one
/// mechanism behind replaced files, withdrawn tails and removals. Runs inside the writer's
/// transaction; false on an error, after which the caller rolls back.
class WindowRebuild {
public:
  WindowRebuild(Database &database, const std::vector<Quantity> &quantities)
      : m_database(database), m_quantities(quantities) {}

  struct Outcome {
    std::int64_t readings = 0;     ///< taken out
    std::int64_t late = 0;         ///< of those
    std::int64_t silver_rows = 0;  ///< change of silver's number of rows
    std::vector<DeviceId> devices; ///< whose readings were taken out
  };
  /// Takes out the readings of a file (one generation) whose bronze ids lie in [first, last].
  bool removeReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id, Outcome &outcome);

private:
  bool markWindows(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id);
  bool updateDevices(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id, Outcome &outcome);
  bool deleteReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id);
  bool rebuildSilver(Outcome &outcome);
  bool rebuildRollups();
  bool refreshDeviceTimes(const Outcome &outcome);
  std::string columns() const;

  Database &m_database;
  const std::vector<Quantity> &m_quantities;
};

} // namespace meteorograph
