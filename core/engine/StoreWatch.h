// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/RateMeter.h"
#include "core/model/Overview.h"
#include "core/model/Viewing.h"
#include "core/store/StoreFile.h"
#include "core/store/StoreReader.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace meteorograph {

/// What a viewer knows of the program that writes to its store: a thread looks a few times a second
/// whether there is one, and what it has committed. Owned by the engine; members may be called from
/// any thread.
class StoreWatch {
public:
  explicit StoreWatch(StoreFile store) : m_store(std::move(store)) {}
  ~StoreWatch() { stop(); }

  /// `first`: why the store is only looked at, as its opening found.
  void start(Viewing first);
  void stop();
  /// Nothing while it is not running.
  std::optional<Viewing> viewing() const;
  /// Fills in what the store says of its writer.
  void describe(EngineStatus &status) const;

private:
  void run();
  void look();
  void lookAtStore();
  Viewing lookAtLock() const;

  StoreFile m_store;
  RateMeter m_rate;

  // Of its own thread.
  std::unique_ptr<StoreReader> m_reader;
  std::int64_t m_readings = -1;
  int m_rounds = 0;

  mutable std::mutex m_mutex; ///< guards what follows
  std::condition_variable m_wake;
  std::optional<Viewing> m_viewing;
  std::int64_t m_revision = 0;
  std::vector<Progress> m_progress;
  bool m_isElsewhere = false; ///< the store is no longer where its writer has it
  bool m_stopping = false;
  std::thread m_thread;
};

} // namespace meteorograph
