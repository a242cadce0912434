// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/sqlite/ForeignDatabase.h"

#include <string>
#include <vector>

namespace meteorograph {

/// The table of a database that holds readings.
struct SensorTable {
  std::string query;             ///< row id and all columns of the rows behind the row id ?1, in its order
  std::vector<std::string> keys; ///< of the columns, as JSON strings with their quotes
};

/// WeeWX's `archive`, else the table with a time, numbers and the most rows. Nothing where there is
/// none; the database tells whether that is for an error.
std::optional<SensorTable> findSensorTable(ForeignDatabase &database);

} // namespace meteorograph
