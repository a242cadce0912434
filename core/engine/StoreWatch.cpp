// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/StoreWatch.h"

#include "core/store/LockHolder.h"

#include <algorithm>
#include <chrono>

namespace meteorograph {

namespace {
/// How soon a viewer sees that its store has a new revision or no writer any more.
constexpr std::chrono::milliseconds kLook{250};
/// The writer saves its figures every ten seconds.
constexpr int kProgressRounds = 20;
} // namespace

void StoreWatch::start(Viewing first) {
  m_viewing = std::move(first);
  m_stopping = false;
  m_thread = std::thread([this] { run(); });
}

void StoreWatch::stop() {
  {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_wake.notify_all();
  }
  if (m_thread.joinable())
    m_thread.join();
  const std::lock_guard lock(m_mutex);
  m_viewing.reset();
}

std::optional<Viewing> StoreWatch::viewing() const {
  const std::lock_guard lock(m_mutex);
  return m_viewing;
}

void StoreWatch::describe(EngineStatus &status) const {
  status.processed_rows_per_second = m_rate.perSecond();
  const std::lock_guard lock(m_mutex);
  status.writable = false;
  status.revision = m_revision;
  status.progress = m_progress;
  if (!m_progress.empty()) {
    status.commit_ms = m_progress.back().longest_batch_ms;
    status.queued_rows = m_progress.back().queued_rows;
    status.wal_bytes = m_progress.back().wal_bytes;
  }
  if (!m_isElsewhere)
    return;
  status.state = EngineStatus::State::Failed;
  status.error =
      "the store " + m_store.path() +
      " was moved, removed or replaced by another file: what is shown is what it held before. Open "
      "the store again to see what lies there now";
}

void StoreWatch::run() {
  std::unique_lock lock(m_mutex);
  while (!m_stopping) {
    lock.unlock();
    look();
    lock.lock();
    m_wake.wait_for(lock, kLook, [this] { return m_stopping; });
  }
  m_reader.reset(); // here, and before a writer of this program begins
}

void StoreWatch::look() {
  const bool isElsewhere = !m_store.check();
  if (!isElsewhere)
    lookAtStore();
  Viewing now = lookAtLock();
  const std::lock_guard lock(m_mutex);
  m_viewing = std::move(now);
  m_isElsewhere = isElsewhere;
}

/// A store that this user may not write to stays so, whoever else writes to it.
Viewing StoreWatch::lookAtLock() const {
  Viewing now = *viewing();
  if (now.reason == Viewing::Reason::NotPermitted || now.reason == Viewing::Reason::ReadOnlyDisk)
    return now;
  const std::optional<WriterIdentity> holder = holderOfLock(m_store.path());
  return holder ? Viewing{Viewing::Reason::OtherWriter, *holder} : Viewing{Viewing::Reason::WriterEnded, {}};
}

void StoreWatch::lookAtStore() {
  if (m_reader && m_reader->isOutdated())
    m_reader.reset();
  if (!m_reader) {
    Result<std::unique_ptr<StoreReader>> opened = StoreReader::open(m_store.path());
    if (!opened)
      return; // the engine's other readers tell of it
    m_reader = std::move(*opened);
  }
  const std::optional<StoreReader::Revision> now = m_reader->revision();
  if (!now)
    return;
  const auto [revision, readings] = *now;
  if (m_readings >= 0)
    m_rate.add(std::max<std::int64_t>(readings - m_readings, 0));
  m_readings = readings;
  std::optional<std::vector<Progress>> progress;
  if (m_rounds++ % kProgressRounds == 0)
    progress = m_reader->progress();
  const std::lock_guard lock(m_mutex);
  m_revision = revision;
  if (progress)
    m_progress = std::move(*progress);
}

} // namespace meteorograph
