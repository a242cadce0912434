// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/SampleStore.h"

#include "core/engine/Engine.h"
#include "core/store/Database.h"

#include <future>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 15;

const Figure kFigure{"store_open_ms", "ms", "open by SQLite alone and read one row"};

/// From nothing to the first overview, as the window needs it.
double open(const SampleStore &store) {
  const Clock clock;
  EngineOptions options;
  options.store_path = store.path;
  const std::unique_ptr<Engine> engine = require(Engine::open(std::move(options)));
  std::promise<Result<Overview>> answer;
  engine->requestOverview([&](Result<Overview> overview) { answer.set_value(std::move(overview)); });
  const Overview overview = require(answer.get_future().get());
  const double passed = clock.milliseconds();
  require(overview.readings > 0, "the store is empty");
  return passed;
}

double openBare(const SampleStore &store) {
  const Clock clock;
  Database database = require(Database::open(store.path, Database::Mode::ReadOnly));
  require(database.integer("SELECT readings FROM totals").value_or(0) > 0, "the store is empty");
  return clock.milliseconds();
}

void measure(const Run &run) {
  const SampleStore store = sampleStore(run, 1, run.isQuick() ? 1 : 30);
  std::vector<double> times;
  std::vector<double> limits;
  alternate(
      kRounds, [&] { times.push_back(open(store)); }, [&] { limits.push_back(openBare(store)); });
  run.tell(kFigure, times, limits);
}

} // namespace

Benchmark storeOpenBench() { return {{kFigure}, measure}; }

} // namespace meteorograph::bench
