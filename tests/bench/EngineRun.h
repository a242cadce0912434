// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/Engine.h"

#include <string>

namespace meteorograph::bench {

/// One Engine::ingest() of a folder into the store, errors being failures.
IngestReport ingestOnce(const std::string &store, const std::string &folder);

/// The same into a new store in a process of its own; fails when it takes in another number of
/// readings. What was in the store before is gone.
struct EngineRun {
  double seconds = 0;
  double peak_rss_mib = 0;
};
EngineRun ingestAlone(const std::string &store, const std::string &folder, std::int64_t readings);

void removeStore(const std::string &store);

} // namespace meteorograph::bench
