// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/ExportPlan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace meteorograph::ui {

namespace {

QString contentOf(const ExportPlan &plan) {
  if (plan.format != ExportPlan::Format::Csv)
    return QStringLiteral("picture");
  if (!plan.layer)
    return QStringLiteral("plotted points");
  return *plan.layer == Layer::Bronze   ? QStringLiteral("bronze")
         : *plan.layer == Layer::Silver ? QStringLiteral("silver")
                                        : QStringLiteral("gold");
}

QString iso(TimeUs time) { return QString::fromStdString(formatIsoTime(time)); }

} // namespace

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

QByteArray sidecarJson(const SidecarFacts &facts) {
  QJsonObject object{{"file", facts.file},
                     {"content", facts.content},
                     {"sha256", QString::fromLatin1(facts.sha256)},
                     {"store", facts.store},
                     {"revision", static_cast<qint64>(facts.revision)},
                     {"sources", QJsonArray::fromStringList(facts.sources)},
                     {"from", iso(facts.range.from_us)},
                     {"to", iso(facts.range.to_us)},
                     {"zone", facts.zone},
                     {"devices", QJsonArray::fromStringList(facts.devices)},
                     {"quantities", QJsonArray::fromStringList(facts.quantities)},
                     {"program", QStringLiteral("Meteorograph")},
                     {"version", QStringLiteral(METEOROGRAPH_VERSION)},
                     {"exported", iso(wallClockNow())}};
  if (facts.content != QLatin1String("picture"))
    object.insert(QStringLiteral("rows"), static_cast<qint64>(facts.rows));
  return QJsonDocument(object).toJson();
}

SidecarFacts sidecarFacts(const ExportPlan &plan, const ChartScene &scene, const Overview &overview,
                          const QString &zone) {
  SidecarFacts facts;
  facts.file = plan.path.section(QLatin1Char('/'), -1);
  facts.content = contentOf(plan);
  facts.range = {scene.from_us, scene.to_us};
  facts.zone = zone;
  for (const DeviceStyle &device : scene.devices)
    facts.devices << device.name;
  for (const PaneSpec &pane : scene.panes)
    facts.quantities << QString::fromStdString(pane.name);
  facts.store = QString::fromStdString(overview.store_path);
  facts.revision = scene.series.revision;
  for (const SourceStatus &source : overview.sources)
    facts.sources << QString::fromStdString(source.path);
  return facts;
}

void keepPane(ChartScene &scene, std::optional<QuantityId> pane) {
  if (!pane)
    return;
  std::erase_if(scene.panes, [pane](const PaneSpec &spec) { return spec.quantity != *pane; });
}

} // namespace meteorograph::ui
