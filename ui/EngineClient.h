// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EnginePort.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <mutex>
#include <optional>

namespace meteorograph::ui {

/// Carries work from any thread to one object's thread, and nothing once that object is gone.
class Mailbox {
public:
  explicit Mailbox(QObject *receiver) : m_receiver(receiver) {}
  void post(std::function<void()> work);
  void close();

private:
  std::mutex m_mutex; ///< guards m_receiver
  QObject *m_receiver;
};

/// The only crossing from the engine's threads into Qt. Lives on the GUI thread; answers arrive there,
/// queued, as signals. Of each kind one request is in flight: a refresh that finds it so is skipped
/// (returns false), and an answer that was superseded is dropped. While a mouse button is pressed
/// answers wait, so that nothing is rebuilt under it; series alone come through, which the charts take
/// as far as the gesture allows. Never blocks.
class EngineClient : public QObject {
  Q_OBJECT
public:
  explicit EngineClient(std::shared_ptr<EnginePort> port, QObject *parent = nullptr);
  ~EngineClient() override;

  EngineStatus status() const { return m_port->status(); }
  std::optional<Viewing> viewing() const { return m_port->viewing(); }
  void follow(const QStringList &paths);
  void removeSource(std::int64_t sourceId) { m_port->removeSource(sourceId); }
  void cancelLoad() { m_port->cancelLoad(); }

  bool refreshOverview();
  bool refreshSeries(const SeriesRequest &request);
  bool refreshFiles();
  bool refreshQuarantine();
  bool refreshEvents();
  /// For what the user asked just now: withdraws the series request in flight; this one follows as
  /// soon as the engine has let go of it, and the withdrawn answer is dropped.
  void replaceSeries(const SeriesRequest &request);
  bool seriesInFlight() const { return m_series.busy; }

  /// One-off requests beside the charts' own; `done` is called on the GUI thread, unless the client is
  /// gone by then.
  template <class T> using Answer = std::function<void(Result<T>)>;
  void fetchSeries(const SeriesRequest &request, Answer<SeriesSet> done);
  EnginePort::RequestId exportCsv(const ExportRequest &request, const QString &path,
                                  Answer<std::int64_t> done);

  /// A viewer becomes the store's writer.
  void takeOver(Answer<void> done);
  void fetchFiles(std::int64_t limit, Answer<std::vector<FileStatus>> done);
  void fetchQuarantine(std::int64_t limit, Answer<std::vector<QuarantinedRecord>> done);
  void fetchPresets(Answer<std::vector<Preset>> done);
  void savePreset(const QString &name, const Mapping &mapping, Answer<std::vector<Preset>> done);
  EnginePort::RequestId preview(const QString &path, const Mapping &mapping, Answer<MappingPreview> done);
  /// What the store keeps; with settings: what they would give up.
  void fetchRetention(const std::optional<RetentionSettings> &asked, Answer<RetentionStatus> done);
  void setRetention(const RetentionSettings &settings, Answer<RetentionStatus> done);
  /// The whole store, in the background; a copy replaces nothing but an earlier one.
  EnginePort::RequestId checkStore(Answer<Integrity> done);
  EnginePort::RequestId backUpStore(const QString &path, Answer<Copied> done);
  /// The readings behind a window, and the text of one's record in its file.
  EnginePort::RequestId fetchReadings(const ReadingsRequest &request, Answer<ReadingsOfWindow> done);
  EnginePort::RequestId fetchRawRecord(std::int64_t fileId, std::int64_t offset, Answer<RawRecord> done);
  void cancel(EnginePort::RequestId id) { m_port->cancel(id); }

  /// Corrections, as Engine has them. Each can be cancelled by its id.
  using Corrected = Answer<CorrectionReport>;
  EnginePort::RequestId removeFiles(std::vector<std::int64_t> fileIds, Corrected done);
  EnginePort::RequestId removeSourceWithReadings(std::int64_t sourceId, Corrected done);
  EnginePort::RequestId applyMapping(std::vector<std::int64_t> fileIds, const Mapping &mapping,
                                     Corrected done);
  EnginePort::RequestId changeSource(std::int64_t sourceId, const SourceSettings &settings, Corrected done);
  EnginePort::RequestId renameDevice(DeviceId id, const QString &name, Corrected done);
  EnginePort::RequestId mergeDevices(DeviceId from, DeviceId into, Corrected done);
  EnginePort::RequestId setLimits(QuantityId id, const QuantityLimits &limits, Corrected done);
  EnginePort::RequestId saveAnnotation(const Annotation &annotation, Corrected done);
  EnginePort::RequestId removeAnnotation(std::int64_t id, Corrected done);
  EnginePort::RequestId setHolding(DeviceId id, bool holds, Corrected done);

Q_SIGNALS:
  void overviewReady(const meteorograph::Overview &overview);
  void seriesReady(const meteorograph::SeriesSet &series);
  void filesReady(const std::vector<meteorograph::FileStatus> &files);
  void quarantineReady(const std::vector<meteorograph::QuarantinedRecord> &records);
  void eventsReady(const std::vector<meteorograph::EventEntry> &events);
  void failed(const QString &message);

private:
  struct Lane {
    std::uint64_t serial = 0;     ///< of the newest request, from 1
    std::uint64_t superseded = 0; ///< the request whose answer is to be dropped
    bool busy = false;
    EnginePort::RequestId id = 0;
  };
  template <class T>
  std::function<void(Result<T>)> answer(Lane &lane, void (EngineClient::*ready)(const T &));
  template <class T> Answer<T> deliver(Answer<T> done);
  void whenReleased(std::function<void()> work);
  void takeWaiting();

  std::shared_ptr<EnginePort> m_port;
  std::shared_ptr<Mailbox> m_mailbox;
  void seriesLaneFreed();

  std::optional<SeriesRequest> m_nextSeries;    ///< waits for the one in flight to end
  std::vector<std::function<void()>> m_waiting; ///< for the mouse button to be released
  QTimer m_release;                             ///< looks whether it is
  Lane m_overview, m_series, m_files, m_quarantine, m_events;
};

} // namespace meteorograph::ui
