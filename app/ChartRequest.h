// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/CommandSupport.h"
#include "ui/charts/PaneArrangement.h"
#include "ui/export/SceneExport.h"

#include <QSize>

#include <optional>
#include <string>
#include <vector>

namespace meteorograph {

/// A value axis as --axis says it.
struct AxisWish {
  std::string quantity; ///< empty: of every pane that has no wish of its own
  ui::ValueAxis axis;
};

/// What a chart on the command line shows: the window's view of a store, by its own rules.
struct ChartWish {
  Selection selection;
  bool devicesChosen = false;    ///< else the devices that the window shows at first
  bool quantitiesChosen = false; ///< else the panes that the window shows at first
  QString zone;                  ///< as ui::ViewState has it
  AverageSpan average;
  ui::ChartMarks marks;
  std::vector<AxisWish> axes;
  bool multiples = false;
  std::optional<QSize> size; ///< absent: kUsualChart, and as high as the panes need
  int scale = 1;             ///< device pixels, and so columns, a pixel of the size
};

inline constexpr QSize kUsualChart(1600, 1000);

/// Reads from the store what the window would show in charts of that size: scene, overview, size.
/// Quantities that were chosen have their panes in that order. Without a range: all data of the shown
/// devices. Fails with Unreadable when the store holds no reading, with Usage for an empty range. Needs a
/// QGuiApplication.
Result<ui::ExportOrder> readCharts(StoreReader &reader, const ChartWish &wanted);

} // namespace meteorograph
