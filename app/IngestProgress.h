// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/Engine.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace meteorograph {

/// While it lives and standard error is a terminal, shows there in one line how far the engine is.
/// Refers to the engine, which must outlive it.
class IngestProgress {
public:
  explicit IngestProgress(const Engine &engine);
  ~IngestProgress();
  IngestProgress(const IngestProgress &) = delete;
  IngestProgress &operator=(const IngestProgress &) = delete;

private:
  void show(const Engine &engine);

  std::mutex m_mutex;
  std::condition_variable m_wake;
  bool m_ended = false; ///< guarded by m_mutex
  std::thread m_thread; ///< last: it uses what stands above
};

} // namespace meteorograph
