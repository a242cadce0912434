// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/SceneExport.h"

#include "core/sink/TextOutput.h"
#include "ui/export/ChartExport.h"
#include "ui/export/ExportTarget.h"
#include "ui/export/SceneStatistics.h"
#include "ui/export/SeriesCsv.h"
#include "ui/export/Sidecar.h"

#include <QCryptographicHash>
#include <QFile>

namespace meteorograph::ui {

namespace {

Result<QByteArray> bytesOf(const ExportOrder &order, const ChartScene &scene) {
  if (order.plan.format == ExportPlan::Format::Csv)
    return seriesCsv(scene).text;
  PictureOrder picture;
  picture.format = order.plan.format;
  picture.dark = order.dark;
  picture.size = order.size;
  picture.scale = order.plan.scale;
  picture.paper = order.plan.paper;
  picture.store = QString::fromStdString(order.overview.store_path).section(QLatin1Char('/'), -1);
  picture.made_us = order.ordered_us;
  return pictureBytes(scene, picture);
}

} // namespace

Result<void> writeFile(const QString &path, const QByteArray &bytes) {
  Result<TextOutput> output = TextOutput::toFile(QFile::encodeName(path).toStdString());
  if (!output)
    return tl::unexpected(output.error());
  output->append(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  return output->finish();
}

Result<std::int64_t> writeScene(const ExportOrder &order) {
  ChartScene scene = order.scene;
  keepPane(scene, order.plan.pane);
  if (const Result<void> may = checkTargets(order.plan, order.overview.store_path); !may)
    return tl::unexpected(may.error());
  const Result<QByteArray> bytes = bytesOf(order, scene);
  if (!bytes)
    return tl::unexpected(bytes.error());
  if (Result<void> written = writeFile(order.plan.path, *bytes); !written)
    return tl::unexpected(written.error());
  return describeFile(order, countPoints(scene),
                      QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex());
}

Result<std::int64_t> describeFile(const ExportOrder &order, std::int64_t rows) {
  if (!order.plan.sidecar)
    return rows;
  QFile file(order.plan.path);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
    return fail(ErrorCode::Unreadable,
                QStringLiteral("%1: cannot be read back").arg(order.plan.path).toStdString());
  return describeFile(order, rows, hash.result().toHex());
}

Result<std::int64_t> describeFile(const ExportOrder &order, std::int64_t rows, const QByteArray &sha256) {
  if (!order.plan.sidecar)
    return rows;
  SidecarFacts facts = sidecarFacts(order.plan, order.scene, order.overview);
  facts.sha256 = sha256;
  facts.rows = rows;
  facts.exported_us = order.ordered_us;
  return writeFile(sidecarPath(order.plan.path), sidecarJson(facts)).map([rows] { return rows; });
}

} // namespace meteorograph::ui
