// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartTheme.h"

#include <QPointF>

class QPainter;

namespace meteorograph::ui {

/// A small shape that stands for a device beside its colour, for eyes that do not tell colours
/// apart: by id alone, so that it never changes. `size` is its diameter in logical pixels; `edge`
/// sets it off from what lies beneath.
void paintDeviceMarker(QPainter &painter, DeviceId device, QPointF middle, double size, const QColor &colour,
                       const QColor &edge);

} // namespace meteorograph::ui
