// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/BenchWindow.h"
#include "tests/bench/Corpus.h"
#include "tests/bench/EngineRun.h"
#include "tests/bench/Heartbeat.h"
#include "tests/bench/Offscreen.h"

#include "core/store/Database.h"

#include <csignal>
#include <filesystem>
#include <sys/resource.h>

namespace meteorograph::bench {

namespace {

constexpr int kPatience_ms = 20'000;

const Figure kBlock{"gui_block_in_faults_ms", "ms", ""};

/// Something that goes wrong, and passes.
struct Fault {
  const char *name;
  std::function<void()> begin;
  std::function<void()> end;
};

/// Lowers a limit of this process as long as the fault lasts.
Fault limit(const char *name, __rlimit_resource resource, const std::function<rlim_t()> &to) {
  const auto before = std::make_shared<rlimit>();
  return {name,
          [=] {
            require(::getrlimit(resource, before.get()) == 0, name);
            const rlimit lower{to(), before->rlim_max};
            require(::setrlimit(resource, &lower) == 0, name);
          },
          [=] { require(::setrlimit(resource, before.get()) == 0, name); }};
}

Fault away(const char *name, const std::string &path) {
  return {name, [path] { std::filesystem::rename(path, path + "-away"); },
          [path] { std::filesystem::rename(path + "-away", path); }};
}

Fault lockedBy(Database &other) {
  return {"the store is locked by another program", [&other] { other.execute("BEGIN IMMEDIATE"); },
          [&other] { other.execute("ROLLBACK"); }};
}

std::vector<Fault> faults(const std::string &store, const std::string &landing, Database &other) {
  return {away("the source is not there", landing), away("the store is not there", store), lockedBy(other),
          limit("no file can be written further", RLIMIT_FSIZE, [] { return rlim_t{1}; }),
          limit("no file can be opened", RLIMIT_NOFILE, [] { return rlim_t{3}; })};
}

/// A window that follows a folder, and one fault after the other while files come in.
void measure(const Run &run) {
  std::signal(SIGXFSZ, SIG_IGN); // what is written beyond the limit fails instead
  const int fault_ms = run.isQuick() ? 300 : 3'000;
  const Corpus many = smallFiles(run, run.isQuick() ? 200 : 5'000);
  const std::string store = run.path("faults.meteorograph");
  const std::string landing = run.path("faults-landing");
  std::filesystem::create_directories(landing);
  ingestAlone(store, many.folder, many.readings);
  const Offscreen application;
  BenchWindow bench(store, run.path(""));
  bench.awaitExact();
  bench.engine().follow({landing});
  Result<Database> other = Database::open(store, Database::Mode::ReadWrite);
  require(other.has_value(), "the store cannot be opened twice");
  const std::vector<Fault> all = faults(store, landing, *other);
  const Corpus files = liveFiles(run, static_cast<int>(all.size()) * 3);
  std::size_t next = 0;
  const auto deliver = [&] {
    const std::filesystem::path file = files.files.at(next++);
    std::filesystem::rename(file, landing + "/" + file.filename().string());
  };
  std::vector<double> blocks;
  for (const Fault &fault : all) {
    deliver();
    const Heartbeat heartbeat;
    fault.begin();
    Offscreen::runFor(fault_ms);
    fault.end();
    deliver();
    Offscreen::runFor(fault_ms / 3);
    deliver();
    Offscreen::runFor(fault_ms / 3);
    blocks.push_back(quantile(heartbeat.blocks, 1));
  }
  const std::int64_t expected = many.readings + files.readings;
  for (int waited = 0; other->count("SELECT readings FROM totals") < expected; waited += 100) {
    require(waited < kPatience_ms, "what came in during the faults is not stored after them");
    Offscreen::runFor(100);
  }
  run.tell(kBlock, quantile(blocks, 1), 0, blocks);
}

} // namespace

Benchmark faultBlockBench() { return {{kBlock}, measure}; }

} // namespace meteorograph::bench
