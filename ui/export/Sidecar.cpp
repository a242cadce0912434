// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/Sidecar.h"

#include "core/source/ExportDescription.h"

#include <QFileInfo>
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

QJsonValue iso(TimeUs time) {
  return time == kNoTime ? QJsonValue() : QJsonValue(QString::fromStdString(formatIsoTime(time)));
}

/// Whether a part of the range, open where it says kNoTime, is what the annotation is about.
bool touches(const Annotation &annotation, const ViewRange &range) {
  const TimeUs last = annotation.to_us == kNoTime ? annotation.from_us : annotation.to_us;
  return (range.to_us == kNoTime || annotation.from_us < range.to_us) &&
         (range.from_us == kNoTime || last >= range.from_us);
}

QJsonArray annotationList(const std::vector<Annotation> &annotations) {
  QJsonArray list;
  for (const Annotation &annotation : annotations)
    list << QJsonObject{{"from", iso(annotation.from_us)},
                        {"to", iso(annotation.to_us)},
                        {"text", QString::fromStdString(annotation.text)}};
  return list;
}

} // namespace

SidecarFacts sidecarFacts(const ExportPlan &plan, const ChartScene &scene, const Overview &overview) {
  SidecarFacts facts;
  facts.file = QFileInfo(plan.path).fileName();
  facts.content = contentOf(plan);
  facts.range = {scene.from_us, scene.to_us};
  facts.zone = QString::fromUtf8(scene.zone.id());
  for (const DeviceStyle &device : scene.devices)
    facts.devices << device.name;
  for (const PaneSpec &pane : scene.panes)
    if (!plan.pane || pane.quantity == *plan.pane)
      facts.quantities << QString::fromStdString(pane.name);
  if (!plan.layer)
    facts.average = scene.averageLabel;
  facts.store = QFileInfo(QString::fromStdString(overview.store_path)).absoluteFilePath();
  facts.revision = scene.series.revision > 0 ? scene.series.revision : overview.revision;
  for (const Annotation &annotation : overview.annotations)
    if (touches(annotation, facts.range))
      facts.annotations.push_back(annotation);
  for (const SourceStatus &source : overview.sources)
    facts.sources << QString::fromStdString(source.path);
  return facts;
}

QString sidecarPath(const QString &path) { return path + QStringLiteral(".json"); }

QByteArray sidecarJson(const SidecarFacts &facts) {
  const bool isPicture = facts.content == QLatin1String("picture");
  QJsonObject object{
      {"file", facts.file},
      {"content", facts.content},
      {"sha256", QString::fromLatin1(facts.sha256)},
      {isPicture ? "points" : "rows", static_cast<qint64>(facts.rows)},
      {"store", facts.store},
      {"revision", static_cast<qint64>(facts.revision)},
      {"sources", QJsonArray::fromStringList(facts.sources)},
      {"from", iso(facts.range.from_us)},
      {"to", iso(facts.range.to_us)},
      {"zone", facts.zone},
      {"devices", QJsonArray::fromStringList(facts.devices)},
      {"quantities", QJsonArray::fromStringList(facts.quantities)},
      {"program", QLatin1String(kDescribingProgram.data(), qsizetype(kDescribingProgram.size()))},
      {"version", QStringLiteral(METEOROGRAPH_VERSION)},
      {"exported", iso(facts.exported_us)}};
  if (!facts.annotations.empty())
    object.insert(QStringLiteral("annotations"), annotationList(facts.annotations));
  if (!facts.average.isEmpty())
    object.insert(QStringLiteral("average"), facts.average);
  return QJsonDocument(object).toJson();
}

} // namespace meteorograph::ui
