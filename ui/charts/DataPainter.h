// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"
#include "ui/charts/LineGeometry.h"
#include "ui/charts/SpanRasterizer.h"

#include <QImage>
#include <QPen>
#include <QPolygonF>

#include <optional>

class QPainter;

namespace meteorograph::ui {

/// Draws the lines of all panes: first every band, then raw lines, then averages, then isolated
/// points. What is drawn is decided here; how, by the two kinds below. Refers to its arguments.
class DataPainter {
public:
  DataPainter(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout, double scale);
  virtual ~DataPainter() = default;
  DataPainter(const DataPainter &) = delete;
  DataPainter &operator=(const DataPainter &) = delete;

  void paint();
  void paintPane(std::size_t index);

protected:
  virtual void beginPane(const QRectF &plot) = 0; ///< in picture pixels; nothing may leave it
  virtual void line(std::span<const SpanVertex> vertices, const SpanPen &pen) = 0;
  virtual void band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) = 0;
  virtual void dot(double x, double y, double diameter, const QColor &colour, double opacity) = 0;
  virtual void endPane() {}

private:
  struct Item {
    const SeriesLine *line;
    LineGeometry geometry;
    QColor colour;
    PlotTransform transform;
    bool hasBand;
    bool hasRaw;
  };
  void paintPlot(std::size_t index, const PaneLayout &plot, std::optional<DeviceId> only);
  void paintBands(Item &item);
  void paintRaw(Item &item);
  void paintAverage(Item &item);
  void paintDots(const Item &item);

  const ChartScene &m_scene;
  const ChartTheme &m_theme;
  const ChartLayout &m_layout;
  double m_scale; ///< picture pixels a logical pixel
  LineRoom m_room;
};

/// By spans, into an image with its device pixel ratio.
class SpanDataPainter final : public DataPainter {
public:
  SpanDataPainter(QImage &image, const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout);

private:
  void beginPane(const QRectF &plot) override { m_rasterizer.emplace(m_image, plot); }
  void line(std::span<const SpanVertex> vertices, const SpanPen &pen) override {
    m_rasterizer->drawLine(vertices, pen);
  }
  void band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) override {
    m_rasterizer->drawBand(vertices, colour, opacity);
  }
  void dot(double x, double y, double diameter, const QColor &colour, double opacity) override {
    m_rasterizer->drawDot(static_cast<float>(x), static_cast<float>(y), diameter, colour, opacity);
  }

  QImage &m_image;
  std::optional<SpanRasterizer> m_rasterizer;
};

/// The same on two threads, each of which takes one pane after the other: panes share no pixel. The other
/// one is a pool's, and if it is busy with something else, this one paints all.
void paintDataBySpans(QImage &image, const ChartScene &scene, const ChartTheme &theme,
                      const ChartLayout &layout);

/// By line segments, into any painter. Cuts them to the plot itself, because QSvgGenerator has no clip.
class SegmentDataPainter final : public DataPainter {
public:
  SegmentDataPainter(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                     const ChartLayout &layout);

private:
  void beginPane(const QRectF &plot) override;
  void line(std::span<const SpanVertex> vertices, const SpanPen &pen) override;
  void band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) override;
  void dot(double x, double y, double diameter, const QColor &colour, double opacity) override;
  void endPane() override;
  void piece(const QPolygonF &corners, const QPen &pen, double start);

  QPainter &m_painter;
  QRectF m_plot;
};

/// The few marks that are not lines: each device's shape at its line's end while several are shown,
/// ticks at the foot of a pane under columns that late readings repaired, and rings around values
/// that are likely faults.
void paintDataMarks(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout);

} // namespace meteorograph::ui
