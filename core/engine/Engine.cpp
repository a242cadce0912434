// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
namespace meteorograph {
struct Engine::Impl {};
Engine::Engine(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Engine::~Engine() = default;
#define S fail(ErrorCode::StoreUnusable, "not yet")
Result<std::unique_ptr<Engine>> Engine::open(EngineOptions) { return S; }
Result<IngestReport> Engine::ingest(const std::vector<std::string> &, const std::atomic<bool> &) { return S; }
void Engine::follow(const std::vector<std::string> &) {}
void Engine::followRemembered() {}
void Engine::removeSource(std::int64_t) {}
void Engine::cancelLoad() {}
IngestReport Engine::followReport() const { return {}; }
EngineStatus Engine::status() const { return {}; }
void Engine::onCommitted(std::function<void(const Committed &)>) {}
Engine::RequestId Engine::requestOverview(std::function<void(Result<Overview>)>) { return 0; }
Engine::RequestId Engine::requestSeries(SeriesRequest, std::function<void(Result<SeriesSet>)>) { return 0; }
Engine::RequestId Engine::requestFiles(std::int64_t, std::function<void(Result<std::vector<FileStatus>>)>) {
  return 0;
}
Engine::RequestId Engine::requestQuarantine(std::int64_t,
                                            std::function<void(Result<std::vector<QuarantinedRecord>>)>) {
  return 0;
}
Engine::RequestId Engine::requestEvents(std::int64_t, std::function<void(Result<std::vector<EventEntry>>)>) {
  return 0;
}
Engine::RequestId Engine::requestExportCsv(ExportRequest, std::string,
                                           std::function<void(Result<std::int64_t>)>) {
  return 0;
}
void Engine::cancel(RequestId) {}
void Engine::stop() {}
} // namespace meteorograph
