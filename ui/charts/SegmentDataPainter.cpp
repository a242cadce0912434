// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DataPainter.h"

#include <QPainter>

#include <algorithm>

namespace meteorograph::ui {
namespace {

/// What of a segment lies inside of a rectangle, and where on the segment, 0 to 1.
struct Cut {
  QLineF segment;
  double from = 0;
  double to = 1;
};

/// Narrows [from, to] to where start + t × change is between the limits.
bool narrow(double start, double change, double lowest, double highest, double &from, double &to) {
  if (change == 0)
    return start >= lowest && start <= highest;
  const double a = (lowest - start) / change;
  const double b = (highest - start) / change;
  from = std::max(from, std::min(a, b));
  to = std::min(to, std::max(a, b));
  return from < to;
}

std::optional<Cut> cutTo(const QRectF &plot, QPointF start, QPointF end) {
  Cut cut;
  const QPointF change = end - start;
  if (!narrow(start.x(), change.x(), plot.left(), plot.right(), cut.from, cut.to) ||
      !narrow(start.y(), change.y(), plot.top(), plot.bottom(), cut.from, cut.to))
    return std::nullopt;
  cut.segment = QLineF(start + change * cut.from, start + change * cut.to);
  return cut;
}

QPointF corner(const SpanVertex &vertex) {
  return {static_cast<double>(vertex.x), static_cast<double>(vertex.y)};
}

/// The band's corners between the plot's sides, with new ones on the sides.
std::vector<BandVertex> cutTo(const QRectF &plot, const std::vector<BandVertex> &vertices) {
  const auto left = static_cast<float>(plot.left());
  const auto right = static_cast<float>(plot.right());
  std::vector<BandVertex> result;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const BandVertex &to = vertices[i];
    const BandVertex &from = vertices[i > 0 ? i - 1 : 0];
    const auto addAt = [&](float x) {
      const float share = (x - from.x) / (to.x - from.x);
      result.push_back(
          {x, from.top + (to.top - from.top) * share, from.bottom + (to.bottom - from.bottom) * share});
    };
    if (from.x < left && to.x > left)
      addAt(left);
    if (from.x < right && to.x > right)
      addAt(right);
    if (to.x >= left && to.x <= right)
      result.push_back(to);
  }
  return result;
}

} // namespace

SegmentDataPainter::SegmentDataPainter(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                                       const ChartLayout &layout)
    : DataPainter(scene, theme, layout, 1), m_painter(painter) {}

void SegmentDataPainter::beginPane(const QRectF &plot) {
  m_plot = plot;
  m_painter.save();
  m_painter.setRenderHint(QPainter::Antialiasing);
}

void SegmentDataPainter::endPane() { m_painter.restore(); }

/// A stretch of a line that lies inside; `start` is the length of the line before it.
void SegmentDataPainter::piece(const QPolygonF &corners, const QPen &pen, double start) {
  QPen shifted = pen;
  if (pen.style() == Qt::CustomDashLine)
    shifted.setDashOffset(start / pen.widthF());
  m_painter.setPen(shifted);
  m_painter.setBrush(Qt::NoBrush);
  m_painter.drawPolyline(corners);
}

void SegmentDataPainter::line(std::span<const SpanVertex> vertices, const SpanPen &pen) {
  const bool dashed = pen.dash > 0 && pen.gap > 0;
  QColor colour = pen.colour;
  colour.setAlphaF(colour.alphaF() * static_cast<float>(pen.opacity));
  QPen qtPen(colour, pen.width, Qt::SolidLine, dashed ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin);
  if (dashed)
    qtPen.setDashPattern({pen.dash / pen.width, pen.gap / pen.width});
  QPolygonF inside;
  double start = 0;
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const std::optional<Cut> cut = cutTo(m_plot, corner(vertices[i - 1]), corner(vertices[i]));
    if (cut && inside.isEmpty()) {
      inside << cut->segment.p1();
      const auto length = static_cast<double>(vertices[i].arc - vertices[i - 1].arc);
      start = static_cast<double>(vertices[i - 1].arc) + cut->from * length;
    }
    if (cut)
      inside << cut->segment.p2();
    if (!inside.isEmpty() && (!cut || cut->to < 1 || i + 1 == vertices.size())) {
      piece(inside, qtPen, start);
      inside.clear();
    }
  }
}

void SegmentDataPainter::band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) {
  const std::vector<BandVertex> cut = cutTo(m_plot, vertices);
  const auto y = [this](float at) {
    return std::clamp(static_cast<double>(at), m_plot.top(), m_plot.bottom());
  };
  QPolygonF area;
  for (const BandVertex &vertex : cut)
    area << QPointF(static_cast<double>(vertex.x), y(vertex.top));
  for (auto vertex = cut.rbegin(); vertex != cut.rend(); ++vertex)
    area << QPointF(static_cast<double>(vertex->x), y(vertex->bottom));
  QColor fill = colour;
  fill.setAlphaF(static_cast<float>(opacity));
  m_painter.setPen(Qt::NoPen);
  m_painter.setBrush(fill);
  m_painter.drawPolygon(area);
}

void SegmentDataPainter::dot(double x, double y, double diameter, const QColor &colour, double opacity) {
  if (!m_plot.contains(x, y))
    return;
  QColor fill = colour;
  fill.setAlphaF(static_cast<float>(opacity));
  m_painter.setPen(Qt::NoPen);
  m_painter.setBrush(fill);
  m_painter.drawEllipse(QPointF(x, y), diameter / 2, diameter / 2);
}

} // namespace meteorograph::ui
