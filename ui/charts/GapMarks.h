// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

/// A stretch of a plot without data, in logical pixels.
struct HatchedGap {
  double left = 0;
  double right = 0;
  bool operator==(const HatchedGap &) const = default;
};

/// The stretches of a pane in which none of the devices that share its plot has data, between the first
/// and the last that they have, as far as they are wide enough to be hatched. Of small multiples, those of
/// `device`, whose plot is its own; else `device` does not matter.
std::vector<HatchedGap> hatchedGaps(const ChartScene &scene, const PaneSpec &spec, const ChartLayout &layout,
                                    DeviceId device);

/// Hatches them over the plot's whole height. Behind the data, so that it belongs to the frame.
void paintGaps(QPainter &painter, const ChartTheme &theme, const std::vector<HatchedGap> &gaps,
               const PaneLayout &plot);

void paintHatch(QPainter &painter, const ChartTheme &theme, const QRectF &area);

} // namespace meteorograph::ui
