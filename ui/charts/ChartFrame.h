// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/FrameData.h"

class QPainter;

namespace meteorograph::ui {

struct TimeTick;

/// Everything of a chart but its card and its lines: grid, axes, titles, legend, provisional shade, gaps.
/// Depends on its arguments alone and refers to them during the call only.
void paintChartFrame(QPainter &painter, const ChartSpec &chart, const FrameData &data,
                     const ChartTheme &theme, const ChartLayout &layout);

/// Where a tick's label stands on the time axis.
QRectF timeTickPlace(const TimeTick &tick, const ChartTheme &theme, const ChartLayout &layout);

} // namespace meteorograph::ui
