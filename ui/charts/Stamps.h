// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>

#include <functional>

class QPainter;

namespace meteorograph::ui {

/// What tells one small mark from another: which shape it is, how large (logical pixels, of all that it
/// may touch) and its colours.
struct StampKey {
  int shape = 0;
  double size = 0;
  QRgb colour = 0;
  QRgb edge = 0;
  bool operator==(const StampKey &) const = default;
};

/// Paints a mark that is painted again and again, such as a ring around a value, at `middle`. On images
/// it is painted once and copied from then on, to the nearest quarter of a pixel: paths are dear to
/// fill. Elsewhere, as in documents, `paint` is called each time, with the origin in the middle.
void paintStamp(QPainter &painter, QPointF middle, const StampKey &key,
                const std::function<void(QPainter &)> &paint);

} // namespace meteorograph::ui
