// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

/// Hatches the gaps of a pane's lines: the whole height for the only device of a plot, a strip around the
/// line's level when there are others. Behind the data, so that it belongs to the frame.
void paintGaps(QPainter &painter, const ChartScene &scene, const PaneSpec &spec, const ChartTheme &theme,
               const ChartLayout &layout, const PaneLayout &pane);

/// Whether one of the line's breaks in the picture is wide enough to be hatched.
bool hasHatchedGap(const SeriesLine &line, const ChartLayout &layout);

void paintHatch(QPainter &painter, const ChartTheme &theme, const QRectF &area);

} // namespace meteorograph::ui
