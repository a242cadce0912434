// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/CommandSupport.h"
#include "ui/export/SceneExport.h"

#include <QSize>

namespace meteorograph {

/// What a chart on the command line shows: the window's view of a store, by its own rules.
struct ChartWish {
  Selection selection;
  bool devicesChosen = false;    ///< else the devices that the window shows at first
  bool quantitiesChosen = false; ///< else the panes that the window shows at first
  QString zone;                  ///< as ui::ViewState has it
  QSize size;
};

/// Reads from the store what the window would show in charts of that size: scene, overview, size.
/// Without a range: all data of the shown devices. Fails with Unreadable when the store holds no
/// reading, with Usage for an empty range. Needs a QGuiApplication.
Result<ui::ExportOrder> readCharts(StoreReader &reader, const ChartWish &wanted);

} // namespace meteorograph
