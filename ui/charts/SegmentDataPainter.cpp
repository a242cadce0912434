// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DataPainter.h"

#include <QPainter>

namespace meteorograph::ui {

SegmentDataPainter::SegmentDataPainter(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                                       const ChartLayout &layout)
    : DataPainter(scene, theme, layout, 1), m_painter(painter) {}

void SegmentDataPainter::beginPane(const QRectF &plot) {
  m_painter.save();
  m_painter.setClipRect(plot, Qt::IntersectClip);
  m_painter.setRenderHint(QPainter::Antialiasing);
}

void SegmentDataPainter::endPane() { m_painter.restore(); }

void SegmentDataPainter::line(const std::vector<SpanVertex> &vertices, const SpanPen &pen) {
  const bool dashed = pen.dash > 0 && pen.gap > 0;
  QColor colour = pen.colour;
  colour.setAlphaF(colour.alphaF() * static_cast<float>(pen.opacity));
  QPen qtPen(colour, pen.width, Qt::SolidLine, dashed ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin);
  if (dashed)
    qtPen.setDashPattern({pen.dash / pen.width, pen.gap / pen.width});
  QPolygonF polyline;
  polyline.reserve(static_cast<qsizetype>(vertices.size()));
  for (const SpanVertex &vertex : vertices)
    polyline << QPointF(static_cast<double>(vertex.x), static_cast<double>(vertex.y));
  m_painter.setPen(qtPen);
  m_painter.setBrush(Qt::NoBrush);
  m_painter.drawPolyline(polyline);
}

void SegmentDataPainter::band(const std::vector<BandVertex> &vertices, const QColor &colour, double opacity) {
  QPolygonF area;
  for (const BandVertex &vertex : vertices)
    area << QPointF(static_cast<double>(vertex.x), static_cast<double>(vertex.top));
  for (auto vertex = vertices.rbegin(); vertex != vertices.rend(); ++vertex)
    area << QPointF(static_cast<double>(vertex->x), static_cast<double>(vertex->bottom));
  QColor fill = colour;
  fill.setAlphaF(static_cast<float>(opacity));
  m_painter.setPen(Qt::NoPen);
  m_painter.setBrush(fill);
  m_painter.drawPolygon(area);
}

void SegmentDataPainter::dot(double x, double y, double diameter, const QColor &colour, double opacity) {
  QColor fill = colour;
  fill.setAlphaF(static_cast<float>(opacity));
  m_painter.setPen(Qt::NoPen);
  m_painter.setBrush(fill);
  m_painter.drawEllipse(QPointF(x, y), diameter / 2, diameter / 2);
}

} // namespace meteorograph::ui
