// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartHover.h"
#include "ui/charts/ChartLayout.h"

#include <QPointF>

namespace meteorograph::ui {

/// What lies at one place of a chart: a time, and beside it the point that is nearest there, with the
/// windows that it stands for. A value.
struct ChartSpot {
  TimeUs time_us = kNoTime;
  QuantityId quantity = 0;     ///< of the pane; 0: none
  DeviceId device = 0;         ///< whose point is nearest; 0: no point lies here
  TimeUs from_us = 0;          ///< the point's windows, at least one of a second …
  TimeUs to_us = 0;            ///< … exclusive
  std::int64_t annotation = 0; ///< whose flag or line lies here; 0: none
};

/// `hover` is what a vertical line there crosses.
ChartSpot spotAt(const ChartScene &scene, const ChartLayout &layout, const HoverTable &hover,
                 QPointF pointer);

} // namespace meteorograph::ui
