// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/SampleStore.h"
#include "tests/bench/WindowScan.h"

#include "core/engine/CsvExport.h"

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 5;
constexpr int kQuantities = 3; ///< rows of a window

const Figure kFigure{"export_csv_rows_per_second", "rows/s", "bare SELECT of the same windows"};

void measure(const Run &run) {
  const SampleStore store = sampleStore(run, 1, run.isQuick() ? 1 : 30);
  const TimeUs from = run.size() == Size::Normal ? store.to_us - 7 * kDay : store.from_us;
  const std::int64_t windows = (store.to_us - from) / kSecond;
  const auto rows = static_cast<double>(windows * kQuantities);
  const std::unique_ptr<StoreReader> reader = require(StoreReader::open(store.path));
  WindowScan scan(store.path, kSecond);
  ExportRequest request;
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
        require(written == windows * kQuantities, "the export wrote another number of rows");
      },
      [&] {
        const Clock clock;
        require(scan.run(1, from, store.to_us) == windows, "the scan found another number of windows");
        limits.push_back(rows / clock.seconds());
      });
  run.tell(kFigure, rates, limits);
}

} // namespace

Benchmark csvExportBench() { return {{kFigure}, measure}; }

} // namespace meteorograph::bench
