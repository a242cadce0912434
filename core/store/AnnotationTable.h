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

std::vector<Annotation> readAnnotations(Database &database); ///< by time, then id
/// Writes one; a new one (id 0) gets its id, one that was removed comes back under its old one.
bool saveAnnotation(Database &database, Annotation &annotation);
bool removeAnnotation(Database &database, std::int64_t id);
/// What was said of one device is said of another.
bool moveAnnotations(Database &database, DeviceId from, DeviceId into);

std::set<DeviceId> readHolding(Database &database);
bool saveHolding(Database &database, DeviceId device, bool holds);

} // namespace meteorograph
