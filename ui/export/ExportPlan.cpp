// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/ExportPlan.h"

#include <QFileInfo>

namespace meteorograph::ui {

QString suffixOf(ExportPlan::Format format) {
  switch (format) {
  case ExportPlan::Format::Csv:
    break;
  case ExportPlan::Format::Png:
    return QStringLiteral("png");
  case ExportPlan::Format::Svg:
    return QStringLiteral("svg");
  case ExportPlan::Format::Pdf:
    return QStringLiteral("pdf");
  }
  return QStringLiteral("csv");
}

std::optional<ExportPlan::Format> formatOf(const QString &path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  for (const auto format :
       {ExportPlan::Format::Csv, ExportPlan::Format::Png, ExportPlan::Format::Svg, ExportPlan::Format::Pdf})
    if (suffix == suffixOf(format))
      return format;
  return std::nullopt;
}

void keepPane(ChartScene &scene, std::optional<QuantityId> pane) {
  if (pane)
    std::erase_if(scene.panes, [pane](const PaneSpec &spec) { return spec.quantity != *pane; });
}

} // namespace meteorograph::ui
