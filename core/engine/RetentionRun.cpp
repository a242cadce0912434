// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/RetentionRun.h"

#include <algorithm>
#include <cstdlib>

namespace meteorograph {

namespace {

using std::chrono::steady_clock;

/// How often it is looked whether something is to be given up; horizons move once an hour.
constexpr std::chrono::seconds kLookEvery{10};
/// A step is to take so long, beside the commit's own wait for the disk.
constexpr std::chrono::microseconds kStep{2'000};
constexpr std::int64_t kLeastRows = 64;
constexpr std::int64_t kMostRows = 8'192;
/// Pauses, in steps: while nothing comes, and while readings wait.
constexpr int kIdlePause = 4;
constexpr int kBusyPause = 20;
/// A running engine leaves this part of the file free: what comes next is written there, and nothing
/// has to be moved to shorten the file.
constexpr std::int64_t kSpareShare = 20;
/// What was given up is told at once, then once a day.
constexpr TimeUs kTellEvery = kDay;

std::string sentenceOf(const std::array<std::int64_t, 3> &rows) {
  return "retention gave up " + std::to_string(rows[0]) + " readings, " + std::to_string(rows[1]) +
         " windows of 1 s, " + std::to_string(rows[2]) + " wider ones";
}

bool any(const std::array<std::int64_t, 3> &rows) {
  return std::any_of(rows.begin(), rows.end(), [](std::int64_t count) { return count > 0; });
}

} // namespace

RetentionRun::RetentionRun(StoreFile store, BatchQueue &queue, WriterLoop &writer, WallClock clock)
    : m_store(std::move(store)), m_queue(queue), m_writer(writer), m_clock(std::move(clock)) {}

void RetentionRun::start(TimeUs last_us) {
  // A clock that is far ahead of that may be wrong from the start.
  if (last_us != kNoTime)
    m_believed.now(last_us, runningTimeNow());
  m_believed.now(m_clock(), runningTimeNow());
  m_thread = std::thread([this] { run(); });
}

void RetentionRun::stop() {
  {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_changed.notify_all();
  }
  if (m_thread.joinable())
    m_thread.join();
}

void RetentionRun::wake() {
  const std::lock_guard lock(m_mutex);
  m_woken = true;
  m_changed.notify_all();
}

/// False when it is to end.
bool RetentionRun::waitFor(steady_clock::duration time, bool until_woken) {
  std::unique_lock lock(m_mutex);
  m_changed.wait_for(lock, time, [&] { return m_stopping || (until_woken && m_woken); });
  if (until_woken)
    m_woken = false;
  return !m_stopping;
}

void RetentionRun::run() {
  std::optional<Database> database; // where it cannot be opened, the engine's other readers tell of it
  while (waitFor(kLookEvery, true)) {
    believed();
    if (!m_writer.error()) // also where nothing comes that would be written
      m_writer.keep([](StoreWriter &writer) { return writer.check(); });
    m_queue.runJob([this] { m_writer.saveProgress(false); });
    if (!database && m_store.check())
      if (Result<Database> opened = Database::open(m_store.path(), Database::Mode::ReadOnly))
        database.emplace(std::move(*opened));
    if (database)
      look(*database);
  }
}

/// Nothing is given up because of a clock that was set wrong.
TimeUs RetentionRun::believed() {
  const TimeUs leapt = m_believed.leap();
  const TimeUs now = m_believed.now(m_clock(), runningTimeNow());
  if (leapt == 0 && m_believed.leap() != 0)
    m_writer.tell("warning", "the computer's clock leapt forward by " +
                                 std::to_string(m_believed.leap() / kHour) +
                                 " h: retention counts ages as before for a day, in case it is wrong");
  return now;
}

void RetentionRun::look(Database &database) {
  database.takeFailure();
  if (readRetentionSettings(database).off())
    return;
  const TimeUs now = believed();
  const StoreSizes sizes = measureSizes(database);
  const std::int64_t spare = sizes.usedPages() / kSpareShare;
  if (database.takeFailure())
    return; // by sizes that could not be measured too much might go
  std::unique_ptr<Retention> retention;
  bool planned = false;
  m_queue.runJob([&] {
    retention = std::make_unique<Retention>(m_writer.writer());
    planned = retention->plan(sizes, now).has_value();
  });
  m_atWork = planned;
  while (planned && step(*retention, spare))
    if (!waitFor(std::min<steady_clock::duration>(m_took * (m_queue.rows() > 0 ? kBusyPause : kIdlePause),
                                                  kLookEvery),
                 false)) // one step that a lock or a disk held up says nothing of the next
      break;
  m_atWork = false;
  tell();
}

/// False when nothing is left to do, or nothing can be done.
bool RetentionRun::step(Retention &retention, std::int64_t spare_pages) {
  Result<Retention::Step> done;
  const bool ran = m_queue.runJob([&] {
    const auto start = steady_clock::now();
    done = retention.step(m_rows, spare_pages);
    m_took = steady_clock::now() - start;
    m_writer.noteLog();
  });
  if (!ran || !done)
    return false; // a full disk, another program's lock: at the next look
  for (std::size_t i = 0; i < m_given.size(); ++i)
    m_given[i] += done->rows[i];
  const double pace = std::clamp(
      std::chrono::duration<double>(kStep) / std::max(m_took, steady_clock::duration(1)), 0.5, 2.0);
  m_rows = std::clamp(static_cast<std::int64_t>(static_cast<double>(m_rows) * pace), kLeastRows, kMostRows);
  return done->more;
}

void RetentionRun::tell() {
  const TimeUs now = m_clock();
  if (!any(m_given) || std::abs(now - m_told) < kTellEvery)
    return;
  const std::string text = sentenceOf(m_given);
  if (!m_queue.runJob([&] { (void)m_writer.writer().logEvent("note", text); }))
    return;
  m_given = {};
  m_told = now;
}

Result<Retained> retainNow(StoreWriter &writer, TimeUs now, const std::atomic<bool> &stop,
                           const std::function<void(const Retained &)> &progress) {
  constexpr std::int64_t kWalLimit = 48 << 20;
  Retained all;
  Retention retention(writer);
  const std::int64_t before = retention.sizes().value_or(StoreSizes()).store_bytes; // for the report
  for (bool more = true; more && !stop;) {
    more = false;
    // Sizes are estimates: look again after each round.
    const Result<void> planned =
        retention.sizes().and_then([&](const StoreSizes &sizes) { return retention.plan(sizes, now); });
    if (!planned)
      return tl::unexpected(planned.error());
    for (bool going = true; going && !stop;) {
      const Result<Retention::Step> done = retention.step(kMostRows, 0);
      if (!done)
        return tl::unexpected(done.error());
      for (std::size_t i = 0; i < all.rows.size(); ++i)
        all.rows[i] += done->rows[i];
      more = more || any(done->rows);
      going = done->more;
      if (writer.walBytes() > kWalLimit)
        writer.checkpoint();
      progress(all);
    }
  }
  if (any(all.rows))
    if (Result<void> told = writer.logEvent("note", sentenceOf(all.rows)); !told)
      return tl::unexpected(told.error());
  writer.checkpoint();
  all.bytes = std::max<std::int64_t>(before - retention.sizes().value_or(StoreSizes()).store_bytes, 0);
  return all;
}

} // namespace meteorograph
