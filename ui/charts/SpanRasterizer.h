// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SpanCoverage.h"

#include <QColor>
#include <QImage>
#include <QRectF>

#include <span>
#include <vector>

namespace meteorograph::ui {

/// A corner of a polyline in device pixels. `arc` is the length of the line up to it; only dashes
/// read it.
struct SpanVertex {
  float x = 0;
  float y = 0;
  float arc = 0;
};

/// Upper and lower edge of a band at one place, in device pixels (y grows downwards).
struct BandVertex {
  float x = 0;
  float top = 0;
  float bottom = 0;
};

/// How a line is drawn; lengths in device pixels. `dash` or `gap` 0 means solid.
struct SpanPen {
  QColor colour;
  double opacity = 1;
  double width = 1;
  double dash = 0;
  double gap = 0;
};

/// Writes lines whose x never decreases into an image as anti-aliased vertical spans, one a pixel
/// column: the line is a function of x, so its stroke with round joins is, in each column, what
/// lies between an upper and a lower edge. That costs some dozen nanoseconds a column whatever the
/// number of points, where a general path rasterizer takes a hundred times as long for dashed and
/// thick pens. The image must be RGB32 or ARGB32_Premultiplied and outlive it; one thread at a
/// time. Nothing is drawn outside of `clip` (device pixels, taken to whole ones).
class SpanRasterizer {
public:
  SpanRasterizer(QImage &image, const QRectF &clip);

  /// A line through the vertices; a single vertex becomes a dot as wide as the pen.
  void drawLine(std::span<const SpanVertex> vertices, const SpanPen &pen);
  /// The area between the edges, filled with the colour at the opacity.
  void drawBand(std::span<const BandVertex> vertices, const QColor &colour, double opacity);
  /// A disc.
  void drawDot(float x, float y, double diameter, const QColor &colour, double opacity);

private:
  void prepare(float firstX, float lastX, float reach, int cellsPerColumn);
  void sampleLine(std::span<const SpanVertex> vertices);
  template <class Take> void forEachCell(float x0, float y0, float x1, float y1, Take take) const;
  void sampleCorner(std::span<const SpanVertex> vertices, std::size_t index);
  void sampleColumnEdges(std::span<const SpanVertex> vertices);
  void dilate(float radius);
  float reachOf(const std::vector<float> &edge, std::size_t cell, float radius, float sign) const;
  void addColumn(int column);
  void addCell(const std::vector<float> &edge, std::size_t cell, float weight);
  void fill(const SpanPen &pen);
  void blendDashed(int column, std::uint32_t pixel, const SpanPen &pen);

  QRect m_clip;
  SpanCoverage m_coverage;
  int m_firstColumn = 0; ///< of the line at hand, with room for the pen
  int m_columns = 0;
  int m_cellsPerColumn = 1;
  float m_cell = 1;         ///< width of a cell
  std::vector<float> m_top; ///< per cell: highest and lowest place of the line at its middle
  std::vector<float> m_bottom;
  std::vector<float> m_upper; ///< the same, widened by the pen
  std::vector<float> m_lower;
  std::vector<float> m_offsets;          ///< height of the pen's disc at whole cells from its middle
  std::vector<SpanVertex> m_columnEdges; ///< the line where it crosses a column's left edge
};

} // namespace meteorograph::ui
