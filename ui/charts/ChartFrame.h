// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

class QPainter;

namespace meteorograph::ui {

struct TimeTick;

/// Everything of a chart but its card and its lines: grid, axes, titles, legend, provisional shade, gaps.
/// Refers to its arguments during the call only.
void paintChartFrame(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                     const ChartLayout &layout);

/// Colour of a device's lines in a pane: its own, or the quantity's while it is the only device.
QColor lineColour(const ChartScene &scene, const ChartTheme &theme, const PaneSpec &pane, DeviceId device);

/// The line of a pane's quantity and a device, or nullptr.
const SeriesLine *findLine(const ChartScene &scene, QuantityId quantity, DeviceId device);

/// Where a tick's label stands on the time axis.
QRectF timeTickPlace(const TimeTick &tick, const ChartTheme &theme, const ChartLayout &layout);

/// From where on windows are provisional: the smallest watermark of the devices that show anything
/// after theirs, but of none that fell silent an hour before the others; kNoTime when nothing in the
/// range is provisional.
TimeUs provisionalFrom(const ChartScene &scene);

} // namespace meteorograph::ui
