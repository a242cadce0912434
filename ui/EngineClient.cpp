// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/EngineClient.h"

#include <QGuiApplication>
#include <QPointer>

namespace meteorograph::ui {

namespace {
// Rows of the long lists that the window asks for at once: more nobody scrolls through, and it bounds
// what a refresh costs. The command line lists all.
constexpr std::int64_t kListLimit = 2000;
// Files are found by their filter and corrected from their list, so that it holds more of them.
constexpr std::int64_t kFileLimit = 100'000;
// How soon after the release of a mouse button what came meanwhile is shown.
constexpr std::chrono::milliseconds kReleaseInterval{50};
} // namespace

void Mailbox::post(std::function<void()> work) {
  const std::lock_guard lock(m_mutex);
  if (m_receiver)
    QMetaObject::invokeMethod(m_receiver, std::move(work), Qt::QueuedConnection);
}

void Mailbox::close() {
  const std::lock_guard lock(m_mutex);
  m_receiver = nullptr;
}

EngineClient::EngineClient(std::shared_ptr<EnginePort> port, QObject *parent)
    : QObject(parent), m_port(std::move(port)), m_mailbox(std::make_shared<Mailbox>(this)) {
  connect(&m_release, &QTimer::timeout, this, &EngineClient::takeWaiting);
}

EngineClient::~EngineClient() {
  m_mailbox->close();
  for (const Lane *lane : {&m_overview, &m_series, &m_files, &m_quarantine, &m_events})
    if (lane->busy)
      m_port->cancel(lane->id);
}

template <class T>
std::function<void(Result<T>)> EngineClient::answer(Lane &lane, void (EngineClient::*ready)(const T &)) {
  lane.busy = true;
  const std::uint64_t serial = ++lane.serial;
  const bool waits = &lane != &m_series;
  // Called on another thread, and maybe after this client's end: there, only the mailbox may be touched.
  return [this, &lane, serial, ready, waits, mailbox = m_mailbox](Result<T> result) {
    auto arrived = [this, &lane, serial, ready, result = std::move(result)] {
      lane.busy = false;
      if (lane.superseded == serial)
        return seriesLaneFreed();
      if (result)
        Q_EMIT(this->*ready)(*result);
      else if (result.error().code != ErrorCode::Cancelled)
        Q_EMIT failed(QString::fromStdString(result.error().message));
    };
    if (waits)
      mailbox->post([this, arrived = std::move(arrived)] { whenReleased(arrived); });
    else
      mailbox->post(std::move(arrived));
  };
}

void EngineClient::whenReleased(std::function<void()> work) {
  if (m_waiting.empty() && QGuiApplication::mouseButtons() == Qt::NoButton)
    return work();
  m_waiting.push_back(std::move(work));
  m_release.start(kReleaseInterval);
}

void EngineClient::takeWaiting() {
  if (QGuiApplication::mouseButtons() != Qt::NoButton)
    return;
  m_release.stop();
  const QPointer<EngineClient> self(this);
  for (const std::function<void()> &work : std::exchange(m_waiting, {}))
    if (self)
      work();
}

template <class T> EngineClient::Answer<T> EngineClient::deliver(Answer<T> done) {
  return [done = std::move(done), mailbox = m_mailbox](Result<T> result) {
    mailbox->post([done, result = std::move(result)]() mutable { done(std::move(result)); });
  };
}

void EngineClient::follow(const QStringList &paths) {
  std::vector<std::string> list;
  for (const QString &path : paths)
    list.push_back(path.toStdString());
  m_port->follow(list);
}

bool EngineClient::refreshOverview() {
  if (m_overview.busy)
    return false;
  m_overview.id = m_port->requestOverview(answer(m_overview, &EngineClient::overviewReady));
  return true;
}

bool EngineClient::refreshSeries(const SeriesRequest &request) {
  if (m_series.busy)
    return false;
  m_series.id = m_port->requestSeries(request, answer(m_series, &EngineClient::seriesReady));
  return true;
}

void EngineClient::replaceSeries(const SeriesRequest &request) {
  if (!m_series.busy) {
    refreshSeries(request);
    return;
  }
  m_nextSeries = request;
  m_series.superseded = m_series.serial;
  m_port->cancel(m_series.id);
}

void EngineClient::seriesLaneFreed() {
  if (const std::optional<SeriesRequest> next = std::exchange(m_nextSeries, std::nullopt))
    refreshSeries(*next);
}

bool EngineClient::refreshFiles() {
  if (m_files.busy)
    return false;
  m_files.id = m_port->requestFiles(kFileLimit, answer(m_files, &EngineClient::filesReady));
  return true;
}

bool EngineClient::refreshQuarantine() {
  if (m_quarantine.busy)
    return false;
  m_quarantine.id =
      m_port->requestQuarantine(kListLimit, answer(m_quarantine, &EngineClient::quarantineReady));
  return true;
}

bool EngineClient::refreshEvents() {
  if (m_events.busy)
    return false;
  m_events.id = m_port->requestEvents(kListLimit, answer(m_events, &EngineClient::eventsReady));
  return true;
}

void EngineClient::fetchSeries(const SeriesRequest &request, Answer<SeriesSet> done) {
  m_port->requestSeries(request, deliver<SeriesSet>(std::move(done)));
}

EnginePort::RequestId EngineClient::exportCsv(const ExportRequest &request, const QString &path,
                                              Answer<std::int64_t> done) {
  return m_port->requestExportCsv(request, path.toStdString(), deliver<std::int64_t>(std::move(done)));
}

void EngineClient::takeOver(Answer<void> done) { m_port->takeOver(deliver<void>(std::move(done))); }

void EngineClient::fetchFiles(std::int64_t limit, Answer<std::vector<FileStatus>> done) {
  m_port->requestFiles(limit, deliver(std::move(done)));
}

void EngineClient::fetchQuarantine(std::int64_t limit, Answer<std::vector<QuarantinedRecord>> done) {
  m_port->requestQuarantine(limit, deliver(std::move(done)));
}

void EngineClient::fetchPresets(Answer<std::vector<Preset>> done) {
  m_port->requestPresets(deliver(std::move(done)));
}

void EngineClient::savePreset(const QString &name, const Mapping &mapping, Answer<std::vector<Preset>> done) {
  m_port->savePreset(name.toStdString(), mapping, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::preview(const QString &path, const Mapping &mapping,
                                            Answer<MappingPreview> done) {
  return m_port->requestPreview(path.toStdString(), mapping, deliver(std::move(done)));
}

void EngineClient::fetchRetention(const std::optional<RetentionSettings> &asked,
                                  Answer<RetentionStatus> done) {
  m_port->requestRetention(asked, deliver(std::move(done)));
}

void EngineClient::setRetention(const RetentionSettings &settings, Answer<RetentionStatus> done) {
  m_port->setRetention(settings, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::checkStore(Answer<Integrity> done) {
  return m_port->requestCheck(deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::backUpStore(const QString &path, Answer<Copied> done) {
  return m_port->requestBackup(path.toStdString(), false, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::removeFiles(std::vector<std::int64_t> fileIds, Corrected done) {
  return m_port->removeFiles(std::move(fileIds), deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::removeSourceWithReadings(std::int64_t sourceId, Corrected done) {
  return m_port->removeSourceWithReadings(sourceId, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::applyMapping(std::vector<std::int64_t> fileIds, const Mapping &mapping,
                                                 Corrected done) {
  return m_port->applyMapping(std::move(fileIds), mapping, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::changeSource(std::int64_t sourceId, const SourceSettings &settings,
                                                 Corrected done) {
  return m_port->changeSource(sourceId, settings, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::renameDevice(DeviceId id, const QString &name, Corrected done) {
  return m_port->renameDevice(id, name.toStdString(), deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::mergeDevices(DeviceId from, DeviceId into, Corrected done) {
  return m_port->mergeDevices(from, into, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::setLimits(QuantityId id, const QuantityLimits &limits, Corrected done) {
  return m_port->setLimits(id, limits, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::saveAnnotation(const Annotation &annotation, Corrected done) {
  return m_port->saveAnnotation(annotation, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::removeAnnotation(std::int64_t id, Corrected done) {
  return m_port->removeAnnotation(id, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::setHolding(DeviceId id, bool holds, Corrected done) {
  return m_port->setHolding(id, holds, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::fetchReadings(const ReadingsRequest &request,
                                                  Answer<ReadingsOfWindow> done) {
  return m_port->requestReadings(request, deliver(std::move(done)));
}

EnginePort::RequestId EngineClient::fetchRawRecord(std::int64_t fileId, std::int64_t offset,
                                                   Answer<RawRecord> done) {
  return m_port->requestRawRecord(fileId, offset, deliver(std::move(done)));
}

} // namespace meteorograph::ui
