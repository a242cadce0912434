// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Export.h"
#include "core/model/Overview.h"
#include "ui/charts/ChartScene.h"
#include "ui/format/TimeFormat.h"

#include <QSize>
#include <QString>

#include <optional>

namespace meteorograph::ui {

/// What the export dialog was told to do. A value.
struct ExportPlan {
  enum class Format { Csv, Png, Svg, Pdf };
  Format format = Format::Csv;
  QString path;
  std::optional<ViewRange> range; ///< absent: what is seen
  std::optional<Layer> layer;     ///< CSV only; absent: the plotted points
  std::optional<QuantityId> pane; ///< absent: all panes
  int scale = 1;                  ///< PNG only: 1, 2 or 4
  bool sidecar = true;
};

QString suffixOf(ExportPlan::Format format); ///< "csv", "png" …

/// What the sidecar file beside an export says of it, as JSON text.
struct SidecarFacts {
  QString file;
  QByteArray sha256; ///< of the whole file, hexadecimal
  std::int64_t rows = 0;
  ViewRange range;
  QString zone;
  QStringList devices;
  QStringList quantities;
  QString content; ///< "plotted points", "bronze", "picture" …
  QString store;
  QStringList sources;
  std::int64_t revision = 0;
};
QByteArray sidecarJson(const SidecarFacts &facts);
SidecarFacts sidecarFacts(const ExportPlan &plan, const ChartScene &scene, const Overview &overview,
                          const QString &zone);

/// Leaves one pane in the scene, or all.
void keepPane(ChartScene &scene, std::optional<QuantityId> pane);

} // namespace meteorograph::ui
