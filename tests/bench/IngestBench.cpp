// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/EngineRun.h"
#include "tests/bench/LimitPass.h"

#include <algorithm>

namespace meteorograph::bench {

namespace {

constexpr int kRounds = 3;

const Figure kIngest{"ingest_400hz", "readings/s", "slower of parse_only and insert_only"};
const Figure kParse{"parse_only", "readings/s", "split into lines by memchr"};
const Figure kInsert{"insert_only", "readings/s", "prepared INSERT into one plain table"};
const Figure kMemory{"peak_rss_mib", "MiB", ""};

struct Rounds {
  std::vector<double> ingest, memory, limit, parse, split, commit, bare;
};

void measurePass(const Run &run, const Corpus &corpus, LimitPass::Parts parts, Rounds &rounds) {
  const auto count = static_cast<double>(corpus.readings);
  const LimitPass::Seconds seconds = LimitPass(run.path("limit"), parts).run(corpus);
  rounds.split.push_back(count / seconds.split);
  rounds.parse.push_back(count / seconds.parse);
  if (parts == LimitPass::Parts::Source)
    return;
  rounds.commit.push_back(count / seconds.commit);
  rounds.bare.push_back(count / seconds.bare);
  rounds.limit.push_back(count / std::max(seconds.parse, seconds.commit));
}

void measureEngine(const Run &run, const Corpus &corpus, Rounds &rounds) {
  const std::string store = run.path("ingest.meteorograph");
  const EngineRun engine = ingestAlone(store, corpus.folder, corpus.readings);
  removeStore(store);
  rounds.ingest.push_back(static_cast<double>(corpus.readings) / engine.seconds);
  rounds.memory.push_back(engine.peak_rss_mib);
}

void measure(const Run &run) {
  const Corpus corpus = fastCorpus(run);
  const bool engine = run.wants(kIngest) || run.wants(kMemory);
  const bool pass = run.wants(kIngest) || run.wants(kParse) || run.wants(kInsert);
  const bool all = run.wants(kIngest) || run.wants(kInsert);
  Rounds rounds;
  alternate(
      kRounds,
      [&] {
        if (engine)
          measureEngine(run, corpus, rounds);
      },
      [&] {
        if (pass)
          measurePass(run, corpus, all ? LimitPass::Parts::All : LimitPass::Parts::Source, rounds);
      });
  if (engine) {
    run.tell(kIngest, rounds.ingest, rounds.limit);
    run.tell(kMemory, rounds.memory, {});
  }
  if (pass)
    run.tell(kParse, rounds.parse, rounds.split);
  if (all)
    run.tell(kInsert, rounds.commit, rounds.bare);
}

} // namespace

Benchmark ingestBench() { return {{kIngest, kParse, kInsert, kMemory}, measure}; }

} // namespace meteorograph::bench
