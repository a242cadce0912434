// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace meteorograph::ui {

// How the lines look, in logical pixels; one place for spans, segments and legend.
inline constexpr double kRawWidth = 1;
inline constexpr double kRawDash = 3; // and as much gap
inline constexpr double kRawOpacity = 0.55;
inline constexpr double kAverageWidth = 2.4;
inline constexpr double kBandOpacity = 0.16;
inline constexpr double kDotSize = 4.5;     // an isolated point
inline constexpr double kReadingSize = 3.2; // a reading on its line, where they lie far apart
inline constexpr double kSparsePixels = 14; // from here on readings lie far apart
inline constexpr double kEndMarkerSize = 9;

} // namespace meteorograph::ui
