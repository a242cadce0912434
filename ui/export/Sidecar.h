// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "ui/export/ExportPlan.h"

#include <QByteArray>
#include <QStringList>

namespace meteorograph::ui {

/// What the JSON file beside an export says of it: `rows.csv` is described by `rows.csv.json`.
struct SidecarFacts {
  QString file;          ///< name, without its folder
  QByteArray sha256;     ///< of the whole file, hexadecimal
  QString content;       ///< "plotted points", "bronze", "silver", "gold" or "picture"
  std::int64_t rows = 0; ///< of a table; of a picture, the points it plots
  ViewRange range;       ///< kNoTime: open
  QString zone;          ///< "UTC" or an IANA name
  QStringList devices;
  QStringList quantities;
  QString average; ///< as the legend calls it; empty without one
  QString store;
  std::int64_t revision = 0;
  QStringList sources;
  TimeUs exported_us = 0;
  std::vector<Annotation> annotations; ///< that touch the range
};

/// What a plan's scene and a store's overview say; the hash and the number of rows are left to fill in.
SidecarFacts sidecarFacts(const ExportPlan &plan, const ChartScene &scene, const Overview &overview);
QString sidecarPath(const QString &path);
QByteArray sidecarJson(const SidecarFacts &facts); ///< an isExportDescription()

} // namespace meteorograph::ui
