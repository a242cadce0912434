// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/SampleStore.h"
#include "tests/bench/WindowScan.h"

#include "core/engine/CsvExport.h"

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 5;
constexpr int kQuantities = 3; ///< rows of a window in silver and gold

struct Export {
  Figure figure;
  Layer layer;
  int rows_a_window;
};

const std::vector<Export> &exports() {
  static const std::vector<Export> all{
      {{"export_csv_rows_per_second", "rows/s", "bare SELECT of the same windows"},
       Layer::Silver,
       kQuantities},
      {{"export_csv_bronze_rows_per_second", "rows/s", "bare SELECT of as many windows"}, Layer::Bronze, 1},
      {{"export_csv_gold_rows_per_second", "rows/s", "bare SELECT of the same windows"},
       Layer::Gold,
       kQuantities}};
  return all;
}

void measureExport(const Run &run, const Export &what, const SampleStore &store) {
  const TimeUs from = run.size() == Size::Normal ? store.to_us - 7 * kDay : store.from_us;
  const std::int64_t windows = (store.to_us - from) / kSecond;
  const auto rows = static_cast<double>(windows * what.rows_a_window);
  const std::unique_ptr<StoreReader> reader = require(StoreReader::open(store.path));
  WindowScan scan(store.path, kSecond);
  ExportRequest request;
  request.layer = what.layer;
  request.from_us = from;
  std::vector<double> rates;
  std::vector<double> limits;
  alternate(
      kRounds,
      [&] {
        const Clock clock;
        const std::int64_t written =
            require(exportCsv(*reader, request, "/dev/null", std::atomic<bool>(false)));
        rates.push_back(rows / clock.seconds());
        require(written == windows * what.rows_a_window, "the export wrote another number of rows");
      },
      [&] {
        const Clock clock;
        require(scan.run(1, from, store.to_us) == windows, "the scan found another number of windows");
        limits.push_back(rows / clock.seconds());
      });
  run.tell(what.figure, rates, limits);
}

void measure(const Run &run) {
  for (const Export &what : exports())
    if (run.wants(what.figure))
      measureExport(run, what, sampleStore(run, 1, run.isQuick() ? 1 : 30));
}

} // namespace

Benchmark csvExportBench() {
  Benchmark benchmark;
  for (const Export &what : exports())
    benchmark.figures.push_back(what.figure);
  benchmark.measure = measure;
  return benchmark;
}

} // namespace meteorograph::bench
