// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace meteorograph {

/// What became of a damaged store. A value.
struct RepairReport {
  std::int64_t readings = 0; ///< in the new store
  std::int64_t windows = 0;  ///< of silver, likewise
  std::int64_t files = 0;
  std::vector<std::string> damage;     ///< a line for each table that could not be read as a whole
  std::vector<std::string> read_again; ///< files whose readings came from their source anew
  std::vector<std::string> lost;       ///< a line for each thing that is gone or in doubt; empty: nothing
  std::int64_t windows_without_readings = 0; ///< kept though readings behind them are lost
};

} // namespace meteorograph
