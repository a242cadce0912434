// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// Lower and upper edge of a band at one place, in device pixels (y grows downwards).
struct BandVertex {
  float x = 0;
  float top = 0;
  float bottom = 0;
};

/// How a line is drawn; lengths in device pixels. `dash` and `gap` 0 means solid.
struct SpanPen {
  QColor colour;
  double opacity = 1;
  double width = 1;
  double dash = 0;
  double gap = 0;
};

/// Writes lines whose x never decreases into an image as anti-aliased vertical spans, one a pixel
/// column: the line is a function of x, so its stroke with round joins is, in each column, what
/// lies between an upper and a lower edge. That costs a fixed few dozen nanoseconds a column
/// whatever the number of points, where a general path rasterizer takes a hundred times as long
/// for dashed and thick pens. The image must be RGB32 or ARGB32_Premultiplied and outlive it; one
/// thread at a time. Nothing is drawn outside of `clip` (device pixels).
class SpanRasterizer {
public:
  SpanRasterizer(QImage &image, const QRectF &clip);

  /// A line through the vertices; a single vertex becomes a dot.
  void drawLine(std::span<const SpanVertex> vertices, const SpanPen &pen);
  /// The area between the edges, filled with the colour at the opacity.
  void drawBand(std::span<const BandVertex> vertices, const QColor &colour, double opacity);
  /// A disc.
  void drawDot(float x, float y, double diameter, const QColor &colour, double opacity);
};

} // namespace meteorograph::ui
