// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

#include <cstddef>

class QPainter;

namespace meteorograph::ui {

/// Paints a pane's title in its quantity's colour, the unit, and a sample of each kind of line that
/// is drawn in it with its name. Returns where it ends on the right.
double paintPaneLegend(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                       const ChartLayout &layout, std::size_t index);

} // namespace meteorograph::ui
