// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <QString>

#include <optional>
#include <vector>

namespace meteorograph::ui {

/// One device's quantity at the hovered time.
struct HoverCell {
  std::optional<double> value;   ///< absent: nothing within reach
  std::optional<double> average; ///< the moving average there
  TimeUs time_us = kNoTime;      ///< where it is marked: its own time, or the hovered one while it holds
  TimeUs first_us = kNoTime;     ///< of the first bucket in its column …
  TimeUs last_us = kNoTime;      ///< … and of the last one
  std::uint8_t faults = 0;       ///< of the column that the value is from
  bool late = false;             ///< it holds a reading that came late
};

struct HoverRow {
  DeviceId device = 0;
  QString name;
  TimeUs gap_us = 0;            ///< length of the gap that the time lies in, 0 outside of gaps
  std::vector<HoverCell> cells; ///< one a pane
};

/// What a vertical line at one time crosses: devices down, panes across. A value.
struct HoverTable {
  TimeUs time_us = kNoTime;
  std::vector<HoverRow> rows;
};

/// Looks the time up in the scene. A value counts when it lies within half the device's cadence,
/// or within half of `column_us` (the time a pixel column spans) when that is more; the value of a
/// device that records only changes counts until the next one.
HoverTable hoverTable(const ChartScene &scene, TimeUs time, TimeUs column_us);

/// The value that stands for a cell: the reading, or its average where only averages are shown.
std::optional<double> shownValue(const ChartScene &scene, const HoverCell &cell);

/// The table as tab-separated text with a head line, for the clipboard.
QString hoverText(const ChartScene &scene, const HoverTable &table);

/// A time with date, milliseconds and zone, for the clipboard.
QString hoverTime(TimeUs time, const QTimeZone &zone);

/// A text as a cell of tab-separated text: one line, without tabs, disarmed as SpreadsheetText.h has it.
QString tabbedCell(const QString &text);

/// The nearest time after (direction +1) or before (−1) `time` at which any shown line has a point.
std::optional<TimeUs> neighbourTime(const ChartScene &scene, TimeUs time, int direction);

/// A duration as people say it: "13 min", "2.5 s", "3 d 4 h".
QString durationText(TimeUs duration);

} // namespace meteorograph::ui
