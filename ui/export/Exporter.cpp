// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/Exporter.h"

#include "ui/ViewState.h"
#include "ui/charts/ChartLayout.h"
#include "ui/export/ExportTarget.h"
#include "ui/export/SeriesCsv.h"

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

/// What is read is what the scene shows, as the sidecar lists it: with a maximised pane that one only.
void askForScene(ExportOrder &order) {
  keepPane(order.scene, order.plan.pane);
  order.request.devices.clear();
  for (const DeviceStyle &device : order.scene.devices)
    order.request.devices.push_back(device.id);
  order.request.quantities.clear();
  for (const PaneSpec &pane : order.scene.panes)
    order.request.quantities.push_back(pane.quantity);
}

/// What the store is to be asked for before the scene can be written; nothing where what is seen is all that
/// is wanted. A PNG has as many columns as its own width in pixels, whatever the screen's are.
std::optional<SeriesRequest> missingSeries(const ExportOrder &order) {
  const bool isPng = order.plan.format == ExportPlan::Format::Png;
  const ViewRange range = order.plan.range.value_or(ViewRange{order.scene.from_us, order.scene.to_us});
  SeriesRequest request = order.request;
  request.from_us = range.from_us;
  request.to_us = range.to_us;
  if (isPng)
    request.columns = plotColumns(order.size, order.plan.scale);
  const SeriesSet &seen = order.scene.series;
  const bool fits =
      seen.from_us == range.from_us && seen.to_us == range.to_us && seen.columns == request.columns;
  return order.plan.range || (isPng && !fits) ? std::optional(request) : std::nullopt;
}

} // namespace

Exporter::Exporter(QObject *parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>(this)) {}

Exporter::~Exporter() { m_mailbox->close(); }

void Exporter::start(EngineClient *client, const ExportOrder &asked) {
  if (asked.scene.devices.empty() || asked.scene.panes.empty()) // a request without any would mean all
    return report(asked.plan.path,
                  fail(ErrorCode::Usage, tr("Nothing is shown that could be exported.").toStdString()));
  ExportOrder order = asked;
  askForScene(order);
  if (order.plan.layer && order.plan.format == ExportPlan::Format::Csv)
    return writeLayer(client, order);
  const std::optional<SeriesRequest> request = missingSeries(order);
  if (!request)
    return writeSceneOf(order);
  client->fetchSeries(*request, [self = QPointer(this), order](const Result<SeriesSet> &series) {
    if (!self)
      return;
    if (!series)
      return self->report(order.plan.path, tl::unexpected(series.error()));
    ExportOrder filled = order;
    filled.scene.series = *series;
    filled.scene.from_us = series->from_us;
    filled.scene.to_us = series->to_us;
    filled.scene.averageLabel = seriesAverageLabel(*series);
    self->writeSceneOf(filled);
  });
}

void Exporter::writeSceneOf(const ExportOrder &order) {
  QThreadPool::globalInstance()->start([this, order, mailbox = m_mailbox] {
    const Result<std::int64_t> result = writeScene(order);
    mailbox->post([this, result, path = order.plan.path] { report(path, result); });
  });
}

void Exporter::writeLayer(EngineClient *client, const ExportOrder &order) {
  ExportRequest request;
  request.layer = *order.plan.layer;
  request.devices = order.request.devices;
  request.quantities = order.request.quantities;
  const ViewRange range = order.plan.range.value_or(ViewRange{order.scene.from_us, order.scene.to_us});
  request.from_us = range.from_us;
  request.to_us = range.to_us;
  ExportOrder kept = order;
  kept.scene.from_us = range.from_us;
  kept.scene.to_us = range.to_us;
  QThreadPool::globalInstance()->start([this, request, kept, client = QPointer(client), mailbox = m_mailbox] {
    const Result<void> may = checkTargets(kept.plan, kept.overview.store_path);
    mailbox->post([this, request, kept, client, may] {
      if (!may)
        report(kept.plan.path, tl::unexpected(may.error()));
      else if (client)
        orderLayer(client, request, kept);
    });
  });
}

void Exporter::orderLayer(EngineClient *client, const ExportRequest &request, const ExportOrder &order) {
  Q_EMIT started(order.plan.path);
  m_client = client;
  m_layer = client->exportCsv(request, order.plan.path,
                              [self = QPointer(this), order](const Result<std::int64_t> &rows) {
                                if (!self)
                                  return;
                                if (rows)
                                  self->describeLayer(order, *rows);
                                else
                                  self->report(order.plan.path, rows);
                              });
}

void Exporter::describeLayer(const ExportOrder &order, std::int64_t rows) {
  QThreadPool::globalInstance()->start([this, order, rows, mailbox = m_mailbox] {
    const Result<std::int64_t> result = describeFile(order, rows);
    mailbox->post([this, result, path = order.plan.path] { report(path, result); });
  });
}

void Exporter::cancel() {
  if (m_client)
    m_client->cancel(m_layer);
}

void Exporter::writeQuarantine(EngineClient *client, const std::string &store, const QString &path) {
  client->fetchQuarantine(
      kMostQuarantined, [self = QPointer(this), store, path](Result<std::vector<QuarantinedRecord>> records) {
        if (!self)
          return;
        if (!records)
          return self->report(path, tl::unexpected(records.error()));
        QThreadPool::globalInstance()->start([exporter = self.data(), store, path,
                                              records = std::move(*records), mailbox = self->m_mailbox] {
          ExportPlan plan;
          plan.path = path;
          plan.sidecar = false;
          const Result<void> written = checkTargets(plan, store).and_then([&path, &records] {
            return writeFile(path, quarantineCsv(records));
          });
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
  else if (result.error().code == ErrorCode::Cancelled)
    Q_EMIT cancelled(path);
  else
    Q_EMIT failed(QString::fromStdString(result.error().message));
}

} // namespace meteorograph::ui
