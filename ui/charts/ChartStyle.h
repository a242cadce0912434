// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

namespace meteorograph::ui {

// How data looks beside its lines' pens, in logical pixels; one place for spans, segments and legend.
inline constexpr double kBandOpacity = 0.32;
inline constexpr double kDotSize = 4.5;     // an isolated point
inline constexpr double kReadingSize = 3.2; // a reading on its line, where they lie far apart
inline constexpr double kSparsePixels = 14; // from here on readings lie far apart
inline constexpr double kEndMarkerSize = 9;
inline constexpr double kDensePixels = 2.5; // columns of many readings closer than this: the band says it all

/// A band where columns hold more than one value each, in a picture that is zoomed out.
bool drawsBand(const ChartScene &scene, const SeriesLine &line);

/// The raw line, unless a band beneath an average says the same more calmly.
bool drawsRaw(const ChartScene &scene, const ChartLayout &layout, const SeriesLine &line);

/// Colour of a device's lines in a pane: its own, or the quantity's while it is the only device.
QColor lineColour(const ChartSpec &chart, const ChartTheme &theme, const PaneSpec &pane, DeviceId device);

} // namespace meteorograph::ui
