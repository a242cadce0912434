// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DeviceMarker.h"

#include <QCache>
#include <QImage>
#include <QPaintEngine>
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

/// Seven shapes to twelve colours: 84 devices pass before a pair comes again.
const std::array<QPainterPath, 7> &shapes() {
  static const std::array<QPainterPath, 7> all{circle(),         polygon(4, 45, 1.1), polygon(3, 0, 1.2),
                                               polygon(4, 0, 1), polygon(3, 180, 1),  cross(),
                                               star(45)};
  return all;
}

void paintShape(QPainter &painter, DeviceId device, QPointF middle, double size, const QColor &colour,
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

constexpr int kKnown = 1000; // stamps that are remembered, on each thread
constexpr int kParts = 4;    // of a pixel, by which stamps differ in place

/// What tells one stamp from another; lengths in device pixels.
struct Stamp {
  DeviceId device;
  double size;
  QRgb colour;
  QRgb edge;
  QPoint part; ///< of a pixel, at which its middle lies
  bool operator==(const Stamp &) const = default;

  /// The middle lies in the pixel so far from the left and the top.
  int reach() const { return static_cast<int>(std::ceil(size)); }
};

size_t qHash(const Stamp &stamp, size_t seed = 0) {
  return qHashMulti(seed, stamp.device, stamp.size, stamp.colour, stamp.edge, stamp.part.x(), stamp.part.y());
}

/// Lines' ends are marked in every picture, and paths are dear to fill.
const QImage &imageOf(const Stamp &stamp) {
  static thread_local QCache<Stamp, QImage> known(kKnown);
  if (const QImage *image = known.object(stamp))
    return *image;
  const int side = 2 * stamp.reach() + 1;
  auto *image = new QImage(side, side, QImage::Format_ARGB32_Premultiplied);
  image->fill(Qt::transparent);
  QPainter painter(image);
  paintShape(painter, stamp.device, QPointF(stamp.part) / kParts + QPointF(stamp.reach(), stamp.reach()),
             stamp.size, QColor::fromRgba(stamp.colour), QColor::fromRgba(stamp.edge));
  painter.end();
  known.insert(stamp, image);
  return *image;
}

} // namespace

void paintDeviceMarker(QPainter &painter, DeviceId device, QPointF middle, double size, const QColor &colour,
                       const QColor &edge) {
  const QTransform toDevice = painter.deviceTransform();
  const bool stamps = painter.paintEngine()->type() == QPaintEngine::Raster &&
                      toDevice.type() <= QTransform::TxScale && toDevice.m11() == toDevice.m22() &&
                      toDevice.m11() > 0;
  if (!stamps)
    return paintShape(painter, device, middle, size, colour, edge);
  const QPointF at = toDevice.map(middle) * kParts;
  const QPoint parts(static_cast<int>(std::lround(at.x())), static_cast<int>(std::lround(at.y())));
  const QPoint pixel(static_cast<int>(std::floor(parts.x() / double{kParts})),
                     static_cast<int>(std::floor(parts.y() / double{kParts})));
  const Stamp stamp{device, size * toDevice.m11(), colour.rgba(), edge.rgba(), parts - pixel * kParts};
  QImage image = imageOf(stamp);
  image.setDevicePixelRatio(toDevice.m11());
  const QPointF corner(pixel - QPoint(stamp.reach(), stamp.reach()));
  painter.drawImage(toDevice.inverted().map(corner), image);
}

} // namespace meteorograph::ui
