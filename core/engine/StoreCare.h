// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/BatchQueue.h"
#include "core/engine/QueryLane.h"
#include "core/engine/WriterLoop.h"
#include "core/model/Copied.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <string>

namespace meteorograph {

/// Looks through the store and copies it while the engine works, one after the other on a lane of its own.
/// A whole check and a copy read in one snapshot, for which the write-ahead log cannot start anew: a check
/// that lets it grow too long gives way, and begins again a while later. Owned by the engine; any thread.
class StoreCare {
public:
  StoreCare(std::string store_path, BatchQueue &queue, WriterLoop &writer)
      : m_path(std::move(store_path)), m_queue(queue), m_writer(writer), m_lane(m_path) {}

  /// What the check found is kept in the store, with an event.
  void check(std::uint64_t id, std::function<void(Result<Integrity>)> handler);
  void backUp(std::uint64_t id, std::string path, bool replace, std::function<void(Result<Copied>)> handler);
  void cancel(std::uint64_t id) { m_lane.cancel(id); }
  void stop() { m_lane.stop(); } ///< before the queue's writer ends

  struct Work {
    std::string what; ///< for people; empty: nothing
    double done = -1; ///< part of it; below 0: unknown
  };
  Work work() const;

private:
  Result<Integrity> look(StoreReader &reader, const std::atomic<bool> &cancelled);
  Result<Integrity> checkNow(StoreReader &reader, const std::atomic<bool> &cancelled);
  void tell(std::string what, double done);

  std::string m_path;
  BatchQueue &m_queue;
  WriterLoop &m_writer;
  mutable std::mutex m_mutex; ///< guards m_work
  Work m_work;
  QueryLane m_lane; ///< last: its thread uses what stands above
};

} // namespace meteorograph
