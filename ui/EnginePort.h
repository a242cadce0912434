// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/Engine.h"

#include <memory>

namespace meteorograph::ui {

/// What the window asks of an engine: the seam at which a test puts its own. Members return at once;
/// handlers come on any thread, each once. Implementations own nothing of the window.
class EnginePort {
public:
  template <class T> using Handler = std::function<void(Result<T>)>;
  using RequestId = Engine::RequestId;

  virtual ~EnginePort() = default;
  virtual EngineStatus status() const = 0;
  virtual std::optional<Viewing> viewing() const = 0;
  virtual RequestId takeOver(Handler<void> handler) = 0;
  virtual void follow(const std::vector<std::string> &paths) = 0;
  virtual void removeSource(std::int64_t sourceId) = 0;
  virtual void cancelLoad() = 0;
  virtual RequestId requestOverview(Handler<Overview> handler) = 0;
  virtual RequestId requestSeries(SeriesRequest request, Handler<SeriesSet> handler) = 0;
  virtual RequestId requestFiles(std::int64_t limit, Handler<std::vector<FileStatus>> handler) = 0;
  virtual RequestId requestQuarantine(std::int64_t limit,
                                      Handler<std::vector<QuarantinedRecord>> handler) = 0;
  virtual RequestId requestEvents(std::int64_t limit, Handler<std::vector<EventEntry>> handler) = 0;
  virtual RequestId requestExportCsv(ExportRequest request, std::string path,
                                     Handler<std::int64_t> handler) = 0;
  virtual RequestId requestPresets(Handler<std::vector<Preset>> handler) = 0;
  virtual RequestId savePreset(std::string name, Mapping mapping, Handler<std::vector<Preset>> handler) = 0;
  virtual RequestId requestPreview(std::string path, Mapping mapping, Handler<MappingPreview> handler) = 0;
  virtual RequestId removeFiles(std::vector<std::int64_t> fileIds, Handler<CorrectionReport> handler) = 0;
  virtual RequestId removeSourceWithReadings(std::int64_t sourceId, Handler<CorrectionReport> handler) = 0;
  virtual RequestId applyMapping(std::vector<std::int64_t> fileIds, Mapping mapping,
                                 Handler<CorrectionReport> handler) = 0;
  virtual RequestId changeSource(std::int64_t sourceId, SourceSettings settings,
                                 Handler<CorrectionReport> handler) = 0;
  virtual RequestId renameDevice(DeviceId id, std::string name, Handler<CorrectionReport> handler) = 0;
  virtual RequestId mergeDevices(DeviceId from, DeviceId into, Handler<CorrectionReport> handler) = 0;
  virtual RequestId setLimits(QuantityId id, QuantityLimits limits, Handler<CorrectionReport> handler) = 0;
  virtual RequestId saveAnnotation(Annotation annotation, Handler<CorrectionReport> handler) = 0;
  virtual RequestId removeAnnotation(std::int64_t id, Handler<CorrectionReport> handler) = 0;
  virtual RequestId setHolding(DeviceId id, bool holds, Handler<CorrectionReport> handler) = 0;
  virtual RequestId requestReadings(ReadingsRequest request, Handler<ReadingsOfWindow> handler) = 0;
  virtual RequestId requestRawRecord(std::int64_t fileId, std::int64_t offset,
                                     Handler<RawRecord> handler) = 0;
  virtual RequestId requestRetention(std::optional<RetentionSettings> asked,
                                     Handler<RetentionStatus> handler) = 0;
  virtual RequestId setRetention(RetentionSettings settings, Handler<RetentionStatus> handler) = 0;
  virtual RequestId requestCheck(Handler<Integrity> handler) = 0;
  virtual RequestId requestBackup(std::string path, bool replace, Handler<Copied> handler) = 0;
  virtual void cancel(RequestId id) = 0;
};

/// Passes every call to the engine, which must outlive the port.
std::shared_ptr<EnginePort> portTo(Engine &engine);

} // namespace meteorograph::ui
