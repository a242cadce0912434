// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Provenance.h"
#include "core/model/Result.h"
#include "core/store/Database.h"

#include <atomic>

namespace meteorograph {

/// Goes from a window back to its readings: provenance. Bounded by the request's limit, whatever the
/// window holds; `cancelled`, if given, is looked at between pages and ends it with Cancelled.
Result<ReadingsOfWindow> readReadings(Database &database, const ReadingsRequest &request,
                                      const std::atomic<bool> *cancelled);

} // namespace meteorograph
