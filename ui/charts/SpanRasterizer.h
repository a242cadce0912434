// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SpanDashes.h"
#include "ui/charts/SpanStroke.h"
#include "ui/charts/SpanVertex.h"

#include <QColor>
#include <QImage>
#include <QRect>
#include <QRectF>

#include <cstdint>
#include <span>
#include <vector>

namespace meteorograph::ui {

/// How a line is drawn; lengths in device pixels. `dash` or `gap` 0 means solid.
struct SpanPen {
  QColor colour;
  double opacity = 1;
  double width = 1;
  double dash = 0;
  double gap = 0;
};

/// Writes lines whose x never decreases into an image as anti-aliased vertical spans, one a pixel
/// column: the line is a function of x, so its stroke with round joins and caps is, at each x, what
/// lies between an upper and a lower edge. Both are worked out exactly at every half pixel and taken
/// as straight between; then four columns at a time are filled row by row. That costs some dozen
/// nanoseconds a column and a corner, where a general path rasterizer takes a hundred times as long
/// for dashed and thick pens. The image must be RGB32 or ARGB32_Premultiplied and outlive it; one
/// thread at a time. Nothing is drawn outside of `clip` (device pixels, taken to whole ones).
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
  void fill(const SpanPen &pen);
  void fillDashed(const SpanPen &pen);

  QRect m_clip;
  std::uint32_t *m_pixels;
  std::ptrdiff_t m_stride; ///< pixels from row to row
  SpanEdges m_edges;       ///< of the line at hand
  SpanStroke m_stroke;
  SpanDashes m_dashes;
};

} // namespace meteorograph::ui
