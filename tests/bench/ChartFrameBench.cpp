// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/DenseScene.h"
#include "tests/bench/Run.h"

#include "ui/charts/ChartPainter.h"
#include "ui/charts/DataPainter.h"

#include <QGuiApplication>

#include <algorithm>
#include <limits>

namespace meteorograph::bench {

namespace {

using namespace meteorograph::ui;

constexpr int kRounds = 61;
constexpr int kQuickRounds = 7;
constexpr const char *kLimit = "span rasteriser alone, the same lines";
constexpr QSize kSize(1600, 1000);
constexpr int kDraws = 4;

const Figure kStatic{"chart_frame_static_ms", "ms", kLimit};
const Figure kStaticP95{"chart_frame_static_ms_p95", "ms", kLimit};
const Figure kMoving{"chart_frame_moving_ms", "ms", kLimit};
const Figure kMovingP95{"chart_frame_moving_ms_p95", "ms", kLimit};

/// Keeps what a picture is drawn with, so that the rasteriser can draw it again by itself.
class StrokeRecorder final : public DataPainter {
public:
  using DataPainter::DataPainter;

  /// Draws all that was recorded.
  void draw(QImage &image) const {
    for (const Pane &pane : m_panes) {
      SpanRasterizer rasterizer(image, pane.plot);
      for (const Band &each : pane.bands)
        rasterizer.drawBand(each.vertices, each.colour, each.opacity);
      for (const Line &each : pane.lines)
        rasterizer.drawLine(each.vertices, each.pen);
    }
  }

private:
  struct Line {
    std::vector<SpanVertex> vertices;
    SpanPen pen;
  };
  struct Band {
    std::vector<BandVertex> vertices;
    QColor colour;
    double opacity;
  };
  struct Pane {
    QRectF plot;
    std::vector<Line> lines;
    std::vector<Band> bands;
  };

  void beginPane(const QRectF &plot) override { m_panes.push_back({plot, {}, {}}); }
  void line(const std::vector<SpanVertex> &vertices, const SpanPen &pen) override {
    m_panes.back().lines.push_back({vertices, pen});
  }
  void band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) override {
    m_panes.back().bands.push_back({vertices, colour, opacity});
  }
  void dot(double, double, double, const QColor &, double) override {}

  std::vector<Pane> m_panes;
};

/// The fastest of a few draws: the first finds neither the image nor its own arrays in the cache.
double rasterise(const ChartScene &scene) {
  const ChartPainter painter(scene, chartTheme(true), kSize);
  StrokeRecorder recorder(scene, chartTheme(true), painter.layout(), 1);
  recorder.paint();
  QImage image(kSize, QImage::Format_RGB32);
  image.fill(chartTheme(true).card);
  double best = std::numeric_limits<double>::max();
  for (int draw = 0; draw < kDraws; ++draw) {
    const Clock clock;
    recorder.draw(image);
    best = std::min(best, clock.milliseconds());
  }
  return best;
}

void tell(const Run &run, const Figure &middle, const Figure &slow, const std::vector<double> &times,
          const std::vector<double> &limits) {
  run.tell(middle, times, limits);
  run.tell(slow, quantile(times, 0.95), quantile(limits, 0.95), times);
}

/// The range stands still: the frame is kept, the data is drawn anew.
void measureStatic(const Run &run, int rounds) {
  const ChartScene scene = denseScene();
  const ChartPainter painter(scene, chartTheme(true), kSize);
  const QImage frame = painter.renderFrame(1);
  std::vector<double> times;
  std::vector<double> limits;
  alternate(
      rounds,
      [&] {
        const Clock clock;
        QImage drawn = frame.copy();
        painter.drawData(drawn);
        times.push_back(clock.milliseconds());
      },
      [&] { limits.push_back(rasterise(scene)); });
  tell(run, kStatic, kStaticP95, times, limits);
}

/// The range moves on with each picture: layout, frame and data are made anew.
void measureMoving(const Run &run, int rounds) {
  ChartScene scene = denseScene();
  std::vector<double> times;
  std::vector<double> limits;
  alternate(
      rounds,
      [&] {
        scene.from_us += kSecond;
        scene.to_us += kSecond;
        const Clock clock;
        ChartPainter(scene, chartTheme(true), kSize).render(1);
        times.push_back(clock.milliseconds());
      },
      [&] { limits.push_back(rasterise(scene)); });
  tell(run, kMoving, kMovingP95, times, limits);
}

void measure(const Run &run) {
  qputenv("QT_QPA_PLATFORM", "offscreen"); // pictures need no display
  int argc = 1;
  char name[] = "meteorograph-bench";
  char *argv[] = {name, nullptr};
  const QGuiApplication application(argc, argv);
  ChartPainter(denseScene(), chartTheme(true), kSize).render(1); // finds the fonts
  const int rounds = run.isQuick() ? kQuickRounds : kRounds;
  if (run.wants(kStatic) || run.wants(kStaticP95))
    measureStatic(run, rounds);
  if (run.wants(kMoving) || run.wants(kMovingP95))
    measureMoving(run, rounds);
}

} // namespace

Benchmark chartFrameBench() { return {{kStatic, kStaticP95, kMoving, kMovingP95}, measure}; }

} // namespace meteorograph::bench
