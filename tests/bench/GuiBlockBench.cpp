// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/BenchWindow.h"
#include "tests/bench/Clock.h"
#include "tests/bench/Corpus.h"
#include "tests/bench/EngineRun.h"
#include "tests/bench/Heartbeat.h"
#include "tests/bench/LargeStore.h"
#include "tests/bench/Offscreen.h"

#include "ui/BottomPanel.h"

#include <filesystem>
#include <thread>

namespace meteorograph::bench {

namespace {

constexpr int kDelivery_ms = 100; ///< between two files of a tenth of a second
constexpr int kGesture_ms = 16;
constexpr int kNotch = 120;
constexpr int kRefresh_ms = 250; ///< the fastest that can be chosen

const Figure kBlock{"gui_longest_block_ms", "ms", ""};
const Figure kBlockProcessor{"gui_longest_block_ms_processor", "ms", ""};
const Figure kBlockP99{"gui_longest_block_ms_p99", "ms", ""};

/// From the whole of a large store to a second and back.
void zoom(BenchWindow &bench, int turns) {
  for (const int direction : {1, -1})
    for (int turn = 0; turn < turns; ++turn) {
      bench.turnWheel(0.6, direction * kNotch, turn % 5 == 4);
      Offscreen::runFor(kGesture_ms);
    }
}

/// Ten devices at 400 Hz come in, a file each tenth of a second, while someone looks at every list.
void watchLive(BenchWindow &bench, const Corpus &files, const std::string &landing) {
  bench.controller().setInterval(kRefresh_ms);
  bench.engine().follow({landing});
  bench.controller().changeRange([](ui::LiveState &live) { live.showSpan(ui::LiveSpan::last(kMinute)); });
  bench.controller().setNowSource(ui::NowSource::NewestData);
  std::thread sensor([&files, &landing] {
    for (const std::string &path : files.files) {
      std::filesystem::rename(path, landing + "/" + std::filesystem::path(path).filename().string());
      std::this_thread::sleep_for(std::chrono::milliseconds(kDelivery_ms));
    }
  });
  auto *lists = bench.window().findChild<ui::BottomPanel *>();
  const int share = static_cast<int>(files.files.size()) * kDelivery_ms / 5;
  for (const int tab :
       {ui::BottomPanel::PipelineTab, ui::BottomPanel::FilesTab, ui::BottomPanel::QuarantineTab,
        ui::BottomPanel::EventsTab, ui::BottomPanel::PipelineTab}) {
    lists->setTab(tab);
    Offscreen::runFor(share);
  }
  sensor.join();
}

void measure(const Run &run) {
  const SampleStore large = largeStore(run);
  const Corpus many = smallFiles(run, run.isQuick() ? 500 : 5'000);
  const Corpus files = liveFiles(run, run.isQuick() ? 31 : 301);
  const std::string store = run.path("block.meteorograph");
  const std::string landing = run.path("block-landing");
  std::filesystem::create_directories(landing);
  ingestAlone(store, many.folder, many.readings);
  const Offscreen application;
  std::vector<double> blocks;
  std::vector<double> processor;
  const auto watch = [&](const std::string &path, const std::function<void(BenchWindow &)> &work) {
    BenchWindow bench(path, run.path(""));
    bench.awaitExact();
    const Heartbeat heartbeat;
    work(bench);
    blocks.insert(blocks.end(), heartbeat.blocks.begin(), heartbeat.blocks.end());
    processor.insert(processor.end(), heartbeat.processor.begin(), heartbeat.processor.end());
  };
  watch(large.path, [&](BenchWindow &bench) { zoom(bench, run.isQuick() ? 20 : 80); });
  watch(store, [&](BenchWindow &bench) { watchLive(bench, files, landing); });
  run.tell(kBlock, quantile(blocks, 1), 0, blocks);
  run.tell(kBlockProcessor, quantile(processor, 1), 0, processor);
  run.tell(kBlockP99, quantile(blocks, 0.99), 0, blocks);
}

} // namespace

Benchmark guiBlockBench() { return {{kBlock, kBlockProcessor, kBlockP99}, measure}; }

} // namespace meteorograph::bench
