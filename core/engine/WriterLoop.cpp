// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/WriterLoop.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace meteorograph {

namespace {
/// Between two tries of what could not be written; of a commit, which may be long, twice as long after
/// each try, up to the second.
constexpr std::chrono::milliseconds kRetry{1000};
constexpr std::chrono::milliseconds kLongestRetry{8000};
/// Of what must be written, so much is kept while nothing can be: beyond, the newest is dropped.
constexpr std::size_t kMostKept = 1000;
/// A disk that fills again and again is told of at most so often.
constexpr TimeUs kTellEvery = kMinute;
/// The log is brought into the database once it holds so much …
constexpr std::int64_t kCheckpointBytes = 4 << 20;
/// … and by the writer itself once it holds so much: under a long load the other thread cannot
/// catch up, since the log starts anew only between two commits. A log that stays in the processor's
/// cache is written and read back faster.
constexpr std::int64_t kWalLimit = 16 << 20;
} // namespace

WriterLoop::WriterLoop(StoreFile store, BatchQueue &queue) : m_store(std::move(store)), m_queue(queue) {}

void WriterLoop::onCommitted(std::function<void(const Committed &)> handler) {
  m_handler = std::move(handler);
}

void WriterLoop::start(std::unique_ptr<StoreWriter> writer) {
  m_writer = std::move(writer);
  m_writer->giveUpWaitingWhen([this] { return m_stopping.load(); });
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
  const auto patience = [this] { return m_kept.empty() ? std::nullopt : std::optional(kRetry); };
  while (std::optional<BatchQueue::Taken> taken = m_queue.take(patience())) {
    for (const std::function<void()> &job : taken->jobs)
      job();
    commitAtLast(*taken);
    writeKept();
    m_queue.done(taken->sequence);
  }
  saveProgress(true);
  if (const Result<void> there = m_writer->check(); !there) // whoever looks at the end is to know
    failed(there.error());
}

/// Once a commit has been given up nothing behind it may be committed: a later checkpoint of the same
/// file would pass over its readings.
void WriterLoop::commitAtLast(BatchQueue::Taken &taken) {
  for (std::chrono::milliseconds pause = kRetry; !m_gaveUp && !taken.batches.empty() && !commit(taken);
       pause = std::min(2 * pause, kLongestRetry)) {
    m_commitFails = true;
    m_gaveUp = !waitToRetry(pause);
  }
  m_commitFails = false;
}

void WriterLoop::keep(Write write) {
  m_queue.postJob([this, write = std::move(write)] {
    if (m_kept.size() < kMostKept)
      m_kept.push_back(write);
  });
}

void WriterLoop::tell(std::string kind, std::string text) {
  keep([kind = std::move(kind), text = std::move(text)](StoreWriter &writer) {
    return writer.logEvent(kind, text);
  });
}

void WriterLoop::writeKept() {
  while (!m_kept.empty()) {
    if (const Result<void> done = m_kept.front()(*m_writer); !done)
      return failed(done.error());
    m_kept.pop_front();
  }
  if (!m_gaveUp)
    recovered();
}

void WriterLoop::failed(const Error &error) {
  const std::lock_guard lock(m_mutex);
  m_error = error;
  if (m_failingSince == kNoTime)
    m_failingSince = wallClockNow();
}

/// What only this program knew is told in the store, now that it can be.
void WriterLoop::recovered() {
  std::string told;
  {
    const std::lock_guard lock(m_mutex);
    if (!m_error)
      return;
    told = m_error->message + " (since " + formatIsoTime(m_failingSince) +
           "; what waited has been written since, nothing is lost)";
    m_error.reset();
    m_failingSince = kNoTime;
  }
  const TimeUs now = wallClockNow();
  if (m_toldOfFailure != kNoTime && std::abs(now - m_toldOfFailure) < kTellEvery)
    return;
  m_toldOfFailure = now;
  m_kept.push_back([told](StoreWriter &writer) { return writer.logEvent("error", told); });
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

/// Runs jobs meanwhile: their callers wait. False when the commit is given up.
bool WriterLoop::waitToRetry(std::chrono::milliseconds pause) {
  const auto end = std::chrono::steady_clock::now() + pause;
  for (bool waiting = true; waiting;) {
    {
      std::unique_lock lock(m_mutex);
      if (m_patient)
        m_wake.wait_for(lock, kRetry, [this] { return m_stopping.load(); });
      if (!m_patient || m_stopping)
        return false;
    }
    for (const std::function<void()> &job : m_queue.takeJobs())
      job();
    waiting = std::chrono::steady_clock::now() < end;
  }
  return true;
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
    failed(report.error());
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
  // What it would change may be on its way, or have been given up.
  if (const std::optional<Error> failing = error(); failing && (m_commitFails || m_gaveUp))
    return tl::unexpected(*failing);
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
  const auto open = [this] {
    const Result<void> there = m_store.check();
    return there ? Database::open(m_store.path(), Database::Mode::ReadWrite)
                 : Result<Database>(tl::unexpected(there.error()));
  };
  Result<Database> database = open();
  std::unique_lock lock(m_mutex);
  while (!m_ended) {
    m_wake.wait(lock, [this] { return m_ended || m_walToEmpty > kCheckpointBytes; });
    if (m_ended)
      return;
    m_walToEmpty = 0;
    lock.unlock();
    if (!database)
      database = open();
    if (database && database->checkFile())
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

TimeUs WriterLoop::failingSince() const {
  const std::lock_guard lock(m_mutex);
  return m_failingSince;
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
