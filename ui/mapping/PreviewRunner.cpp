// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/PreviewRunner.h"

namespace meteorograph::ui {

namespace {
// Long enough that a word is typed without a preview for each letter, short enough to feel immediate.
constexpr int kRestMs = 150;
} // namespace

PreviewRunner::PreviewRunner(EngineClient *client, QObject *parent) : QObject(parent), m_client(client) {
  m_timer.setSingleShot(true);
  m_timer.setInterval(kRestMs);
  connect(&m_timer, &QTimer::timeout, this, &PreviewRunner::send);
}

PreviewRunner::~PreviewRunner() {
  if (m_busy && m_client)
    m_client->cancel(m_request);
}

void PreviewRunner::want(const QString &path, const Mapping &mapping, bool at_once) {
  m_path = path;
  m_mapping = mapping;
  ++m_wanted;
  m_timer.start(at_once ? 0 : kRestMs);
  Q_EMIT started();
}

void PreviewRunner::send() {
  if (!m_client)
    return;
  if (m_busy) {
    m_client->cancel(m_request); // its answer brings us back here
    return;
  }
  m_busy = true;
  m_request = m_client->preview(m_path, m_mapping,
                                [self = QPointer(this), serial = m_wanted](Result<MappingPreview> result) {
                                  if (self)
                                    self->take(serial, std::move(result));
                                });
}

void PreviewRunner::take(std::uint64_t serial, Result<MappingPreview> &&result) {
  m_busy = false;
  if (serial != m_wanted) {
    if (!m_timer.isActive())
      send();
    return;
  }
  if (result)
    Q_EMIT ready(std::make_shared<const MappingPreview>(std::move(*result)));
  else
    Q_EMIT failed(QString::fromStdString(result.error().message));
}

} // namespace meteorograph::ui
