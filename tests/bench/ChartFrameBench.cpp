// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"
#include "tests/bench/DenseScene.h"
#include "tests/bench/Offscreen.h"
#include "tests/bench/Run.h"

#include "ui/charts/ChartPainter.h"
#include "ui/charts/DataPainter.h"

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
constexpr int kUntilKept = 2;     ///< pictures with the same frame, then it is kept
constexpr TimeUs kStep = kSecond; ///< that the range moves on by: about a pixel

const Figure kStatic{"chart_frame_static_ms", "ms", kLimit};
const Figure kStaticP95{"chart_frame_static_ms_p95", "ms", kLimit};
const Figure kMoving{"chart_frame_moving_ms", "ms", kLimit};
const Figure kMovingP95{"chart_frame_moving_ms_p95", "ms", kLimit};
const Figure kThinStatic{"chart_frame_static_ms_thin", "ms", kLimit};
const Figure kThinStaticP95{"chart_frame_static_ms_thin_p95", "ms", kLimit};
const Figure kThinMoving{"chart_frame_moving_ms_thin", "ms", kLimit};
const Figure kThinMovingP95{"chart_frame_moving_ms_thin_p95", "ms", kLimit};
const Figure kMarked{"chart_frame_marked_ms", "ms", kLimit};
const Figure kMarkedP95{"chart_frame_marked_ms_p95", "ms", kLimit};

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
      for (const Dot &each : pane.dots)
        rasterizer.drawDot(each.x, each.y, each.diameter, each.colour, each.opacity);
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
  struct Dot {
    float x;
    float y;
    double diameter;
    QColor colour;
    double opacity;
  };
  struct Pane {
    QRectF plot;
    std::vector<Line> lines;
    std::vector<Band> bands;
    std::vector<Dot> dots;
  };

  void beginPane(const QRectF &plot) override { m_panes.push_back({plot, {}, {}, {}}); }
  void line(std::span<const SpanVertex> vertices, const SpanPen &pen) override {
    m_panes.back().lines.push_back({{vertices.begin(), vertices.end()}, pen});
  }
  void band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) override {
    m_panes.back().bands.push_back({vertices, colour, opacity});
  }
  void dot(double x, double y, double diameter, const QColor &colour, double opacity) override {
    m_panes.back().dots.push_back({static_cast<float>(x), static_cast<float>(y), diameter, colour, opacity});
  }

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

/// What was measured of a picture, and of its strokes alone, in milliseconds.
struct Times {
  std::vector<double> frames;
  std::vector<double> limits;
};

void tell(const Run &run, const Figure &middle, const Figure &slow, const Times &times) {
  run.tell(middle, times.frames, times.limits);
  run.tell(slow, quantile(times.frames, 0.95), quantile(times.limits, 0.95), times.frames);
}

/// The range stands still: the frame is kept, the data is drawn anew.
Times measureStatic(const LinePens &pens, int rounds) {
  const ChartScene scene = denseScene(pens);
  const ChartPainter painter(scene, chartTheme(true), kSize);
  KeptFrame frame;
  QImage picture;
  for (int before = 0; before < kUntilKept; ++before)
    painter.render(picture, 1, frame);
  Times times;
  alternate(
      rounds,
      [&] {
        const Clock clock;
        painter.render(picture, 1, frame);
        times.frames.push_back(clock.milliseconds());
      },
      [&] { times.limits.push_back(rasterise(scene)); });
  return times;
}

/// The range moves on with each picture: layout, frame and data are made anew.
Times measureMoving(ChartScene scene, int rounds) {
  KeptFrame frame;
  QImage picture;
  Times times;
  alternate(
      rounds,
      [&] {
        scene.from_us += kStep;
        scene.to_us += kStep;
        const Clock clock;
        ChartPainter(scene, chartTheme(true), kSize).render(picture, 1, frame);
        times.frames.push_back(clock.milliseconds());
      },
      [&] { times.limits.push_back(rasterise(scene)); });
  return times;
}

void measure(const Run &run) {
  const Offscreen application;
  ChartPainter(denseScene(), chartTheme(true), kSize).render(1); // finds the fonts
  const int rounds = run.isQuick() ? kQuickRounds : kRounds;
  if (run.wants(kStatic) || run.wants(kStaticP95))
    tell(run, kStatic, kStaticP95, measureStatic(thickPens(), rounds));
  if (run.wants(kMoving) || run.wants(kMovingP95))
    tell(run, kMoving, kMovingP95, measureMoving(denseScene(thickPens()), rounds));
  if (run.wants(kThinStatic) || run.wants(kThinStaticP95))
    tell(run, kThinStatic, kThinStaticP95, measureStatic({}, rounds));
  if (run.wants(kThinMoving) || run.wants(kThinMovingP95))
    tell(run, kThinMoving, kThinMovingP95, measureMoving(denseScene({}), rounds));
  if (run.wants(kMarked) || run.wants(kMarkedP95))
    tell(run, kMarked, kMarkedP95, measureMoving(markedScene(), rounds));
}

} // namespace

Benchmark chartFrameBench() {
  return {{kStatic, kStaticP95, kMoving, kMovingP95, kThinStatic, kThinStaticP95, kThinMoving, kThinMovingP95,
           kMarked, kMarkedP95},
          measure};
}

} // namespace meteorograph::bench
