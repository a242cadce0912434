// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/DenseScene.h"
#include "tests/bench/Offscreen.h"
#include "tests/bench/Run.h"

#include "ui/charts/ChartView.h"

#include <ctime>
#include <fstream>
#include <unistd.h>

namespace meteorograph::bench {

namespace {

using namespace meteorograph::ui;

constexpr QSize kSize(1600, 1000);
constexpr int kMeasured_ms = 10'000;
constexpr int kQuickMeasured_ms = 2'000;
constexpr int kFastest = 60;        ///< pictures a second
constexpr double kRefresh_ms = 250; ///< the shortest refresh that can be chosen
constexpr int kRefreshes = 6000;    ///< ten minutes, ten times a second
constexpr int kQuickRefreshes = 300;
constexpr int kSettling = 100; ///< refreshes until the memory that is used again and again is there
constexpr int kPixels = 1528;
constexpr int kUneven = 50;

const Figure kFast{"chart_live_cpu_60", "% of a core", ""};
const Figure kFrames{"chart_live_frames_per_second", "1/s", "asked for"};
const Figure kSlow{"chart_live_cpu_1", "% of a core", ""};
const Figure kGrowth{"chart_memory_growth_mib", "MiB", ""};

struct Live {
  double share = 0;     ///< of one core, in per cent
  double perSecond = 0; ///< pictures painted
};

double processorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Counts the pictures that it shows.
class CountingView final : public ChartView {
public:
  CountingView() {
    connect(this, &ChartView::pictureShown, this, [this] { ++painted; });
  }
  int painted = 0;
};

/// The range moves on `perSecond` times a second; the data is new as often as a refresh can be chosen
/// to be.
Live showLive(int perSecond, int measured_ms) {
  const ChartScene scene = denseScene();
  CountingView view;
  view.resize(kSize);
  view.setScene(scene);
  view.show();
  QCoreApplication::processEvents();
  ViewRange range{scene.from_us, scene.to_us};
  QTimer timer;
  timer.setTimerType(Qt::PreciseTimer);
  Clock sinceData;
  QObject::connect(&timer, &QTimer::timeout, &view, [&] {
    range = {range.from_us + kSecond / perSecond, range.to_us + kSecond / perSecond};
    if (sinceData.milliseconds() < kRefresh_ms)
      return view.showRange(range);
    sinceData = {};
    ChartScene next = scene;
    next.from_us = range.from_us;
    next.to_us = range.to_us;
    view.setScene(std::move(next));
  });
  view.painted = 0;
  const Clock clock;
  const double before = processorSeconds();
  timer.start(1000 / perSecond);
  Offscreen::runFor(measured_ms);
  const double used = processorSeconds() - before;
  const double passed = clock.seconds();
  require(view.painted > 0, "nothing was painted");
  return {used / passed * 100, view.painted / passed};
}

double residentMiB() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double pages = 0;
  require(static_cast<bool>(file >> total >> pages), "the memory in use is not told");
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// New data and a range that moves on, ten times a second of the data's time; as fast as it goes.
double growth(int refreshes) {
  CountingView view;
  view.resize(kSize);
  view.show();
  SyntheticScene recipe;
  recipe.cadence_us = kSecond / 10;
  const auto refresh = [&](int index) {
    recipe.from_us += kSecond / 10;
    recipe.columns = kPixels + index % kUneven; // answers are not of the same size each time
    view.setScene(recipe.make());
    QCoreApplication::processEvents();
    view.finishPicture();
    view.repaint();
  };
  for (int index = 0; index < kSettling; ++index)
    refresh(index);
  const double before = residentMiB();
  for (int index = 0; index < refreshes; ++index)
    refresh(index);
  require(view.painted >= refreshes, "not everything was painted");
  return residentMiB() - before;
}

void measure(const Run &run) {
  const Offscreen application;
  const int measured = run.isQuick() ? kQuickMeasured_ms : kMeasured_ms;
  if (run.wants(kFast) || run.wants(kFrames)) {
    const Live live = showLive(kFastest, measured);
    run.tell(kFast, {live.share}, {});
    run.tell(kFrames, {live.perSecond}, {kFastest});
  }
  if (run.wants(kSlow))
    run.tell(kSlow, {showLive(1, measured).share}, {});
  if (run.wants(kGrowth))
    run.tell(kGrowth, {growth(run.isQuick() ? kQuickRefreshes : kRefreshes)}, {});
}

} // namespace

Benchmark chartLiveBench() { return {{kFast, kFrames, kSlow, kGrowth}, measure}; }

} // namespace meteorograph::bench
