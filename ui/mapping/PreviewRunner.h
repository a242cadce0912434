// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"
#include "ui/EngineClient.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace meteorograph::ui {

/// Keeps a preview up with what is being changed: waits until the hand rests, has one request in
/// flight, withdraws it when its mapping is no longer wanted, and drops an answer that comes late.
class PreviewRunner : public QObject {
  Q_OBJECT
public:
  explicit PreviewRunner(EngineClient *client, QObject *parent = nullptr);
  ~PreviewRunner() override;

  /// Asks for this preview: soon, or at once.
  void want(const QString &path, const Mapping &mapping, bool at_once = false);
  bool busy() const { return m_busy || m_timer.isActive(); }

Q_SIGNALS:
  void started();
  void ready(std::shared_ptr<const meteorograph::MappingPreview> preview);
  void failed(const QString &message);

private:
  void send();
  void take(std::uint64_t serial, Result<MappingPreview> &&result);

  QPointer<EngineClient> m_client;
  QTimer m_timer;
  QString m_path;
  Mapping m_mapping;
  std::uint64_t m_wanted = 0; ///< grows with each wish
  bool m_busy = false;
  EnginePort::RequestId m_request = 0;
};

} // namespace meteorograph::ui
