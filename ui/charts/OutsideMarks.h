// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

#include <QColor>

#include <cstddef>

class QPainter;

namespace meteorograph::ui {

/// How many of a pane's plotted points have a value beyond its axis.
std::size_t pointsOutside(const ChartScene &scene, const ChartLayout &layout, std::size_t pane);

/// Small arrowheads at the plot's upper and lower edge where the line has values beyond the axis.
void paintOutside(QPainter &painter, const SeriesLine &line, const ChartScene &scene,
                  const ChartLayout &layout, const PaneLayout &plot, const QColor &colour);

} // namespace meteorograph::ui
