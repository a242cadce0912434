// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DeviceMarker.h"

#include "ui/charts/Stamps.h"

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <numbers>

namespace meteorograph::ui {
namespace {

/// Corners on circles of the given radii, in turn; `turn` in degrees, 0 = the first one is on top.
QPainterPath polygon(int corners, double turn, double radius, double inner = 0) {
  QPolygonF points;
  for (int i = 0; i < corners; ++i) {
    const double angle = (turn - 90 + 360.0 * i / corners) * std::numbers::pi / 180;
    const double reach = inner > 0 && i % 2 == 1 ? inner : radius;
    points << QPointF(std::cos(angle) * reach, std::sin(angle) * reach);
  }
  QPainterPath path;
  path.addPolygon(points);
  path.closeSubpath();
  return path;
}

QPainterPath star(double turn) { return polygon(8, turn, 1.3, 0.5); }

QPainterPath cross() {
  constexpr double kArm = 0.42; // half its width
  QPainterPath path;
  path.addPolygon(QPolygonF{{-kArm, -1.1},
                            {kArm, -1.1},
                            {kArm, -kArm},
                            {1.1, -kArm},
                            {1.1, kArm},
                            {kArm, kArm},
                            {kArm, 1.1},
                            {-kArm, 1.1},
                            {-kArm, kArm},
                            {-1.1, kArm},
                            {-1.1, -kArm},
                            {-kArm, -kArm}});
  path.closeSubpath();
  return path;
}

QPainterPath circle() {
  QPainterPath path;
  path.addEllipse(QPointF(0, 0), 0.86, 0.86);
  return path;
}

QPainterPath hollow(QPainterPath path) {
  constexpr double kHole = 0.24; // small: the edge widens it
  path.addEllipse(QPointF(0, 0), kHole, kHole);
  return path;
}

/// Eleven shapes to twelve colours: 132 devices pass before a pair comes again.
constexpr int kShapes = 11;
const std::array<QPainterPath, kShapes> &shapes() {
  static const std::array<QPainterPath, kShapes> all{circle(),
                                                     polygon(4, 45, 1.1),
                                                     polygon(3, 0, 1.2),
                                                     polygon(4, 0, 1),
                                                     polygon(3, 180, 1.2),
                                                     cross(),
                                                     star(45),
                                                     hollow(circle()),
                                                     hollow(polygon(4, 45, 1.1)),
                                                     hollow(polygon(3, 0, 1.4)),
                                                     hollow(polygon(4, 0, 1.15))};
  return all;
}

} // namespace

void paintDeviceMarker(QPainter &painter, DeviceId device, QPointF middle, double size, const QColor &colour,
                       const QColor &edge) {
  const auto index = static_cast<int>(((device - 1) % kShapes + kShapes) % kShapes);
  constexpr double kRoom = 2; // sizes that the largest shape takes with its edge
  paintStamp(painter, middle, {index, size * kRoom, colour.rgba(), edge.rgba()}, [&](QPainter &onto) {
    onto.scale(size / 2, size / 2);
    onto.setPen(QPen(edge, 2.4 / size, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    onto.setBrush(colour);
    onto.drawPath(shapes()[static_cast<std::size_t>(index)]);
  });
}

} // namespace meteorograph::ui
