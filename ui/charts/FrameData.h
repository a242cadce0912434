// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/GapMarks.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace meteorograph::ui {

/// What the frame of a pane shows of the data, where it is to be marked.
struct PaneData {
  bool hasRaw = false; ///< a line of that kind is drawn, so that the legend names it
  bool hasAverage = false;
  bool hasBand = false;
  bool hasLate = false;                      ///< a point in the range was repaired by a late reading
  std::uint8_t faults = 0;                   ///< of the points in the range
  std::size_t outside = 0;                   ///< points beyond an axis that does not follow all data
  bool namesAtFoot = false;                  ///< of small multiples: lines run through their names at the top
  std::vector<std::vector<HatchedGap>> gaps; ///< of each row, or of the plot that all share

  bool hasGap() const;
  bool operator==(const PaneData &) const = default;
};

/// What the frame of a chart shows of the data: all else of it follows from ChartSpec, theme and layout.
struct FrameData {
  TimeUs provisional_us = kNoTime; ///< see provisionalFrom()
  std::vector<PaneData> panes;
  bool operator==(const FrameData &) const = default;
};

FrameData frameData(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout);

/// From where on windows are provisional: the smallest watermark of the devices that show anything
/// after theirs, but of none that fell silent an hour before the others; kNoTime when nothing in the
/// range is provisional.
TimeUs provisionalFrom(const ChartScene &scene);

// Where a device's name stands in its row of small multiples.
inline constexpr double kRowName = 16;     // its height
inline constexpr double kRowNameLeft = 20; // from the plot, with room for the device's mark

} // namespace meteorograph::ui
