// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/LargeStore.h"
#include "tests/bench/OwnProcess.h"
#include "tests/bench/WindowScan.h"

#include "core/engine/Engine.h"
#include "core/store/Database.h"

#include <future>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 15;
constexpr int kColumns = 1500;

const Figure kOpen{"store_open_ms", "ms", "open by SQLite alone and read one row"};
const Figure kLarge{"store_open_large_ms", "ms",
                    "open by SQLite alone and a bare SELECT of the chart's rows"};
const Figure kMemory{"large_store_rss_mib", "MiB", ""};

std::unique_ptr<Engine> openEngine(const SampleStore &store) {
  EngineOptions options;
  options.store_path = store.path;
  return require(Engine::open(std::move(options)));
}

Overview overviewOf(Engine &engine) {
  std::promise<Result<Overview>> answer;
  engine.requestOverview([&](Result<Overview> overview) { answer.set_value(std::move(overview)); });
  return require(answer.get_future().get());
}

SeriesSet chartOf(Engine &engine, const SampleStore &store, TimeUs range) {
  SeriesRequest request{store.to_us - range, store.to_us, kColumns, {}, {1, 2, 3}, {}};
  for (DeviceId device = 1; device <= store.devices; ++device)
    request.devices.push_back(device);
  std::promise<Result<SeriesSet>> answer;
  engine.requestSeries(request, [&](Result<SeriesSet> set) { answer.set_value(std::move(set)); });
  return require(answer.get_future().get());
}

/// From nothing to the first overview, as the window needs it.
double open(const SampleStore &store) {
  const Clock clock;
  const Overview overview = overviewOf(*openEngine(store));
  const double passed = clock.milliseconds();
  require(overview.readings > 0, "the store is empty");
  return passed;
}

/// From nothing to the first overview and the first chart: a day of all devices.
double openWithChart(const SampleStore &store) {
  const Clock clock;
  const std::unique_ptr<Engine> engine = openEngine(store);
  overviewOf(*engine);
  const SeriesSet set = chartOf(*engine, store, kDay);
  const double passed = clock.milliseconds();
  require(!set.lines.front().points.empty(), "the chart is empty");
  return passed;
}

double scanChart(const SampleStore &store) {
  const Clock clock;
  require(WindowScan(store.path, 10 * kSecond).run(store.devices, store.to_us - kDay, store.to_us) > 0,
          "the scan found nothing");
  return clock.milliseconds();
}

/// All that a window and its exports do with a large store, in a process that does nothing else.
double memoryOfAll(const SampleStore &store) {
  const Ended ended = inOwnProcess([&store] {
    const std::unique_ptr<Engine> engine = openEngine(store);
    overviewOf(*engine);
    for (const TimeUs range : {kHour, kDay, store.to_us - store.from_us})
      chartOf(*engine, store, range);
    for (const Layer layer : {Layer::Silver, Layer::Gold}) {
      ExportRequest request;
      request.layer = layer;
      request.devices = {1, 2};
      request.from_us = store.to_us - kDay;
      std::promise<Result<std::int64_t>> rows;
      engine->requestExportCsv(request, "/dev/null",
                               [&](const Result<std::int64_t> &written) { rows.set_value(written); });
      require(require(rows.get_future().get()) > 0, "the export is empty");
    }
  });
  require(ended.well, "the process did not end well");
  return ended.peak_rss_mib;
}

double openBare(const SampleStore &store) {
  const Clock clock;
  Database database = require(Database::open(store.path, Database::Mode::ReadOnly));
  require(database.integer("SELECT readings FROM totals").value_or(0) > 0, "the store is empty");
  return clock.milliseconds();
}

void measureLarge(const Run &run) {
  const SampleStore store = largeStore(run);
  std::vector<double> times;
  std::vector<double> limits;
  if (run.wants(kMemory))
    run.tell(kMemory, {memoryOfAll(store)}, {}); // first: this process has no other threads yet
  if (!run.wants(kLarge))
    return;
  alternate(
      kRounds, [&] { times.push_back(openWithChart(store)); }, [&] { limits.push_back(scanChart(store)); });
  run.tell(kLarge, times, limits);
}

void measureSmall(const Run &run) {
  const SampleStore store = sampleStore(run, 1, run.isQuick() ? 1 : 30);
  std::vector<double> times;
  std::vector<double> limits;
  alternate(
      kRounds, [&] { times.push_back(open(store)); }, [&] { limits.push_back(openBare(store)); });
  run.tell(kOpen, times, limits);
}

void measure(const Run &run) {
  if (run.wants(kLarge) || run.wants(kMemory))
    measureLarge(run);
  if (run.wants(kOpen))
    measureSmall(run);
}

} // namespace

Benchmark storeOpenBench() { return {{kOpen, kLarge, kMemory}, measure}; }

} // namespace meteorograph::bench
