// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SpanCoverage.h"

#include <QColor>
#include <QImage>
#include <QRectF>

#include <algorithm>
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
/// as straight between. That costs some dozen nanoseconds a column and a corner, where a general
/// path rasterizer takes a hundred times as long for dashed and thick pens. The image must be RGB32
/// or ARGB32_Premultiplied and outlive it; one thread at a time. Nothing is drawn outside of `clip`
/// (device pixels, taken to whole ones).
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
  void prepare(float firstX, float lastX);
  void strokeSegment(const SpanVertex &from, const SpanVertex &to, float radius);
  void bandSegment(const BandVertex &from, const BandVertex &to);
  void findCrossings(std::span<const SpanVertex> vertices);
  void addEdge(float start, float middle, float end, float weight);
  void addColumn(int column);
  void addTip(int knot);
  bool isLevel(const float *edge) const;
  void fill(const SpanPen &pen);
  void blendSolid(int column, std::uint32_t pixel, float alpha);
  void blendDashed(int column, std::uint32_t pixel, float alpha, const DashPattern &pattern, float radius);

  /// The first knot at or after x, and the last at or before it, within those that there are.
  int knotAfter(float x) const {
    const float place =
        std::clamp(x * 2 - static_cast<float>(m_firstKnot), 0.0F, static_cast<float>(m_upper.size()));
    const int knot = static_cast<int>(place);
    return static_cast<float>(knot) < place ? knot + 1 : knot;
  }
  int knotBefore(float x) const {
    const float place =
        std::clamp(x * 2 - static_cast<float>(m_firstKnot), -1.0F, static_cast<float>(m_upper.size()) - 1);
    return static_cast<int>(place + 1) - 1; // not below 0, so that casting rounds down
  }
  float knotX(int knot) const { return static_cast<float>(knot + m_firstKnot) * 0.5F; }

  QRect m_clip;
  SpanCoverage m_coverage;
  int m_firstColumn = 0; ///< of the line at hand
  int m_columns = 0;
  int m_firstKnot = 0;        ///< twice the x of knot 0; a knot is a half pixel's edge
  std::vector<float> m_upper; ///< the stroke's edges at each knot
  std::vector<float> m_lower;
  std::vector<SpanVertex> m_crossings; ///< the line at each column's left edge
};

} // namespace meteorograph::ui
