// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/BatchQueue.h"

#include <future>
#include <utility>

namespace meteorograph {

namespace {
/// How long the writer gathers while the parser is busy.
constexpr std::chrono::milliseconds kGather{250};
} // namespace

/// Rows, and what a batch, a device's name or a reject costs compared with one.
std::size_t BatchQueue::weight(const FileBatch &batch) {
  constexpr std::size_t kBatch = 24;
  constexpr std::size_t kDevice = 2;
  constexpr std::size_t kBytesOfRow = 100;
  const Batch &rows = batch.batch;
  std::size_t text = 0;
  for (const std::string &rescued : rows.rescued)
    text += rescued.size();
  for (const Reject &reject : rows.rejects)
    text += reject.text.size() + kBytesOfRow;
  return kBatch + kDevice * rows.devices.size() + rows.rows.size() * (8 + rows.quantities().size()) / 8 +
         text / kBytesOfRow;
}

std::optional<std::uint64_t> BatchQueue::push(FileBatch &&batch) {
  std::unique_lock lock(m_mutex);
  m_room.wait(lock, [this] { return m_closed || m_rows < kMaxRows; });
  if (m_closed)
    return std::nullopt;
  m_rows += weight(batch);
  m_batches.push_back(std::move(batch));
  // Nothing in between: waking the writer for each of many small batches costs more than they do.
  if (m_batches.size() == 1 || isDue())
    m_work.notify_one();
  return ++m_pushed;
}

void BatchQueue::setBusy(bool busy) {
  const std::lock_guard lock(m_mutex);
  m_busy = busy;
  if (!busy)
    m_work.notify_one();
}

bool BatchQueue::postJob(std::function<void()> job) {
  const std::lock_guard lock(m_mutex);
  if (m_closed)
    return false;
  m_jobs.push_back(std::move(job));
  m_work.notify_one();
  return true;
}

bool BatchQueue::runJob(const std::function<void()> &job) {
  std::promise<void> ran;
  const bool posted = postJob([&] {
    job();
    ran.set_value();
  });
  if (posted)
    ran.get_future().wait();
  return posted;
}

void BatchQueue::close() {
  const std::lock_guard lock(m_mutex);
  m_closed = true;
  m_busy = false;
  m_room.notify_all();
  m_work.notify_all();
}

void BatchQueue::reopen() {
  const std::lock_guard lock(m_mutex);
  m_closed = false;
}

bool BatchQueue::isDue() const {
  return m_closed || !m_jobs.empty() || m_rows >= kCommitRows || (!m_busy && !m_batches.empty());
}

std::optional<BatchQueue::Taken> BatchQueue::take(std::optional<std::chrono::milliseconds> patience) {
  std::unique_lock lock(m_mutex);
  const auto something = [this] { return isDue() || !m_batches.empty(); };
  if (!patience)
    m_work.wait(lock, something);
  if (!patience || m_work.wait_for(lock, *patience, something))
    m_work.wait_for(lock, kGather, [this] { return isDue(); });
  if (m_closed && m_batches.empty() && m_jobs.empty())
    return std::nullopt;
  Taken taken;
  taken.jobs = std::exchange(m_jobs, {});
  for (std::size_t rows = 0; !m_batches.empty() && rows < kCommitRows;) {
    const std::size_t size = weight(m_batches.front());
    rows += size;
    m_rows -= size;
    taken.batches.push_back(std::move(m_batches.front()));
    m_batches.pop_front();
    ++m_taken;
  }
  m_room.notify_all();
  taken.sequence = m_taken;
  m_working = true;
  return taken;
}

std::vector<std::function<void()>> BatchQueue::takeJobs() {
  const std::lock_guard lock(m_mutex);
  return std::exchange(m_jobs, {});
}

bool BatchQueue::waitDrained(const std::function<bool()> &give_up) {
  std::unique_lock lock(m_mutex);
  while (!m_drained.wait_for(lock, kLook, [this] { return drained(); }))
    if (give_up && give_up())
      return false;
  return true;
}

void BatchQueue::done(std::uint64_t sequence) {
  const std::lock_guard lock(m_mutex);
  m_done = sequence;
  m_working = false;
  if (drained())
    m_drained.notify_all();
}

std::uint64_t BatchQueue::doneSequence() const {
  const std::lock_guard lock(m_mutex);
  return m_done;
}

std::int64_t BatchQueue::rows() const {
  const std::lock_guard lock(m_mutex);
  return static_cast<std::int64_t>(m_rows);
}

} // namespace meteorograph
