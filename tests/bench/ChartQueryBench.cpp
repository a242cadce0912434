// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/SampleStore.h"
#include "tests/bench/WindowScan.h"

#include "core/store/StoreReader.h"

#include <optional>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 15;
constexpr int kColumns = 1500;

struct Query {
  Figure figure;
  int devices;
  TimeUs range;
};

const std::vector<Query> &queries() {
  static const std::vector<Query> all = [] {
    std::vector<Query> made;
    for (const int devices : {1, 10})
      for (const auto &[name, range] :
           {std::pair{"1h", kHour}, {"24h", kDay}, {"7d", 7 * kDay}, {"30d", 30 * kDay}}) {
        // A month of ten devices is 26 million readings to build first.
        const Size smallest = devices == 10 && range == 30 * kDay ? Size::Full : Size::Quick;
        const std::string plural = devices == 1 ? "1_device" : std::to_string(devices) + "_devices";
        made.push_back({{std::string("chart_query_ms_") + name + "_" + plural, "ms",
                         "bare SELECT of the same level's rows", smallest},
                        devices,
                        range});
      }
    return made;
  }();
  return all;
}

SeriesRequest requestFor(const Query &query, TimeUs to) {
  SeriesRequest request;
  request.from_us = to - query.range;
  request.to_us = to;
  request.columns = kColumns;
  request.quantities = {1, 2, 3};
  for (DeviceId device = 1; device <= query.devices; ++device)
    request.devices.push_back(device);
  return request;
}

/// Each round looks one pixel column further back, as someone who drags the chart does.
void measureQuery(const Run &run, const Query &query, const SampleStore &store) {
  const std::unique_ptr<StoreReader> reader = require(StoreReader::open(store.path));
  const SeriesSet first = require(reader->series(requestFor(query, store.to_us)));
  require(first.lines.size() == 3U * static_cast<std::size_t>(query.devices) &&
              !first.lines[0].points.empty(),
          "the chart is empty");
  WindowScan scan(store.path, first.step_us);
  scan.run(query.devices, first.from_us, first.to_us);
  std::vector<double> times;
  std::vector<double> limits;
  TimeUs to = store.to_us;
  alternate(
      kRounds,
      [&] {
        const SeriesRequest request = requestFor(query, to);
        const Clock clock;
        require(reader->series(request));
        times.push_back(clock.milliseconds());
        to -= query.range / kColumns;
      },
      [&] {
        const Clock clock;
        require(scan.run(query.devices, to - query.range, to) > 0, "the scan found nothing");
        limits.push_back(clock.milliseconds());
      });
  run.tell(query.figure, times, limits);
}

int daysOf(const Run &run, int devices) {
  if (run.isQuick())
    return 1;
  return devices == 1 || run.size() == Size::Full ? 30 : 7;
}

void measure(const Run &run) {
  for (const Query &query : queries())
    if (run.wants(query.figure))
      measureQuery(run, query, sampleStore(run, query.devices, daysOf(run, query.devices)));
}

} // namespace

Benchmark chartQueryBench() {
  Benchmark benchmark;
  for (const Query &query : queries())
    benchmark.figures.push_back(query.figure);
  benchmark.measure = measure;
  return benchmark;
}

} // namespace meteorograph::bench
