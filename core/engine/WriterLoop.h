// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/BatchQueue.h"
#include "core/engine/Engine.h"
#include "core/engine/ProgressLog.h"
#include "core/engine/RateMeter.h"
#include "core/store/Corrections.h"
#include "core/store/StoreFile.h"
#include "core/store/StoreWriter.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace meteorograph {

/// The writer's thread: takes batches off the queue and commits them; when the world fails (disk
/// full, lock, the file gone), keeps the batches and tries again until it works or it is stopped; jobs
/// run meanwhile, and corrections are refused. A second thread brings the write-ahead log into the
/// database file, so that no commit has to.
class WriterLoop {
public:
  WriterLoop(StoreFile store, BatchQueue &queue);
  ~WriterLoop() { stop(); }

  void onCommitted(std::function<void(const Committed &)> handler);
  void start(std::unique_ptr<StoreWriter> writer);
  /// Commits what waits in the queue, then ends. With a failing disk: after one last try.
  void stop();

  /// In one go over a folder a failure ends the run instead of being tried again.
  void setPatient(bool patient);
  std::optional<Error> error() const; ///< while what waits cannot be written
  TimeUs failingSince() const;        ///< kNoTime while there is no error
  using Write = std::function<Result<void>(StoreWriter &)>;
  /// What must be written, whatever happens: it is tried until it works, in order, between commits.
  void keep(Write write);
  /// An event, the same way.
  void tell(std::string kind, std::string text);
  IngestReport totals() const; ///< since start or resetTotals()
  void resetTotals();
  double rowsPerSecond() const { return m_rate.perSecond(); }
  double commitMilliseconds() const;
  std::int64_t walBytes() const;
  std::vector<Progress> progress() const { return m_progress.recent(); }
  /// Saves the figures that are not saved yet; `all`: also of the second in work. Only from a job.
  void saveProgress(bool all);
  /// The log has grown by something that is no commit; only from a job.
  void noteLog();
  std::int64_t revision() const;
  StoreWriter &writer() { return *m_writer; } ///< for jobs on this thread only
  /// Runs a correction; only from a job, on this thread. `cancelled` ends it.
  Result<Corrected> correct(const std::function<Result<Corrected>(Corrections &)> &step,
                            const std::atomic<bool> &cancelled);
  /// From now on a commit that fails is not tried again, nor is another program's lock waited for: others
  /// wait for this thread to end.
  void hurry();

private:
  void run();
  void runCheckpoints();
  bool commit(BatchQueue::Taken &taken);
  void commitAtLast(BatchQueue::Taken &taken);
  void writeKept();
  void failed(const Error &error);
  void recovered();
  void emptyLongLog();
  void countDevices(const std::vector<DeviceId> &devices);
  void succeeded(const CommitReport &report, double milliseconds);
  bool waitToRetry(std::chrono::milliseconds pause);

  std::unique_ptr<StoreWriter> m_writer;
  StoreFile m_store;
  BatchQueue &m_queue;
  std::function<void(const Committed &)> m_handler;
  RateMeter m_rate;
  ProgressLog m_progress;

  mutable std::mutex m_mutex; ///< guards what follows
  std::condition_variable m_wake;
  std::optional<Error> m_error;
  TimeUs m_failingSince = kNoTime;
  IngestReport m_totals;
  std::vector<bool> m_devices; ///< by id: those with readings in m_totals
  double m_commitMs = 0;
  std::int64_t m_revision = 0;
  std::int64_t m_walBytes = 0;
  std::int64_t m_walToEmpty = 0; ///< of those, what the second thread has not looked at
  bool m_patient = true;
  std::atomic<bool> m_stopping{false}; ///< read without the mutex as well
  bool m_ended = false;

  // Of the writer's thread.
  bool m_gaveUp = false;      ///< a commit was given up: nothing behind it may be committed
  bool m_commitFails = false; ///< a commit is being tried again
  std::deque<Write> m_kept;
  TimeUs m_toldOfFailure = kNoTime;

  std::thread m_thread;
  std::thread m_checkpoints;
};

} // namespace meteorograph
