// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/StoreFile.h"
#include "core/store/StoreReader.h"

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace meteorograph {

/// One thread with one read-only connection, which is opened when first needed. Jobs run one after
/// the other. Any thread may add and cancel.
class QueryLane {
public:
  using Job = std::function<void(Result<StoreReader *> reader, const std::atomic<bool> &cancelled)>;

  explicit QueryLane(StoreFile store) : m_store(std::move(store)) {}
  ~QueryLane() { stop(); }

  void add(std::uint64_t id, Job job);
  void cancel(std::uint64_t id);
  /// Withdraws what waits and waits for what runs.
  void stop();

private:
  Result<StoreReader *> reader();

  StoreFile m_store;
  std::unique_ptr<StoreReader> m_reader; ///< of the lane's thread
  std::mutex m_mutex;                    ///< guards m_flags and m_stopped
  std::map<std::uint64_t, std::shared_ptr<std::atomic<bool>>> m_flags;
  bool m_stopped = false;
  boost::asio::thread_pool m_pool{1};
};

} // namespace meteorograph
