// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QRect>
#include <QRectF>

#include <cstdint>
#include <span>
#include <vector>

namespace meteorograph::ui {

class DashPattern;

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
/// column: the line is a function of x, so its stroke with round joins and caps is, at each x, what
/// lies between an upper and a lower edge. Both are worked out exactly at every half pixel and taken
/// as straight between; then four columns at a time are filled row by row. That costs some dozen
/// nanoseconds a column and a corner, where a general path rasterizer takes a hundred times as long
/// for dashed and thick pens. The image must be RGB32 or ARGB32_Premultiplied and outlive it; one
/// thread at a time. Nothing is drawn outside of `clip` (device pixels, taken to whole ones).
class SpanRasterizer {
public:
  SpanRasterizer(QImage &image, const QRectF &clip);
  ~SpanRasterizer();

  /// A line through the vertices; a single vertex becomes a dot as wide as the pen.
  void drawLine(std::span<const SpanVertex> vertices, const SpanPen &pen);
  /// The area between the edges, filled with the colour at the opacity.
  void drawBand(std::span<const BandVertex> vertices, const QColor &colour, double opacity);
  /// A disc.
  void drawDot(float x, float y, double diameter, const QColor &colour, double opacity);

private:
  struct Piece;
  struct Weights;

  void prepare(float firstX, float lastX);
  void stroke(std::span<const SpanVertex> vertices, float radius);
  void findPieces(std::span<const SpanVertex> vertices, float radius);
  void strokeKnots(std::size_t knot, std::size_t piece, std::size_t end, float square);
  void bandSegment(const BandVertex &from, const BandVertex &to);
  void findCrossings(std::span<const SpanVertex> vertices);
  float lengthIn(int column) const;
  int steepestAround(int column) const;
  Weights dashes(int firstColumn, const DashPattern &pattern, float radius) const;
  bool closeEnds();
  void fill(const SpanPen &pen);
  template <class WeightOf> void fillColumns(int column, std::uint32_t pixel, float alpha, WeightOf weightOf);

  float knotX(int knot) const { return static_cast<float>(knot + m_firstKnot) * 0.5F; }
  /// The last knot at or before x; −1 before the first, the last one after it.
  int knotBefore(float x) const;

  QRect m_clip;
  std::uint32_t *m_pixels;
  std::ptrdiff_t m_stride; ///< pixels from row to row
  int m_firstColumn = 0;   ///< of the line at hand
  int m_columns = 0;
  int m_firstKnot = 0; ///< twice the x of knot 0; a knot is a half pixel's edge
  int m_knots = 0;
  std::vector<float> m_upper;          ///< heights of the stroke's upper edge at the knots, and some beyond
  std::vector<float> m_lower;          ///< of its lower edge, negative: the upper edge upside down
  std::vector<Piece> m_pieces;         ///< of the line at hand
  std::vector<SpanVertex> m_crossings; ///< the line at each column's left edge
};

} // namespace meteorograph::ui
