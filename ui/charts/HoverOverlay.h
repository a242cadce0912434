// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartHover.h"
#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

/// Paints the hover line through all panes, the devices' shapes on their lines, the time on the
/// axis, and the box: time and zone, then devices down and quantities across. `pointer` is where
/// the box should not lie. Refers to its arguments during the call only.
void paintHover(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                const ChartLayout &layout, const HoverTable &table, QPointF pointer);

/// Paints the time range that is being chosen by dragging, with its length.
void paintSelection(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, TimeUs from, TimeUs to);

} // namespace meteorograph::ui
