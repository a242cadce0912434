// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace meteorograph {

/// The bounded way from the parser's thread to the writer's. Also carries small jobs for the
/// writer, which run between commits, in their order of arrival among themselves.
class BatchQueue {
public:
  /// Rows in one commit: large enough that its fsync costs little, small enough to answer a cancel.
  static constexpr std::size_t kCommitRows = 100'000;
  /// Rows that may wait: one commit's worth, so that the parser goes on while the writer writes.
  static constexpr std::size_t kMaxRows = 100'000;

  /// Waits for room; the batch's number in the order of commits, or nothing when closed.
  std::optional<std::uint64_t> push(FileBatch &&batch);
  /// While the parser is busy the writer gathers a full commit; when it is not, it commits at once.
  void setBusy(bool busy);
  /// False when closed: the job will not run.
  bool postJob(std::function<void()> job);
  /// The same, and waits until the job has run. Never from a job.
  bool runJob(const std::function<void()> &job);
  /// No more is taken in; what waits is still handed out.
  void close();
  /// A closed queue that nobody waits at takes in again.
  void reopen();

  struct Taken {
    std::vector<FileBatch> batches;
    std::vector<std::function<void()>> jobs;
    std::uint64_t sequence = 0; ///< of the last batch
  };
  /// Waits for work; nothing when closed and empty. With patience: nothing to do after so long comes
  /// back without work. Called by the writer.
  std::optional<Taken> take(std::optional<std::chrono::milliseconds> patience = {});
  /// Jobs alone, while batches cannot be committed; does not wait.
  std::vector<std::function<void()>> takeJobs();
  /// Waits until everything pushed or posted has been taken and done() has been called for it; false
  /// when that was given up.
  bool waitDrained(const std::function<bool()> &give_up = {});
  void done(std::uint64_t sequence);
  std::uint64_t doneSequence() const;
  std::int64_t rows() const;

private:
  static std::size_t weight(const FileBatch &batch);
  /// The writer need not wait for more.
  bool isDue() const;
  /// How often somebody who waits looks whether to give up.
  static constexpr std::chrono::milliseconds kLook{100};
  bool drained() const { return !m_working && m_batches.empty() && m_jobs.empty() && m_done == m_pushed; }

  mutable std::mutex m_mutex; ///< guards everything below
  std::condition_variable m_room;
  std::condition_variable m_work;
  std::condition_variable m_drained;
  std::deque<FileBatch> m_batches;
  std::vector<std::function<void()>> m_jobs;
  std::size_t m_rows = 0;
  std::uint64_t m_pushed = 0;
  std::uint64_t m_taken = 0;
  std::uint64_t m_done = 0;
  bool m_busy = false;
  bool m_working = false; ///< the writer has something in hand
  bool m_closed = false;
};

} // namespace meteorograph
