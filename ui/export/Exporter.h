// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EngineClient.h"
#include "ui/export/SceneExport.h"

#include <QObject>
#include <QPointer>

namespace meteorograph::ui {

/// Runs the window's exports: series and layers come from the engine, text and files are written on a
/// worker thread. Tells by finished() or failed(). Lives on the GUI thread and never blocks it.
class Exporter : public QObject {
  Q_OBJECT
public:
  explicit Exporter(QObject *parent = nullptr);
  ~Exporter() override;
  void start(EngineClient *client, const ExportOrder &order);
  /// The quarantined records, each a row: file, line, offset, reason, text.
  void writeQuarantine(EngineClient *client, const std::string &store, const QString &path);

  /// Withdraws the layer that is being written, if one is; its file stays as it was.
  void cancel();

Q_SIGNALS:
  void started(const QString &path); ///< a layer, which may take a while; cancel() helps
  void cancelled(const QString &path);
  void finished(const QString &path, qint64 rows);
  void failed(const QString &message);

private:
  void writeSceneOf(const ExportOrder &order);
  void writeLayer(EngineClient *client, const ExportOrder &order);
  void orderLayer(EngineClient *client, const ExportRequest &request, const ExportOrder &order);
  void describeLayer(const ExportOrder &order, std::int64_t rows);
  void report(const QString &path, const Result<std::int64_t> &result);
  std::shared_ptr<Mailbox> m_mailbox;
  QPointer<EngineClient> m_client; ///< of the layer under way
  EnginePort::RequestId m_layer = 0;
};

} // namespace meteorograph::ui
