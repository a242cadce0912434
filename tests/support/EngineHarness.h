// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/Engine.h"
#include "tests/support/StoreHarness.h"

#include <QTemporaryDir>

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// A folder and a whole engine, whose answers are waited for.
class EngineHarness {
public:
  static constexpr int kPatience = 60'000; ///< milliseconds; a loaded machine is slow, not wrong

  /// The options' store is set by the harness: in `store_folder`, or in a folder of its own.
  explicit EngineHarness(meteorograph::EngineOptions options = {}, std::string store_folder = {});

  std::string path(const std::string &name) const; ///< inside the folder
  void write(const std::string &name, const std::string &content) const;
  void append(const std::string &name, const std::string &content) const;
  void remove(const std::string &name) const;

  meteorograph::Engine &engine() { return *m_engine; }
  void reopen();
  std::string store() const;
  meteorograph::Result<meteorograph::IngestReport>
  ingest(const std::string &name, const std::optional<meteorograph::Mapping> &mapping = {});
  using Handler = meteorograph::Engine::CorrectionHandler;
  /// Asks for a correction and waits for it.
  meteorograph::Result<meteorograph::CorrectionReport>
  correct(const std::function<void(meteorograph::Engine &, Handler)> &ask);

  std::int64_t readings() { return overview().readings; }
  meteorograph::Overview overview();
  std::vector<meteorograph::FileStatus> files();
  meteorograph::FileStatus file(const std::string &name);            ///< the newest generation
  std::int64_t count(std::string_view kind, std::string_view words); ///< events with these words
  bool tells(std::string_view kind, std::string_view words);
  std::string tables();  ///< see StoreHarness
  std::string windows(); ///< silver, the rollups and gold
  std::int64_t sourceId(const std::string &name);
  meteorograph::DeviceId deviceId(const std::string &name);
  QString inconsistency(); ///< see StoreHarness

private:
  QTemporaryDir m_folder;
  QTemporaryDir m_storeFolder;
  meteorograph::EngineOptions m_options;
  std::unique_ptr<meteorograph::Engine> m_engine;
};
