// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/EngineHarness.h"

#include "core/store/StoreReader.h"
#include "tests/support/StoreDump.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace meteorograph;

EngineHarness::EngineHarness(EngineOptions options, std::string store_folder)
    : m_options(std::move(options)) {
  m_options.store_path =
      (store_folder.empty() ? m_storeFolder.path().toStdString() : store_folder) + "/s.meteorograph";
  reopen();
}

std::string EngineHarness::store() const { return m_options.store_path; }

void EngineHarness::reopen() {
  m_engine.reset();
  Result<std::unique_ptr<Engine>> opened = Engine::open(m_options);
  if (!opened)
    qFatal("%s", opened.error().message.c_str());
  m_engine = std::move(*opened);
}

std::string EngineHarness::path(const std::string &name) const {
  return m_folder.path().toStdString() + (name.empty() ? "" : "/" + name);
}

void EngineHarness::write(const std::string &name, const std::string &content) const {
  std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
  std::ofstream(path(name), std::ios::binary | std::ios::trunc) << content;
}

void EngineHarness::append(const std::string &name, const std::string &content) const {
  std::ofstream(path(name), std::ios::binary | std::ios::app) << content;
}

void EngineHarness::remove(const std::string &name) const { std::filesystem::remove_all(path(name)); }

Result<IngestReport> EngineHarness::ingest(const std::string &name, const std::optional<Mapping> &mapping) {
  const std::atomic<bool> stop{false};
  return m_engine->ingest({path(name)}, stop, mapping);
}

Result<CorrectionReport> EngineHarness::correct(const std::function<void(Engine &, Handler)> &ask) {
  const auto promise = std::make_shared<std::promise<Result<CorrectionReport>>>();
  ask(*m_engine, [promise](Result<CorrectionReport> report) { promise->set_value(std::move(report)); });
  return promise->get_future().get();
}

Overview EngineHarness::overview() { return *(*StoreReader::open(store()))->overview(); }
std::vector<FileStatus> EngineHarness::files() { return *(*StoreReader::open(store()))->files(-1, 0); }

FileStatus EngineHarness::file(const std::string &name) {
  FileStatus newest;
  for (FileStatus &status : files())
    if (status.path == path(name))
      newest = std::move(status);
  return newest;
}

std::int64_t EngineHarness::count(std::string_view kind, std::string_view words) {
  const std::vector<EventEntry> events = *(*StoreReader::open(store()))->events(-1);
  return std::count_if(events.begin(), events.end(), [&](const EventEntry &event) {
    return event.kind == kind && event.text.find(words) != std::string::npos;
  });
}

bool EngineHarness::tells(std::string_view kind, std::string_view words) { return count(kind, words) > 0; }

std::string EngineHarness::tables() { return dumpStore(*(*StoreReader::open(store())), true); }
std::string EngineHarness::windows() { return dumpWindows(*(*StoreReader::open(store()))); }

std::int64_t EngineHarness::sourceId(const std::string &name) {
  const Overview seen = overview();
  for (const SourceStatus &source : seen.sources)
    if (source.path == path(name))
      return source.id;
  return -1;
}

DeviceId EngineHarness::deviceId(const std::string &name) {
  const Overview seen = overview();
  for (const DeviceStatus &device : seen.devices)
    if (device.name == name)
      return device.id;
  return -1;
}

QString EngineHarness::inconsistency() { return storeInconsistency(store()); }
