// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/model/Result.h"
#include "ui/export/ExportPlan.h"

#include <QSize>

namespace meteorograph::ui {

/// All that an export needs, as it was when it was ordered. A value.
struct ExportOrder {
  ExportPlan plan;
  ChartScene scene; ///< as seen; for a chosen range, its panes, devices and zone
  SeriesRequest request;
  Overview overview;
  bool dark = true;
  QSize size; ///< of pictures, before the scale
  TimeUs ordered_us = wallClockNow();
};

/// Writes the scene, and the sidecar beside it if it is wanted: the one way of the window and of the
/// command line. The value is the number of rows, or of a picture's points. Any thread; pictures need
/// a QGuiApplication. Each file is there whole or as it was before: Usage for a picture without size,
/// Unwritable, with the path and the reason, when the disk does not take it or checkTargets() refuses.
Result<std::int64_t> writeScene(const ExportOrder &order);

/// Describes what already lies at the plan's path, if a sidecar is wanted; without its hash it is read
/// for it. Any thread.
Result<std::int64_t> describeFile(const ExportOrder &order, std::int64_t rows);
Result<std::int64_t> describeFile(const ExportOrder &order, std::int64_t rows, const QByteArray &sha256);

/// All or nothing, as TextOutput writes.
Result<void> writeFile(const QString &path, const QByteArray &bytes);

} // namespace meteorograph::ui
