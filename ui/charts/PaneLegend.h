// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

/// Paints a pane's title in its quantity's colour, the unit, and a sample of each kind of line that
/// is shown with its name. Returns where it ends on the right.
double paintPaneLegend(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                       const PaneSpec &spec, const PaneLayout &pane);

} // namespace meteorograph::ui
