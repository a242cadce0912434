// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Annotation.h"
#include "core/store/Database.h"

#include <set>
#include <vector>

namespace meteorograph {

// What people said beside the readings: annotations, and which devices hold their values. Readers ask
// on any connection (a store of before migration 3 has neither); changes belong into a transaction of
// the writer.

std::vector<Annotation> readAnnotations(Database &database);          ///< by time, then id
bool addAnnotation(Database &database, const Annotation &annotation); ///< whatever its id says
/// Writes one anew; nothing where it is gone: see sqlite3_changes().
bool changeAnnotation(Database &database, const Annotation &annotation);
bool removeAnnotation(Database &database, std::int64_t id);
/// What was said of the device of one name is said of that of another: renamed, or merged.
bool sayOfOther(Database &database, const std::string &from, const std::string &into);

std::set<DeviceId> readHolding(Database &database);
bool saveHolding(Database &database, const std::string &device, bool holds);

} // namespace meteorograph
