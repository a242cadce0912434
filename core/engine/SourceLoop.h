// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/BatchQueue.h"
#include "core/engine/Engine.h"
#include "core/engine/RateMeter.h"
#include "core/engine/SourceFaults.h"
#include "core/engine/WriterLoop.h"
#include "core/source/DirectoryWatch.h"
#include "core/source/FileIngestor.h"
#include "core/store/FileTable.h"
#include "core/store/StoreFile.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace meteorograph {

/// The store's file and those that SQLite and the writer's lock put beside it, by canonical path.
std::vector<std::string> filesOfStore(const std::string &store_path);

/// The parser's thread while following: lists the sources, watches their folders, reads what is
/// new and hands it to the writer's queue. Everything runs on its one thread; the public members
/// may be called from any thread.
class SourceLoop {
public:
  SourceLoop(const EngineOptions &options, const StoreFile &store, BatchQueue &queue, WriterLoop &writer);
  ~SourceLoop() { stop(); }

  /// Follows these paths, besides those already followed.
  void follow(std::vector<std::string> paths);
  void unfollow(const std::string &path);
  void cancelLoad();
  /// Waits until the loop stands between two files with nothing in hand, and keeps it there; false when
  /// that was given up. One holder at a time; each hold() is followed by a release(), after which the loop
  /// takes up what the store holds by then.
  bool hold(const std::function<bool()> &give_up);
  void release();
  void stop();

  /// Fills in what the source side knows.
  void describe(EngineStatus &status) const;
  std::vector<Error> errors() const;
  std::int64_t filesListed() const;

private:
  void run();
  bool openCatalog();
  void closeCatalog();
  void serve();
  void scanAll();
  void work();
  void postWork();
  void arm();
  void openEvents();
  void waitForEvents();
  void takeEvents();
  void scanForLostEvents();
  void noteLoad();
  bool isFollowed(const std::string &path) const;
  bool isBelowRoot(const std::string &path) const;
  void publish(bool always);
  void note(const Error &error);
  void armReturn();
  void pause(const Error &lack);
  void standStill();
  FileIngestor::Options ingestorOptions();

  EngineOptions m_options;
  BatchQueue &m_queue;
  WriterLoop &m_writer;
  RateMeter m_read;
  RateMeter m_bytes;
  std::atomic<bool> m_stop{false};
  std::atomic<bool> m_interrupt{false}; ///< stop reading now: stop() or cancelLoad()

  // Of the loop's thread.
  std::unique_ptr<Database> m_database;
  std::unique_ptr<FileTable> m_catalog;
  std::unique_ptr<FileIngestor> m_ingestor;
  DirectoryWatch m_watch;
  SourceFaults m_faults;
  std::vector<std::string> m_roots;
  std::set<std::string> m_listed; ///< folders, by the path under which they were listed
  bool m_workPosted = false;
  bool m_scanPosted = false;
  bool m_eventsLost = false; ///< since the last listing
  bool m_returnArmed = false;
  std::int64_t m_seenBytes = 0;
  std::uint64_t m_settled = 0;
  StoreFile m_store;
  std::set<std::string> m_toldErrors;
  bool m_loading = false;
  std::chrono::steady_clock::duration m_lastScan{}; ///< how long it took
  std::chrono::steady_clock::time_point m_scanned{};
  std::chrono::steady_clock::time_point m_published{};

  boost::asio::io_context m_context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_guard{m_context.get_executor()};
  boost::asio::posix::stream_descriptor m_events{m_context};
  boost::asio::steady_timer m_rescan{m_context};
  boost::asio::steady_timer m_due{m_context};
  boost::asio::steady_timer m_return{m_context}; ///< for what cannot be read now

  mutable std::mutex m_mutex; ///< guards what follows
  EngineStatus m_status;
  std::vector<Error> m_errors;
  std::int64_t m_filesListed = 0;

  std::mutex m_holdMutex; ///< guards what follows
  std::condition_variable m_holdChanged;
  bool m_holding = false; ///< somebody wants the loop to stand still …
  bool m_still = false;   ///< … and it does
  bool m_ended = false;   ///< it will never move again

  std::thread m_thread;
};

} // namespace meteorograph
