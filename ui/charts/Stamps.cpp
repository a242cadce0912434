// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Stamps.h"

#include <QCache>
#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr int kKnown = 1000; // stamps that are remembered, on each thread
constexpr int kParts = 4;    // of a pixel, by which stamps differ in place

/// A mark at a scale and a place within its pixel.
struct Stamp {
  StampKey key;
  double scale;
  QPoint part;
  bool operator==(const Stamp &) const = default;

  int reach() const { return static_cast<int>(std::ceil(key.size * scale / 2)) + 1; }
};

size_t qHash(const Stamp &stamp, size_t seed = 0) {
  return qHashMulti(seed, stamp.key.shape, stamp.key.size, stamp.key.colour, stamp.key.edge, stamp.scale,
                    stamp.part.x(), stamp.part.y());
}

QImage paintedStamp(const Stamp &stamp, const std::function<void(QPainter &)> &paint) {
  const int side = 2 * stamp.reach() + 1;
  QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(QPointF(stamp.part) / kParts + QPointF(stamp.reach(), stamp.reach()));
  painter.scale(stamp.scale, stamp.scale);
  paint(painter);
  painter.end();
  image.setDevicePixelRatio(stamp.scale);
  return image;
}

bool canCopy(const QPainter &painter) {
  const QTransform toDevice = painter.deviceTransform();
  return painter.paintEngine()->type() == QPaintEngine::Raster && toDevice.type() <= QTransform::TxScale &&
         toDevice.m11() == toDevice.m22() && toDevice.m11() > 0;
}

} // namespace

void paintStamp(QPainter &painter, QPointF middle, const StampKey &key,
                const std::function<void(QPainter &)> &paint) {
  if (!canCopy(painter)) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(middle);
    paint(painter);
    painter.restore();
    return;
  }
  static thread_local QCache<Stamp, QImage> known(kKnown);
  const QTransform toDevice = painter.deviceTransform();
  const QPointF at = toDevice.map(middle) * kParts;
  const auto pixelOf = [](double parts) { return static_cast<int>(std::floor(std::round(parts) / kParts)); };
  const QPoint pixel(pixelOf(at.x()), pixelOf(at.y()));
  const QPoint part(static_cast<int>(std::lround(at.x())) - pixel.x() * kParts,
                    static_cast<int>(std::lround(at.y())) - pixel.y() * kParts);
  const Stamp stamp{key, toDevice.m11(), part};
  const QImage *image = known.object(stamp);
  if (image == nullptr) {
    known.insert(stamp, new QImage(paintedStamp(stamp, paint)));
    image = known.object(stamp);
  }
  painter.drawImage(toDevice.inverted().map(QPointF(pixel - QPoint(stamp.reach(), stamp.reach()))), *image);
}

} // namespace meteorograph::ui
