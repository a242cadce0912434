// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/EnginePort.h"

namespace meteorograph::ui {

namespace {

class DirectPort final : public EnginePort {
public:
  explicit DirectPort(Engine &engine) : m_engine(engine) {}

  EngineStatus status() const override { return m_engine.status(); }
  std::optional<Viewing> viewing() const override { return m_engine.viewing(); }
  RequestId takeOver(Handler<void> handler) override { return m_engine.takeOver(std::move(handler)); }
  void follow(const std::vector<std::string> &paths) override { m_engine.follow(paths); }
  void removeSource(std::int64_t sourceId) override { m_engine.removeSource(sourceId); }
  void cancelLoad() override { m_engine.cancelLoad(); }
  RequestId requestOverview(Handler<Overview> handler) override {
    return m_engine.requestOverview(std::move(handler));
  }
  RequestId requestSeries(SeriesRequest request, Handler<SeriesSet> handler) override {
    return m_engine.requestSeries(std::move(request), std::move(handler));
  }
  RequestId requestFiles(std::int64_t limit, Handler<std::vector<FileStatus>> handler) override {
    return m_engine.requestFiles(limit, std::move(handler));
  }
  RequestId requestQuarantine(std::int64_t limit, Handler<std::vector<QuarantinedRecord>> handler) override {
    return m_engine.requestQuarantine(limit, std::move(handler));
  }
  RequestId requestEvents(std::int64_t limit, Handler<std::vector<EventEntry>> handler) override {
    return m_engine.requestEvents(limit, std::move(handler));
  }
  RequestId requestExportCsv(ExportRequest request, std::string path,
                             Handler<std::int64_t> handler) override {
    return m_engine.requestExportCsv(std::move(request), std::move(path), std::move(handler));
  }
  RequestId requestPresets(Handler<std::vector<Preset>> handler) override {
    return m_engine.requestPresets(std::move(handler));
  }
  RequestId savePreset(std::string name, Mapping mapping, Handler<std::vector<Preset>> handler) override {
    return m_engine.savePreset(std::move(name), std::move(mapping), std::move(handler));
  }
  RequestId requestPreview(std::string path, Mapping mapping, Handler<MappingPreview> handler) override {
    return m_engine.requestPreview(std::move(path), std::move(mapping), std::move(handler));
  }
  RequestId removeFiles(std::vector<std::int64_t> fileIds, Handler<CorrectionReport> handler) override {
    return m_engine.removeFiles(std::move(fileIds), std::move(handler));
  }
  RequestId removeSourceWithReadings(std::int64_t sourceId, Handler<CorrectionReport> handler) override {
    return m_engine.removeSourceWithReadings(sourceId, std::move(handler));
  }
  RequestId applyMapping(std::vector<std::int64_t> fileIds, Mapping mapping,
                         Handler<CorrectionReport> handler) override {
    return m_engine.applyMapping(std::move(fileIds), std::move(mapping), std::move(handler));
  }
  RequestId changeSource(std::int64_t sourceId, SourceSettings settings,
                         Handler<CorrectionReport> handler) override {
    return m_engine.changeSource(sourceId, std::move(settings), std::move(handler));
  }
  RequestId renameDevice(DeviceId id, std::string name, Handler<CorrectionReport> handler) override {
    return m_engine.renameDevice(id, std::move(name), std::move(handler));
  }
  RequestId mergeDevices(DeviceId from, DeviceId into, Handler<CorrectionReport> handler) override {
    return m_engine.mergeDevices(from, into, std::move(handler));
  }
  RequestId setLimits(QuantityId id, QuantityLimits limits, Handler<CorrectionReport> handler) override {
    return m_engine.setLimits(id, limits, std::move(handler));
  }
  RequestId saveAnnotation(Annotation annotation, Handler<CorrectionReport> handler) override {
    return m_engine.saveAnnotation(std::move(annotation), std::move(handler));
  }
  RequestId removeAnnotation(std::int64_t id, Handler<CorrectionReport> handler) override {
    return m_engine.removeAnnotation(id, std::move(handler));
  }
  RequestId setHolding(DeviceId id, bool holds, Handler<CorrectionReport> handler) override {
    return m_engine.setHolding(id, holds, std::move(handler));
  }
  RequestId requestReadings(ReadingsRequest request, Handler<ReadingsOfWindow> handler) override {
    return m_engine.requestReadings(request, std::move(handler));
  }
  RequestId requestRawRecord(std::int64_t fileId, std::int64_t offset, Handler<RawRecord> handler) override {
    return m_engine.requestRawRecord(fileId, offset, std::move(handler));
  }
  RequestId requestRetention(std::optional<RetentionSettings> asked,
                             Handler<RetentionStatus> handler) override {
    return m_engine.requestRetention(std::move(asked), std::move(handler));
  }
  RequestId setRetention(RetentionSettings settings, Handler<RetentionStatus> handler) override {
    return m_engine.setRetention(settings, std::move(handler));
  }
  RequestId requestCheck(Handler<Integrity> handler) override {
    return m_engine.requestCheck(std::move(handler));
  }
  RequestId requestBackup(std::string path, bool replace, Handler<Copied> handler) override {
    return m_engine.requestBackup(std::move(path), replace, std::move(handler));
  }
  void cancel(RequestId id) override { m_engine.cancel(id); }

private:
  Engine &m_engine;
};

} // namespace

std::shared_ptr<EnginePort> portTo(Engine &engine) { return std::make_shared<DirectPort>(engine); }

} // namespace meteorograph::ui
