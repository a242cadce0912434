// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/EngineRun.h"

#include "tests/bench/OwnProcess.h"
#include "tests/bench/Run.h"

#include <filesystem>

namespace meteorograph::bench {

void removeStore(const std::string &store) {
  for (const char *suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(store + suffix);
}

IngestReport ingestOnce(const std::string &store, const std::string &folder) {
  EngineOptions options;
  options.store_path = store;
  const std::unique_ptr<Engine> engine = require(Engine::open(std::move(options)));
  IngestReport report = require(engine->ingest({folder}, std::atomic<bool>(false)));
  require(report.errors.empty(), "a file could not be taken in");
  return report;
}

EngineRun ingestAlone(const std::string &store, const std::string &folder, std::int64_t readings) {
  removeStore(store);
  double seconds = 0;
  const Ended ended = inOwnProcess(&seconds, 1, [&](double *told) {
    const IngestReport report = ingestOnce(store, folder);
    require(report.readings == readings, "the engine took in another number of readings");
    *told = report.seconds;
  });
  require(ended.well, "an ingest did not end well");
  return {seconds, ended.peak_rss_mib};
}

} // namespace meteorograph::bench
