// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/EngineRun.h"
#include "tests/bench/LimitPass.h"

#include <algorithm>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 3;

const Figure kFigure{"ingest_1hz_small_files", "readings/s", "slower of read and parse, and insert"};

void measure(const Run &run) {
  const Corpus corpus = smallFiles(run, run.isQuick() ? 2'000 : 20'000);
  const auto count = static_cast<double>(corpus.readings);
  const std::string store = run.path("small.meteorograph");
  std::vector<double> rates;
  std::vector<double> limits;
  alternate(
      kRounds,
      [&] {
        rates.push_back(count / ingestAlone(store, corpus.folder, corpus.readings).seconds);
        removeStore(store);
      },
      [&] {
        const LimitPass::Seconds seconds = LimitPass(run.path("limit"), LimitPass::Parts::All).run(corpus);
        limits.push_back(count / std::max(seconds.read + seconds.parse, seconds.commit));
      });
  run.tell(kFigure, rates, limits);
}

} // namespace

Benchmark smallFilesBench() { return {{kFigure}, measure}; }

} // namespace meteorograph::bench
