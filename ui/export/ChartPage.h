// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/ChartExport.h"

namespace meteorograph::ui {

/// The scene as a PDF to print: title, range and zone, the charts as vector lines, and beneath them
/// one table that is legend and statistics (readings, minimum, mean, maximum of each device and
/// quantity), with program, version, store and time in the foot. Always in the light theme's colours
/// on white. Landscape while the panes get room enough in it, else upright, else on several pages, each
/// with the table of its panes; only a table that leaves no pane any room goes to pages of its own.
/// Empty when it cannot be made.
QByteArray chartPage(const ChartScene &scene, const PictureOrder &order);

} // namespace meteorograph::ui
