// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/DenseScene.h"
#include "tests/bench/Run.h"

#include "ui/charts/ChartView.h"

#include <QApplication>
#include <QEventLoop>
#include <QTimer>

#include <ctime>

namespace meteorograph::bench {

namespace {

using namespace meteorograph::ui;

constexpr QSize kSize(1600, 1000);
constexpr int kMeasured_ms = 10'000;
constexpr int kQuickMeasured_ms = 2'000;
constexpr int kFastest = 60; ///< pictures a second

const Figure kFast{"chart_live_cpu_60", "% of a core", ""};
const Figure kFrames{"chart_live_frames_per_second", "1/s", "asked for"};
const Figure kSlow{"chart_live_cpu_1", "% of a core", ""};

struct Live {
  double share = 0;     ///< of one core, in per cent
  double perSecond = 0; ///< pictures painted
};

double processorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Counts what it paints.
class CountingView final : public ChartView {
public:
  int painted = 0;

private:
  void paintEvent(QPaintEvent *event) override {
    ChartView::paintEvent(event);
    ++painted;
  }
};

/// The range moves on `perSecond` times a second.
Live showLive(int perSecond, int measured_ms) {
  ChartScene scene = denseScene();
  CountingView view;
  view.resize(kSize);
  view.setScene(scene);
  view.show();
  QCoreApplication::processEvents();
  QTimer timer;
  timer.setTimerType(Qt::PreciseTimer);
  QObject::connect(&timer, &QTimer::timeout, &view, [&] {
    scene.from_us += kSecond / perSecond;
    scene.to_us += kSecond / perSecond;
    view.setScene(scene);
  });
  QEventLoop loop;
  QTimer::singleShot(measured_ms, &loop, &QEventLoop::quit);
  view.painted = 0;
  const Clock clock;
  const double before = processorSeconds();
  timer.start(1000 / perSecond);
  loop.exec();
  const double used = processorSeconds() - before;
  const double passed = clock.seconds();
  require(view.painted > 0, "nothing was painted");
  return {used / passed * 100, view.painted / passed};
}

void measure(const Run &run) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  int argc = 1;
  char name[] = "meteorograph-bench";
  char *argv[] = {name, nullptr};
  const QApplication application(argc, argv);
  const int measured = run.isQuick() ? kQuickMeasured_ms : kMeasured_ms;
  if (run.wants(kFast) || run.wants(kFrames)) {
    const Live live = showLive(kFastest, measured);
    run.tell(kFast, {live.share}, {});
    run.tell(kFrames, {live.perSecond}, {kFastest});
  }
  if (run.wants(kSlow))
    run.tell(kSlow, {showLive(1, measured).share}, {});
}

} // namespace

Benchmark chartLiveBench() { return {{kFast, kFrames, kSlow}, measure}; }

} // namespace meteorograph::bench
