// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/EnginePort.h"

namespace meteorograph::ui {

namespace {

class DirectPort final : public EnginePort {
public:
  explicit DirectPort(Engine &engine) : m_engine(engine) {}

  EngineStatus status() const override { return m_engine.status(); }
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
  void cancel(RequestId id) override { m_engine.cancel(id); }

private:
  Engine &m_engine;
};

} // namespace

std::shared_ptr<EnginePort> portTo(Engine &engine) { return std::make_shared<DirectPort>(engine); }

} // namespace meteorograph::ui
