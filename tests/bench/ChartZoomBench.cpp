// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/BenchWindow.h"
#include "tests/bench/Clock.h"
#include "tests/bench/LargeStore.h"
#include "tests/bench/Offscreen.h"

namespace meteorograph::bench {

namespace {

constexpr int kGesture_ms = 16;    ///< between two turns of the wheel: a screen's rate
constexpr int kFineTurn = 30;      ///< a quarter of a notch: some 270 turns from a month to a second
constexpr int kNotch = 120;        ///< in quick runs and bursts
constexpr int kPanEvery = 5;       ///< turns
constexpr double kPlace = 0.6;     ///< of the charts' width, where the wheel turns
constexpr int kBursts = 24;        ///< each of which ends with the exact picture
constexpr int kTurnsOfABurst = 11; ///< six of them go from a month to a second
constexpr TimeUs kClosest = kSecond;

const Figure kFrames{"chart_zoom_frames_per_second", "1/s", "turns of the wheel"};
const Figure kExact{"chart_zoom_exact_ms", "ms", ""};
const Figure kExactMax{"chart_zoom_exact_ms_max", "ms", ""};

/// Turns the wheel at a screen's rate while `wanted` holds; every fifth turn pans. How many turns.
int gesture(BenchWindow &bench, int angle, const std::function<bool(int turn)> &wanted) {
  int turns = 0;
  QEventLoop loop;
  QTimer timer;
  timer.setTimerType(Qt::PreciseTimer);
  QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
    if (!wanted(turns))
      return loop.quit();
    const bool pans = ++turns % kPanEvery == 0;
    bench.turnWheel(kPlace, pans ? (turns % 2 == 0 ? kFineTurn : -kFineTurn) : angle, pans);
  });
  timer.start(kGesture_ms);
  loop.exec();
  return turns;
}

/// From everything to a second and back, without a pause.
void measureFrames(const Run &run, BenchWindow &bench, const SampleStore &store) {
  const int angle = run.isQuick() ? kNotch : kFineTurn;
  const auto width = [&bench] { return bench.controller().live().range().width(); };
  bench.takePainted();
  const Clock clock;
  int turns = gesture(bench, angle, [&](int) { return width() > kClosest; });
  turns += gesture(bench, -angle, [&](int) { return width() < store.to_us - store.from_us; });
  const double seconds = clock.seconds();
  run.tell(kFrames, {bench.takePainted() / seconds}, {turns / seconds});
}

/// Milliseconds from the last turn of each burst until the exact picture.
void measureExact(const Run &run, BenchWindow &bench) {
  std::vector<double> times;
  for (int burst = 0; burst < kBursts; ++burst) {
    const bool closer = burst / 6 % 2 == 0;
    gesture(bench, closer ? kNotch : -kNotch, [](int turn) { return turn < kTurnsOfABurst; });
    bench.turnWheel(kPlace, kFineTurn, true);
    const Clock clock;
    bench.awaitExact();
    times.push_back(clock.milliseconds());
  }
  run.tell(kExact, times, {});
  run.tell(kExactMax, quantile(times, 1), 0, times);
}

void measure(const Run &run) {
  const SampleStore store = largeStore(run);
  const Offscreen application;
  BenchWindow bench(store.path, run.path(""));
  bench.showRange({store.from_us, store.to_us});
  bench.awaitExact();
  if (run.wants(kFrames))
    measureFrames(run, bench, store);
  bench.showRange({store.from_us, store.to_us});
  bench.awaitExact();
  if (run.wants(kExact) || run.wants(kExactMax))
    measureExact(run, bench);
}

} // namespace

Benchmark chartZoomBench() { return {{kFrames, kExact, kExactMax}, measure}; }

} // namespace meteorograph::bench
