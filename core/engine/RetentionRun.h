// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/BatchQueue.h"
#include "core/engine/BelievedClock.h"
#include "core/engine/WriterLoop.h"
#include "core/store/Retention.h"
#include "core/store/StoreFile.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace meteorograph {

/// Applies the store's retention while the engine runs: now and then it looks, on a connection of its
/// own, whether something is to be given up, and then asks the writer's thread for one short step after
/// the other. Between two steps it lets at least four times as much time pass as the step took, more
/// while readings wait; so a reading that comes waits for one step at most. Also has the writer's
/// figures saved. Owned by the engine; members may be called from any thread.
class RetentionRun {
public:
  RetentionRun(StoreFile store, BatchQueue &queue, WriterLoop &writer, WallClock clock);
  ~RetentionRun() { stop(); }

  /// `last_us`: when the store was last written to, by the clock of that time; kNoTime: never.
  void start(TimeUs last_us);
  void stop(); ///< before the writer's
  /// Settings have changed: looks at once.
  void wake();
  bool isAtWork() const { return m_atWork; }

private:
  void run();
  TimeUs believed();
  bool waitFor(std::chrono::steady_clock::duration time, bool until_woken);
  void look(Database &database);
  bool step(Retention &retention, std::int64_t spare_pages);
  void tell();

  StoreFile m_store;
  BatchQueue &m_queue;
  WriterLoop &m_writer;
  WallClock m_clock;
  std::atomic<bool> m_atWork{false};

  // Of its own thread.
  std::int64_t m_rows = 256; ///< of the next step
  std::chrono::steady_clock::duration m_took{};
  std::array<std::int64_t, 3> m_given{};
  TimeUs m_told = 0;
  BelievedClock m_believed;

  std::mutex m_mutex; ///< guards what follows
  std::condition_variable m_changed;
  bool m_stopping = false;
  bool m_woken = false;
  std::thread m_thread;
};

/// What was done at once.
struct Retained {
  std::array<std::int64_t, 3> rows{};
  std::int64_t bytes = 0; ///< given back to the disk
};
/// Applies retention until nothing is left to do, for a program that has the store to itself. Setting
/// `stop` ends it between two steps; the next call goes on.
Result<Retained> retainNow(StoreWriter &writer, TimeUs now, const std::atomic<bool> &stop,
                           const std::function<void(const Retained &)> &progress);

} // namespace meteorograph
