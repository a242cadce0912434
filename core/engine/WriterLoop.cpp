// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/WriterLoop.h"

#include <chrono>

namespace meteorograph {

namespace {
/// Between two tries of a commit that failed.
constexpr std::chrono::milliseconds kRetry{1000};
/// The log is brought into the database once it holds so much …
constexpr std::int64_t kCheckpointBytes = 4 << 20;
/// … and by the writer itself once it holds so much: under a long load the other thread cannot
/// catch up, since the log starts anew only between two commits. A log that stays in the processor's
/// cache is written and read back faster.
constexpr std::int64_t kWalLimit = 16 << 20;
} // namespace

WriterLoop::WriterLoop(std::string store_path, BatchQueue &queue)
    : m_path(std::move(store_path)), m_queue(queue) {}

void WriterLoop::onCommitted(std::function<void(const Committed &)> handler) {
  m_handler = std::move(handler);
}

void WriterLoop::start(std::unique_ptr<StoreWriter> writer) {
  m_writer = std::move(writer);
  m_thread = std::thread([this] { run(); });
  m_checkpoints = std::thread([this] { runCheckpoints(); });
}

void WriterLoop::hurry() {
  const std::lock_guard lock(m_mutex);
  m_stopping = true;
  m_wake.notify_all();
}

void WriterLoop::stop() {
  hurry();
  m_queue.close();
  if (m_thread.joinable())
    m_thread.join();
  {
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    m_wake.notify_all();
  }
  if (m_checkpoints.joinable())
    m_checkpoints.join();
  m_writer.reset();
}

void WriterLoop::run() {
  while (std::optional<BatchQueue::Taken> taken = m_queue.take()) {
    for (const std::function<void()> &job : taken->jobs)
      job();
    // Once a commit has been given up nothing behind it may be committed: a later checkpoint of the
    // same file would pass over its readings.
    while (!m_gaveUp && !taken->batches.empty() && !commit(*taken))
      m_gaveUp = !waitToRetry();
    m_queue.done(taken->sequence);
  }
  saveProgress(true);
}

/// What cannot be saved is shown nowhere else and missed by nobody.
void WriterLoop::saveProgress(bool all) {
  const TimeUs now = wallClockNow();
  if (const std::vector<Progress> seconds = m_progress.takeUnsaved(now, all); !seconds.empty())
    (void)m_writer->progress().save(seconds, now);
}

void WriterLoop::noteLog() {
  {
    const std::lock_guard lock(m_mutex);
    m_walBytes = m_walToEmpty = m_writer->walBytes();
    if (m_walToEmpty > kCheckpointBytes)
      m_wake.notify_all();
  }
  emptyLongLog();
}

/// False when the commit is given up.
bool WriterLoop::waitToRetry() {
  std::unique_lock lock(m_mutex);
  if (m_patient)
    m_wake.wait_for(lock, kRetry, [this] { return m_stopping; });
  return m_patient && !m_stopping;
}

void WriterLoop::countDevices(const std::vector<DeviceId> &devices) {
  for (const DeviceId id : devices) {
    const auto at = static_cast<std::size_t>(id);
    if (at >= m_devices.size())
      m_devices.resize(at + 1);
    m_totals.devices += !m_devices[at];
    m_devices[at] = true;
  }
}

bool WriterLoop::commit(BatchQueue::Taken &taken) {
  const auto start = std::chrono::steady_clock::now();
  const Result<CommitReport> report = m_writer->commit(taken.batches);
  if (!report) {
    const std::lock_guard lock(m_mutex);
    m_error = report.error();
    return false;
  }
  succeeded(*report,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  emptyLongLog();
  return true;
}

void WriterLoop::emptyLongLog() {
  if (m_writer->walBytes() > kWalLimit)
    m_writer->checkpoint();
}

Result<Corrected> WriterLoop::correct(const std::function<Result<Corrected>(Corrections &)> &step,
                                      const std::atomic<bool> &cancelled) {
  if (m_gaveUp) // it may build on what was given up
    return tl::unexpected(error().value_or(Error{}));
  const auto start = std::chrono::steady_clock::now();
  Corrections corrections(*m_writer, cancelled);
  Result<Corrected> done = step(corrections);
  if (!done)
    return done;
  succeeded(done->commit,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  emptyLongLog();
  return done;
}

void WriterLoop::succeeded(const CommitReport &report, double milliseconds) {
  m_rate.add(report.readings);
  m_progress.add({report.revision, report.readings, report.late, milliseconds, m_queue.rows(),
                  report.watermark_us, m_writer->walBytes()},
                 wallClockNow());
  {
    const std::lock_guard lock(m_mutex);
    if (!m_gaveUp)
      m_error.reset();
    m_totals.counts += report.counts;
    m_totals.readings += report.readings;
    m_totals.late += report.late;
    countDevices(report.devices);
    m_commitMs = milliseconds;
    m_revision = report.revision;
    m_walBytes = m_walToEmpty = m_writer->walBytes();
    if (m_walToEmpty > kCheckpointBytes)
      m_wake.notify_all();
  }
  if (m_handler)
    m_handler({report.revision, report.readings, report.newest_us});
}

void WriterLoop::runCheckpoints() {
  Result<Database> database = Database::open(m_path, Database::Mode::ReadWrite);
  std::unique_lock lock(m_mutex);
  while (!m_ended) {
    m_wake.wait(lock, [this] { return m_ended || m_walToEmpty > kCheckpointBytes; });
    if (m_ended)
      return;
    m_walToEmpty = 0;
    lock.unlock();
    if (!database)
      database = Database::open(m_path, Database::Mode::ReadWrite);
    if (database)
      database->checkpoint();
    lock.lock();
  }
}

void WriterLoop::setPatient(bool patient) {
  const std::lock_guard lock(m_mutex);
  m_patient = patient;
}

std::optional<Error> WriterLoop::error() const {
  const std::lock_guard lock(m_mutex);
  return m_error;
}

IngestReport WriterLoop::totals() const {
  const std::lock_guard lock(m_mutex);
  return m_totals;
}

void WriterLoop::resetTotals() {
  const std::lock_guard lock(m_mutex);
  m_totals = {};
  m_devices.clear();
}

double WriterLoop::commitMilliseconds() const {
  const std::lock_guard lock(m_mutex);
  return m_commitMs;
}

std::int64_t WriterLoop::walBytes() const {
  const std::lock_guard lock(m_mutex);
  return m_walBytes;
}

std::int64_t WriterLoop::revision() const {
  const std::lock_guard lock(m_mutex);
  return m_revision;
}

} // namespace meteorograph
