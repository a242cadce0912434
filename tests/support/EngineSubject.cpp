// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"
#include "tests/support/HistorySubject.h"

#include <QTemporaryDir>

#include <atomic>
#include <utility>

using namespace meteorograph;

namespace {

class EngineSubject : public HistorySubject {
public:
  EngineSubject() { reopen(); }
  bool canFollow() const override { return false; }
  std::string root() const override { return m_folder.path().toStdString(); }
  std::string store() const override { return m_storeFolder.path().toStdString() + "/s.meteorograph"; }
  void scan(ReferenceModel::Pass, TimeUs now) override {
    m_now = now;
    const std::atomic<bool> stop{false};
    const Result<IngestReport> report = m_engine->ingest({root()}, stop);
    m_errors += !report ? report.error().message : std::string();
    for (const Error &error : report ? report->errors : std::vector<Error>())
      m_errors += error.message;
  }
  void reopen() override {
    m_engine.reset();
    EngineOptions options;
    options.store_path = store();
    options.clock = [this] { return m_now.load(); };
    m_engine = std::move(*Engine::open(options));
  }
  std::string takeErrors() override { return std::exchange(m_errors, {}); }

private:
  QTemporaryDir m_folder;
  QTemporaryDir m_storeFolder;
  std::atomic<TimeUs> m_now{wallClockNow()};
  std::unique_ptr<Engine> m_engine;
  std::string m_errors;
};

} // namespace

std::unique_ptr<HistorySubject> makeEngineSubject() { return std::make_unique<EngineSubject>(); }
