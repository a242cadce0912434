// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Annotation.h"
#include "core/model/Series.h"
#include "ui/charts/ChartMarks.h"

#include <QString>
#include <QTimeZone>

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meteorograph {

/// What neither checks is alike.
inline bool operator==(const QuantityLimits &a, const QuantityLimits &b) {
  const auto alike = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return alike(a.low, b.low) && alike(a.high, b.high) && alike(a.spike, b.spike) && a.flat_us == b.flat_us;
}

} // namespace meteorograph

namespace meteorograph::ui {

/// How a pane's value axis comes to its ends.
enum class AxisFit {
  Automatic, ///< all visible points
  Robust,    ///< the visible points without spikes
  Scaled,    ///< by the wheel, until the next fit
  Fixed      ///< typed
};

/// One pane: a quantity with its value axis.
struct PaneSpec {
  QuantityId quantity = 0;
  QString title;    ///< "Temperature", as people read it
  QString unit;     ///< "°C"
  std::string name; ///< canonical name, decides colour and decimals
  /// Lower and upper end of the value axis; fitted to the visible data while absent.
  std::optional<std::pair<double, double>> fixedRange;
  AxisFit fit = AxisFit::Automatic; ///< what the axis is labelled as, and how it is fitted
  double height = 1;                ///< share of the height, beside those of the other panes
  QuantityLimits limits = {};       ///< drawn as lines where the axis reaches them
  bool operator==(const PaneSpec &) const = default;
};

struct DeviceStyle {
  DeviceId id = 0;
  QString name;
  bool operator==(const DeviceStyle &) const = default;
};

/// How lines are drawn, in logical pixels.
struct LinePens {
  double rawWidth = 1;
  double rawDash = 3; ///< and as much gap
  double rawOpacity = 0.55;
  double dashedCorners = 0.7; ///< corners a pixel up to which dashes can be read; then it is an even veil
  double averageWidth = 2.4;
  bool operator==(const LinePens &) const = default;
};

/// All that one picture shows beside the data: panes from top to bottom, devices in the order of the
/// legend, the range and the zone. A value.
struct ChartSpec {
  std::vector<PaneSpec> panes;
  std::vector<DeviceStyle> devices;
  TimeUs from_us = 0;
  TimeUs to_us = 0; ///< exclusive, after from_us
  QTimeZone zone = QTimeZone::utc();
  bool showRaw = true;
  bool showAverage = true;
  bool showBand = true;
  bool multiples = false; ///< each device in a row of its own, at one scale; else all in one plot
  LinePens pens;
  ChartMarks marks;
  std::vector<Annotation> annotations; ///< all of the store, by time
  QString averageLabel;                ///< "15 s average"
  QString title;                       ///< headline of an exported picture; none while empty
  bool showDeviceNames = false;        ///< a row with the devices' names and colours, for exported pictures
  bool operator==(const ChartSpec &) const = default;
};

/// All that one picture shows. A value. from_us and to_us are the range to show; `series` may still be
/// the answer to an older range, then what it holds of the new one is drawn.
struct ChartScene : ChartSpec {
  SeriesSet series;
};

/// The line of a pane's quantity and a device, or nullptr.
const SeriesLine *findLine(const ChartScene &scene, QuantityId quantity, DeviceId device);

} // namespace meteorograph::ui
