// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DeviceMarker.h"

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <numbers>

namespace meteorograph::ui {
namespace {

/// A regular polygon; with `inner` below 1 a star of as many points. `turn` in degrees, 0 = up.
QPainterPath polygon(int corners, double turn, double inner) {
  QPolygonF points;
  const int steps = inner < 1 ? corners * 2 : corners;
  for (int i = 0; i < steps; ++i) {
    const double angle = (turn - 90 + 360.0 * i / steps) * std::numbers::pi / 180;
    const double radius = inner < 1 && i % 2 == 1 ? inner : 1;
    points << QPointF(std::cos(angle) * radius, std::sin(angle) * radius);
  }
  QPainterPath path;
  path.addPolygon(points);
  path.closeSubpath();
  return path;
}

QPainterPath circle() {
  QPainterPath path;
  path.addEllipse(QPointF(0, 0), 0.86, 0.86);
  return path;
}

/// Seven shapes to twelve colours: 84 devices pass before a pair comes again.
const std::array<QPainterPath, 7> &shapes() {
  static const std::array<QPainterPath, 7> all{
      circle(),           polygon(4, 45, 1),   polygon(3, 0, 1),    polygon(4, 0, 1),
      polygon(3, 180, 1), polygon(4, 0, 0.38), polygon(4, 45, 0.38)};
  return all;
}

} // namespace

void paintDeviceMarker(QPainter &painter, DeviceId device, QPointF middle, double size, const QColor &colour,
                       const QColor &edge) {
  const DeviceId index = ((device - 1) % 7 + 7) % 7;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(middle);
  painter.scale(size / 2, size / 2);
  painter.setPen(QPen(edge, 2.4 / size, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(colour);
  painter.drawPath(shapes()[static_cast<std::size_t>(index)]);
  painter.restore();
}

} // namespace meteorograph::ui
