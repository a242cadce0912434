// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/BareTable.h"
#include "tests/bench/Clock.h"
#include "tests/bench/Corpus.h"
#include "tests/bench/EngineRun.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

namespace meteorograph::bench {

namespace {

using std::chrono::milliseconds;

/// Between two looks of the second connection: it must not take the engine's processor away.
constexpr std::chrono::microseconds kLook{100};
constexpr double kGiveUp = 30; ///< seconds
constexpr const char *kLimit = "bare commit of the same rows";

const Figure kMedian{"live_latency_ms", "ms", kLimit};
const Figure kP99{"live_latency_ms_p99", "ms", kLimit};
const Figure kMax{"live_latency_ms_max", "ms", kLimit};

/// The second connection: how many readings silver counts in the second that is being written.
class Onlooker {
public:
  explicit Onlooker(const std::string &store)
      : m_database(require(Database::open(store, Database::Mode::ReadOnly))),
        m_count(m_database.prepare("SELECT total(s.temperature_count) FROM device d CROSS JOIN silver s"
                                   " ON s.device_id = d.id AND s.start_s = ?")) {}

  /// Looks at a second for the first time: what it reads anew after a commit would take the engine's
  /// processor away from it later.
  void begin(TimeUs second) {
    m_count.bind(1, second / kSecond);
    count();
  }

  /// Milliseconds from now until that second holds so many readings.
  double await(std::int64_t readings) {
    const Clock clock;
    do {
      require(clock.seconds() < kGiveUp, "the live files do not arrive");
      std::this_thread::sleep_for(kLook);
    } while (count() < readings);
    return clock.milliseconds();
  }

private:
  std::int64_t count() {
    require(m_count.next(), "silver cannot be read: " + m_database.message());
    const std::int64_t readings = m_count.integer(0);
    m_count.reset();
    return readings;
  }

  Database m_database;
  Statement m_count;
};

/// The same 400 rows as one live file has, for the bare table.
std::vector<FileBatch> bareRows(std::int64_t readings) {
  std::vector<FileBatch> step(1);
  for (const std::string_view quantity : {kTemperature, kHumidity, kPressure})
    step[0].batch.quantityColumn(quantity, "");
  for (std::int64_t i = 0; i < readings; ++i) {
    ReadingRow row;
    row.line = i + 1;
    row.event_time_us = row.received_time_us = liveStart() + i;
    const std::size_t index = step[0].batch.addRow(row);
    for (std::size_t column = 0; column < 3; ++column)
      step[0].batch.setValue(index, column, 20.25 + static_cast<double>(i));
  }
  return step;
}

struct Latencies {
  std::vector<double> live;
  std::vector<double> bare;
};

/// Renames the files into the landing folder one by one, each after the one before it was seen.
Latencies deliver(const Run &run, const std::string &store, const Corpus &files, const std::string &landing) {
  const std::int64_t each = files.readings / static_cast<std::int64_t>(files.files.size());
  const std::vector<FileBatch> rows = bareRows(each);
  BareTable bare(run.path("bare-live.sqlite"));
  Onlooker onlooker(store);
  Latencies latencies;
  for (std::size_t i = 0; i < files.files.size(); ++i) {
    const std::string &path = files.files[i];
    const auto tenth = static_cast<std::int64_t>(i);
    onlooker.begin(liveStart() + tenth / 10 * kSecond);
    std::filesystem::rename(path, landing + "/" + std::filesystem::path(path).filename().string());
    const double live = onlooker.await((tenth % 10 + 1) * each);
    // So that the next does not begin in step with what the engine still does after this one.
    std::this_thread::sleep_for(milliseconds(5 + tenth * 7 % 11));
    const Clock clock;
    bare.insert(rows);
    const double alone = clock.milliseconds();
    bare.tidy();
    if (i == 0)
      continue; // the first one also waits for the engine to begin to follow
    latencies.live.push_back(live);
    latencies.bare.push_back(alone);
  }
  return latencies;
}

void measure(const Run &run) {
  const Corpus before = fastCorpus(run);
  const Corpus files = liveFiles(run, run.isQuick() ? 61 : run.size() == Size::Full ? 2001 : 401);
  const std::string store = run.path("live.meteorograph");
  const std::string landing = run.path("landing");
  std::filesystem::create_directories(landing);
  ingestAlone(store, before.folder, before.readings);
  EngineOptions options;
  options.store_path = store;
  const std::unique_ptr<Engine> engine = require(Engine::open(std::move(options)));
  engine->follow({landing});
  const Latencies all = deliver(run, store, files, landing);
  engine->stop();
  run.tell(kMedian, all.live, all.bare);
  run.tell(kP99, quantile(all.live, 0.99), quantile(all.bare, 0.99), all.live);
  run.tell(kMax, quantile(all.live, 1), quantile(all.bare, 1), all.live);
}

} // namespace

Benchmark liveLatencyBench() { return {{kMedian, kP99, kMax}, measure}; }

} // namespace meteorograph::bench
