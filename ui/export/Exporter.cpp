// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/Exporter.h"

#include "ui/charts/ChartExport.h"
#include "ui/export/SeriesCsv.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSaveFile>
#include <QThreadPool>

namespace meteorograph::ui {

namespace {

// Their texts may be long: more of them are for the command line, which needs no memory for them.
constexpr std::int64_t kMostQuarantined = 50'000;

QByteArray quarantineCsv(const std::vector<QuarantinedRecord> &records) {
  QByteArray text = "file,line,offset,reason,text\n";
  for (const QuarantinedRecord &record : records)
    text += csvCell(QString::fromStdString(record.file)) + ',' + QByteArray::number(qint64{record.line}) +
            ',' + QByteArray::number(qint64{record.offset}) + ',' +
            csvCell(QString::fromStdString(record.reason)) + ',' +
            csvCell(QString::fromStdString(record.text)) + '\n';
  return text;
}

Result<void> writeFile(const QString &path, const QByteArray &bytes) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
    return {};
  return fail(ErrorCode::Unwritable,
              QStringLiteral("%1: cannot be written: %2").arg(path, file.errorString()).toStdString());
}

Result<QByteArray> hashOf(const QString &path) {
  QFile file(path);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
    return fail(ErrorCode::Unreadable, QStringLiteral("%1: cannot be read back").arg(path).toStdString());
  return hash.result().toHex();
}

/// Hashes what was written and puts the sidecar beside it.
Result<std::int64_t> finish(const ExportOrder &order, std::int64_t rows) {
  if (!order.plan.sidecar)
    return rows;
  const Result<QByteArray> hash = hashOf(order.plan.path);
  if (!hash)
    return tl::unexpected(hash.error());
  SidecarFacts facts = sidecarFacts(order.plan, order.scene, order.overview, order.zone);
  facts.sha256 = *hash;
  facts.rows = rows;
  const Result<void> written = writeFile(order.plan.path + QStringLiteral(".json"), sidecarJson(facts));
  return written ? Result<std::int64_t>(rows) : tl::unexpected(written.error());
}

} // namespace

Result<std::int64_t> writeSceneExport(const ExportOrder &order) {
  std::int64_t rows = 0;
  Result<void> written;
  if (order.plan.format == ExportPlan::Format::Csv) {
    const SeriesCsv csv = seriesCsv(order.scene);
    rows = csv.rows;
    written = writeFile(order.plan.path, csv.text);
  } else {
    written = exportChart(order.scene, order.dark, order.size, order.plan.scale, order.plan.path);
  }
  return written ? finish(order, rows) : tl::unexpected(written.error());
}

Exporter::Exporter(QObject *parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>(this)) {}

Exporter::~Exporter() { m_mailbox->close(); }

void Exporter::start(EngineClient *client, const ExportOrder &order) {
  if (order.plan.layer && order.plan.format == ExportPlan::Format::Csv)
    return writeLayer(client, order);
  if (!order.plan.range)
    return writeScene(order);
  SeriesRequest request = order.request;
  request.from_us = order.plan.range->from_us;
  request.to_us = order.plan.range->to_us;
  client->fetchSeries(request, [self = QPointer(this), order](const Result<SeriesSet> &series) {
    if (!self)
      return;
    if (!series)
      return self->report(order.plan.path, tl::unexpected(series.error()));
    ExportOrder filled = order;
    filled.scene.series = *series;
    filled.scene.from_us = series->from_us;
    filled.scene.to_us = series->to_us;
    self->writeScene(filled);
  });
}

void Exporter::writeScene(const ExportOrder &order) {
  QThreadPool::globalInstance()->start([this, order, mailbox = m_mailbox] {
    ExportOrder kept = order;
    keepPane(kept.scene, kept.plan.pane);
    const Result<std::int64_t> result = writeSceneExport(kept);
    mailbox->post([this, result, path = kept.plan.path] { report(path, result); });
  });
}

void Exporter::writeLayer(EngineClient *client, const ExportOrder &order) {
  ExportRequest request;
  request.layer = *order.plan.layer;
  request.devices = order.request.devices;
  request.quantities = order.plan.pane ? std::vector{*order.plan.pane} : order.request.quantities;
  const ViewRange range = order.plan.range.value_or(ViewRange{order.scene.from_us, order.scene.to_us});
  request.from_us = range.from_us;
  request.to_us = range.to_us;
  ExportOrder kept = order;
  kept.scene.from_us = range.from_us;
  kept.scene.to_us = range.to_us;
  keepPane(kept.scene, kept.plan.pane);
  client->exportCsv(request, order.plan.path,
                    [self = QPointer(this), kept](const Result<std::int64_t> &rows) {
                      if (!self)
                        return;
                      if (rows)
                        self->hashLayer(kept, *rows);
                      else
                        self->report(kept.plan.path, rows);
                    });
}

void Exporter::hashLayer(const ExportOrder &order, std::int64_t rows) {
  QThreadPool::globalInstance()->start([this, order, rows, mailbox = m_mailbox] {
    const Result<std::int64_t> result = finish(order, rows);
    mailbox->post([this, result, path = order.plan.path] { report(path, result); });
  });
}

void Exporter::writeQuarantine(EngineClient *client, const QString &path) {
  client->fetchQuarantine(
      kMostQuarantined, [self = QPointer(this), path](Result<std::vector<QuarantinedRecord>> records) {
        if (!self)
          return;
        if (!records)
          return self->report(path, tl::unexpected(records.error()));
        QThreadPool::globalInstance()->start([exporter = self.data(), path, records = std::move(*records),
                                              mailbox = self->m_mailbox] {
          const Result<void> written = writeFile(path, quarantineCsv(records));
          const auto rows = static_cast<std::int64_t>(records.size());
          mailbox->post([exporter, path, rows, written] {
            exporter->report(path, written ? Result<std::int64_t>(rows) : tl::unexpected(written.error()));
          });
        });
      });
}

void Exporter::report(const QString &path, const Result<std::int64_t> &result) {
  if (result)
    Q_EMIT finished(path, *result);
  else if (result.error().code != ErrorCode::Cancelled)
    Q_EMIT failed(QString::fromStdString(result.error().message));
}

} // namespace meteorograph::ui
