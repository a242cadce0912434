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
  int quantities;
  TimeUs range;
  TimeUs interval; ///< of the readings
};

void addQuery(std::vector<Query> &all, const std::string &range_name, TimeUs range, int devices,
              TimeUs interval) {
  // A month of ten devices is 26 million readings to build first.
  const Size smallest = devices == 10 && range == 30 * kDay ? Size::Full : Size::Quick;
  for (const int quantities : {1, 3}) {
    const std::string name = "chart_query_ms_" + range_name + (devices == 1 ? "_1_device" : "_10_devices") +
                             (quantities == 1 ? "_1_quantity" : "_3_quantities");
    all.push_back({{name, "ms", "bare SELECT of the same level's rows", smallest},
                   devices,
                   quantities,
                   range,
                   interval});
  }
}

const std::vector<Query> &queries() {
  static const std::vector<Query> all = [] {
    std::vector<Query> made;
    for (const int devices : {1, 10})
      for (const auto &[name, range] :
           {std::pair{"1h", kHour}, {"24h", kDay}, {"7d", 7 * kDay}, {"30d", 30 * kDay}})
        addQuery(made, name, range, devices, kSecond);
    addQuery(made, "1y", 365 * kDay, 1, kMinute);
    return made;
  }();
  return all;
}

SeriesRequest requestFor(const Query &query, TimeUs to) {
  SeriesRequest request;
  request.from_us = to - query.range;
  request.to_us = to;
  request.columns = kColumns;
  for (QuantityId quantity = 1; quantity <= query.quantities; ++quantity)
    request.quantities.push_back(quantity);
  for (DeviceId device = 1; device <= query.devices; ++device)
    request.devices.push_back(device);
  return request;
}

/// Each round looks one pixel column further back, as someone who drags the chart does.
void measureQuery(const Run &run, const Query &query, const SampleStore &store) {
  const std::unique_ptr<StoreReader> reader = require(StoreReader::open(store.path));
  const SeriesSet first = require(reader->series(requestFor(query, store.to_us)));
  require(first.lines.size() == static_cast<std::size_t>(query.quantities * query.devices) &&
              !first.lines[0].points.empty(),
          "the chart is empty");
  WindowScan scan(store.path, first.step_us, query.quantities);
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

int daysOf(const Run &run, const Query &query) {
  if (query.interval == kMinute)
    return run.isQuick() ? 30 : 365;
  if (run.isQuick())
    return 1;
  return query.devices == 1 || run.size() == Size::Full ? 30 : 7;
}

void measure(const Run &run) {
  for (const Query &query : queries())
    if (run.wants(query.figure))
      measureQuery(run, query, sampleStore(run, query.devices, daysOf(run, query), query.interval));
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
