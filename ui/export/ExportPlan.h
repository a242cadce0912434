// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Export.h"
#include "ui/charts/ChartScene.h"
#include "ui/format/TimeFormat.h"

#include <QString>

#include <optional>

namespace meteorograph::ui {

/// What is to be exported, and where; from the export dialog or the command line. A value.
struct ExportPlan {
  enum class Format { Csv, Png, Svg, Pdf };
  enum class Paper { A4, Letter };
  Format format = Format::Csv;
  QString path;
  std::optional<ViewRange> range; ///< absent: what is seen
  std::optional<Layer> layer;     ///< CSV only; absent: the plotted points
  std::optional<QuantityId> pane; ///< absent: all panes
  int scale = 1;                  ///< PNG only: 1, 2 or 4
  Paper paper = Paper::A4;        ///< PDF only
  bool sidecar = true;            ///< describe it in a JSON file beside
};

QString suffixOf(ExportPlan::Format format); ///< "csv", "png" …
/// What a path's suffix says, in any case; nothing for others.
std::optional<ExportPlan::Format> formatOf(const QString &path);

/// Leaves one pane in the scene, or all.
void keepPane(ChartScene &scene, std::optional<QuantityId> pane);

} // namespace meteorograph::ui
