// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EngineClient.h"
#include "ui/export/ExportPlan.h"

#include <QObject>
#include <QPointer>

namespace meteorograph::ui {

/// What an export needs of the window at the moment it is ordered.
struct ExportOrder {
  ExportPlan plan;
  ChartScene scene; ///< as seen; for a chosen range, its panes, devices and zone
  SeriesRequest request;
  Overview overview;
  QString zone;
  bool dark = true;
  QSize size; ///< of pictures, before the scale
};

/// Runs exports: series and layers come from the engine, text and files are written on a worker
/// thread. Tells by finished() or failed(). Lives on the GUI thread and never blocks it.
class Exporter : public QObject {
  Q_OBJECT
public:
  explicit Exporter(QObject *parent = nullptr);
  ~Exporter() override;
  void start(EngineClient *client, const ExportOrder &order);
  /// The quarantined records, each a row: file, line, offset, reason, text.
  void writeQuarantine(EngineClient *client, const QString &path);

Q_SIGNALS:
  void finished(const QString &path, qint64 rows);
  void failed(const QString &message);

private:
  void writeScene(const ExportOrder &order);
  void writeLayer(EngineClient *client, const ExportOrder &order);
  void hashLayer(const ExportOrder &order, std::int64_t rows);
  void report(const QString &path, const Result<std::int64_t> &result);
  std::shared_ptr<Mailbox> m_mailbox;
};

/// Writes the file and its sidecar; the number of rows, 0 for a picture. Any thread.
Result<std::int64_t> writeSceneExport(const ExportOrder &order);

} // namespace meteorograph::ui
