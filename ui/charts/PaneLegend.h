// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/FrameData.h"

#include <cstddef>

class QPainter;

namespace meteorograph::ui {

/// Where the pane's title and unit stand: by it the pane is taken hold of.
QRectF paneTitleRect(const ChartSpec &chart, const ChartTheme &theme, const ChartLayout &layout,
                     std::size_t index);

/// What an axis that does not follow all data is labelled as.
QString axisFitWord(AxisFit fit);

/// Paints a pane's title in its quantity's colour, the unit, and a sample of each kind of line that
/// is drawn in it with its name. Returns where it ends on the right.
double paintPaneLegend(QPainter &painter, const ChartSpec &chart, const FrameData &data,
                       const ChartTheme &theme, const ChartLayout &layout, std::size_t index);

} // namespace meteorograph::ui
