// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

/// A pane's limits where its value axis reaches them: a thin dashed line with its value each, and a
/// shade over what lies beyond. Behind the data, so that it belongs to the frame.
void paintLimits(QPainter &painter, const PaneSpec &spec, const ChartTheme &theme, const ChartLayout &layout,
                 const PaneLayout &pane);

} // namespace meteorograph::ui
