// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/model/Quantity.h"
#include "core/model/Result.h"
#include "core/store/Database.h"

#include <string>
#include <vector>

namespace meteorograph {

/// "MeG1": tells our stores from other SQLite files.
inline constexpr std::int64_t kApplicationId = 0x4d654731;

/// Whether an open database is a store of ours, or still empty where `may_be_empty`, and not newer
/// than this program. (The file is never opened beside SQLite: closing any descriptor of it would
/// drop SQLite's own locks, which belong to the process.)
Result<void> checkStore(Database &database, const std::string &path, bool may_be_empty);

/// The same of a file on the disk, before it is opened in earnest: where nobody has it open, nothing is
/// made beside a file that is refused.
Result<void> checkStoreFile(const std::string &path, bool may_be_empty);

/// Creates the schema or brings it up to date, in one transaction.
Result<void> migrate(Database &database);

std::vector<Quantity> loadQuantities(Database &database); ///< those that are not retired, by id
/// Quantities that no reading holds any more are listed no more. Their columns stay.
bool retireUnusedQuantities(Database &database);
bool saveLimits(Database &database, QuantityId id, const QuantityLimits &limits);
/// Temperature, humidity, pressure, then the others by name: the order that people see.
void sortForPeople(std::vector<Quantity> &quantities);

/// Adds quantities with their columns in bronze, silver and every rollup, and makes the gold view
/// anew; a retired one comes back instead. `known` grows by them. Call inside a transaction, with all that is
/// new at once: each change of the schema costs more the larger it is.
Result<void> addQuantities(Database &database, std::vector<Quantity> &known,
                           const std::vector<QuantityKey> &keys);

/// SQL for the start of the second that holds a time in microseconds, right below zero too.
std::string secondOf(const std::string &time_us);
/// SQL for floor(value / step) of integers, right below zero too.
std::string floorDivide(const std::string &value, std::int64_t step);

} // namespace meteorograph
