// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartHover.h"
#include "ui/charts/ChartLayout.h"
#include "ui/charts/Measure.h"

class QPainter;

namespace meteorograph::ui {

// What lies over a chart while someone looks closer. Each refers to its arguments during the call.

/// The hover line through all panes, the devices' shapes on their lines, the time on the axis, and
/// the box: time and zone, then devices down and quantities across. `pointer` is where the box
/// should not lie, nor over `other`, a box that is there already.
void paintHover(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                const ChartLayout &layout, const HoverTable &table, QPointF pointer,
                const QRectF &other = {});

/// The time range that is being chosen by dragging, with its length.
void paintSelection(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, TimeUs from, TimeUs to);

/// A pinned time, with its letter.
void paintPin(QPainter &painter, const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
              TimeUs time, const QString &letter);

/// The box about what lies between two pinned times: Δt, then Δ, mean, minimum and maximum. Returns its
/// place.
QRectF paintMeasure(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, const MeasureTable &table);

} // namespace meteorograph::ui
