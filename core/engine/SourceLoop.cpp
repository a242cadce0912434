// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/SourceLoop.h"

#include "core/engine/Replacement.h"
#include "core/model/Path.h"
#include "core/source/FolderScan.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace meteorograph {

namespace {

/// Work with more bytes than this is shown as a load, with progress.
constexpr std::int64_t kLoadBytes = 8 << 20;
constexpr std::int64_t kLoadFiles = 64;
/// Between two tries to open a store that cannot be read.
constexpr std::chrono::milliseconds kRetry{1000};
/// Errors kept for a report; all of them are in the event log.
constexpr std::size_t kMaxErrors = 1000;
/// After a listing because events were lost the next such one waits so many times as long: where they come
/// faster than folders can be listed, there must be time to read what was found.
constexpr int kLostShare = 4;
/// What is due is looked at again after so long, whatever the clock says.
constexpr TimeUs kLongestWait = 2 * kSecond;
/// Without inotify a listing may take at most one part in so many of the time.
constexpr int kPollShare = 20;

} // namespace

std::vector<std::string> filesOfStore(const std::string &store_path) {
  const std::string store = canonicalPath(store_path).value_or(store_path);
  return {store, store + "-wal", store + "-shm", store + "-journal", store + "-lock", store + "-wal-old"};
}

SourceLoop::SourceLoop(const EngineOptions &options, const StoreFile &store, BatchQueue &queue,
                       WriterLoop &writer)
    : m_options(options), m_queue(queue), m_writer(writer), m_watch(options.max_watches),
      m_faults(
          [this](std::string kind, std::string text) { m_writer.tell(std::move(kind), std::move(text)); },
          options.clock),
      m_store(store) {
  m_thread = std::thread([this] { run(); });
}

FileIngestor::Options SourceLoop::ingestorOptions() {
  FileIngestor::Options options;
  options.following = true;
  options.quiet_us = m_options.quiet_us;
  options.clock = m_options.clock;
  options.own_files = filesOfStore(m_options.store_path);
  options.stop = &m_interrupt;
  options.push = [this](FileBatch &&batch) {
    m_read.add(static_cast<std::int64_t>(batch.batch.rows.size()));
    return m_queue.push(std::move(batch));
  };
  options.replace = [this](FileDecision &decision, const FileReader::Options &reading) {
    return replaceTogether(m_queue, m_writer, decision, reading);
  };
  options.failed = [this](const Error &error) { note(error); };
  options.unreachable = [this](const std::string &path, const Error &error) {
    m_faults.add(path, error);
    note(error);
  };
  options.isReachable = [this](const std::string &path) { return m_faults.isReachable(path); };
  options.folder = [this](const std::string &folder) {
    m_watch.add(folder);
    m_listed.insert(folder);
  };
  return options;
}

/// Each once. What the file's row or a fault does not tell becomes an event: a replacement that the store
/// did not take.
void SourceLoop::note(const Error &error) {
  if (m_toldErrors.size() >= kMaxErrors || !m_toldErrors.insert(error.message).second)
    return;
  if (error.code != ErrorCode::Unreadable && error.code != ErrorCode::Exhausted)
    m_writer.tell("error", error.message);
  const std::lock_guard lock(m_mutex);
  m_errors.push_back(error);
}

void SourceLoop::run() {
  serve();
  const std::lock_guard lock(m_holdMutex);
  m_ended = true;
  m_holdChanged.notify_all();
}

/// False while the store cannot be read.
bool SourceLoop::openCatalog() {
  closeCatalog();
  if (!m_store.check())
    return false;
  Result<Database> database = Database::open(m_options.store_path, Database::Mode::ReadOnly);
  if (!database)
    return false;
  m_database = std::make_unique<Database>(std::move(*database));
  m_catalog = std::make_unique<FileTable>(*m_database);
  m_ingestor = std::make_unique<FileIngestor>(*m_catalog, ingestorOptions());
  return !m_catalog->takeFailure();
}

void SourceLoop::closeCatalog() {
  m_ingestor.reset();
  m_catalog.reset();
  m_database.reset();
}

void SourceLoop::serve() {
  while (!openCatalog()) {
    std::unique_lock lock(m_holdMutex);
    if (m_holdChanged.wait_for(lock, kRetry, [this] { return m_stop.load(); }))
      return;
  }
  openEvents();
  m_context.run();
  closeCatalog();
}

/// Again after a want of descriptors.
void SourceLoop::openEvents() {
  if (m_events.is_open() || m_watch.descriptor() < 0)
    return;
  const int copy = ::dup(m_watch.descriptor());
  if (copy < 0)
    return;
  m_events.assign(copy);
  waitForEvents();
}

void SourceLoop::stop() {
  m_stop = true;
  m_interrupt = true;
  m_context.stop();
  {
    const std::lock_guard lock(m_holdMutex);
    m_holdChanged.notify_all();
  }
  if (m_thread.joinable())
    m_thread.join();
}

void SourceLoop::follow(std::vector<std::string> paths) {
  boost::asio::post(m_context, [this, paths = std::move(paths)] {
    for (const std::string &path : paths)
      if (std::find(m_roots.begin(), m_roots.end(), path) == m_roots.end())
        m_roots.push_back(path);
    scanAll();
  });
}

void SourceLoop::unfollow(const std::string &path) {
  boost::asio::post(m_context, [this, path] {
    std::erase(m_roots, path);
    std::erase_if(m_listed,
                  [&](const std::string &folder) { return isBelow(folder, path) && !isBelowRoot(folder); });
    m_ingestor->keep([this](const std::string &queued) { return isFollowed(queued); });
    m_faults.forget([this](const std::string &at) { return !isBelowRoot(at); });
    publish(true);
  });
}

bool SourceLoop::hold(const std::function<bool()> &give_up) {
  constexpr std::chrono::milliseconds kLook{100};
  std::unique_lock lock(m_holdMutex);
  m_holding = true;
  boost::asio::post(m_context, [this] { standStill(); });
  while (!m_holdChanged.wait_for(lock, kLook, [this] { return m_still || m_ended || m_stop; }))
    if (give_up())
      return false;
  return true;
}

void SourceLoop::release() {
  const std::lock_guard lock(m_holdMutex);
  m_holding = false;
  m_holdChanged.notify_all();
}

void SourceLoop::standStill() {
  m_ingestor->putBack();
  m_queue.setBusy(false);
  {
    std::unique_lock lock(m_holdMutex);
    m_still = true;
    m_holdChanged.notify_all();
    m_holdChanged.wait(lock, [this] { return !m_holding || m_stop; });
    m_still = false;
  }
  m_ingestor->refresh(m_queue.doneSequence());
  if (!m_ingestor->idle())
    postWork();
}

/// Requests that wait in the context come first.
void SourceLoop::postWork() {
  if (std::exchange(m_workPosted, true))
    return;
  boost::asio::post(m_context, [this] {
    m_workPosted = false;
    work();
  });
}

void SourceLoop::cancelLoad() {
  m_interrupt = true;
  boost::asio::post(m_context, [this] {
    m_ingestor->dropQueue();
    m_roots.clear();
    m_watch.clear();
    m_faults.forget([](const std::string &) { return true; });
    m_interrupt = false;
    if (m_stop)
      m_interrupt = true;
    m_loading = false;
    publish(true);
  });
}

void SourceLoop::scanAll() {
  const auto start = std::chrono::steady_clock::now();
  m_queue.setBusy(true);
  m_watch.clear();
  openEvents();
  m_listed.clear();
  m_scanPosted = false;
  m_eventsLost = false;
  std::error_code error;
  for (const std::string &root : m_roots)
    if (std::filesystem::is_regular_file(root, error))
      m_watch.add(std::filesystem::path(root).parent_path().string());
  for (const std::string &root : m_roots)
    m_faults.expect(root, *m_catalog);
  m_ingestor->settle(m_queue.doneSequence());
  m_ingestor->scan(m_faults.begin(m_roots));
  if (!m_interrupt) {
    m_faults.end();
    m_faults.setPolling(!m_watch.complete());
  }
  {
    const std::lock_guard lock(m_mutex);
    m_filesListed = m_ingestor->progress().files_listed;
  }
  m_scanned = std::chrono::steady_clock::now();
  m_lastScan = m_scanned - start;
  noteLoad();
  work();
}

void SourceLoop::noteLoad() {
  const FileIngestor::Progress &progress = m_ingestor->progress();
  m_loading = m_loading || progress.bytes_total - progress.bytes_done > kLoadBytes ||
              progress.files_total - progress.files_done > kLoadFiles;
}

/// Works off the queue; between two files it looks after events and requests.
void SourceLoop::work() {
  constexpr std::chrono::milliseconds kTurn{50};
  const auto start = std::chrono::steady_clock::now();
  m_queue.setBusy(true);
  while (!m_stop && m_ingestor->step()) {
    const std::uint64_t done = m_queue.doneSequence();
    if (done != m_settled)
      m_ingestor->settle(m_settled = done);
    publish(false);
    if (const std::optional<Error> lack = m_ingestor->takeLack())
      return pause(*lack);
    m_faults.clearLack();
    if (m_watch.descriptor() >= 0)
      takeEvents();
    m_ingestor->queueDue();
    const bool turnIsOver = std::chrono::steady_clock::now() - start > kTurn;
    if (!m_interrupt && !turnIsOver)
      continue;
    postWork();
    return;
  }
  m_queue.setBusy(false);
  m_loading = m_loading && !m_ingestor->idle();
  publish(true);
  arm();
}

/// Files cannot be opened: what is queued waits.
void SourceLoop::pause(const Error &lack) {
  m_faults.setLack(lack);
  m_queue.setBusy(false);
  publish(true);
  armReturn();
}

/// For what cannot be read now, and for what goes without an event: a few looks at the file system.
void SourceLoop::armReturn() {
  constexpr std::chrono::seconds kWhileAtFault{1};
  constexpr std::chrono::seconds kWhileWell{3};
  if (m_roots.empty() || std::exchange(m_returnArmed, true))
    return;
  m_return.expires_after(m_faults.any() ? kWhileAtFault : kWhileWell);
  m_return.async_wait([this](const boost::system::error_code &error) {
    m_returnArmed = false;
    if (error)
      return;
    if (m_faults.isBack() || m_faults.hasGone())
      scanAll();
    else if (!m_ingestor->idle())
      work();
    else
      armReturn();
  });
}

/// Sets the timers for what must be looked at without an event.
void SourceLoop::arm() {
  using namespace std::chrono;
  const auto polling = std::max<steady_clock::duration>(m_options.poll_interval, m_lastScan * kPollShare);
  const steady_clock::duration regular = m_watch.complete() ? m_options.rescan_interval : polling;
  m_rescan.expires_after(m_eventsLost ? std::min(m_lastScan * kLostShare, regular) : regular);
  m_rescan.async_wait([this](const boost::system::error_code &error) {
    if (!error && !m_roots.empty())
      scanAll();
  });
  armReturn();
  const TimeUs due = m_ingestor->nextDue();
  if (due == kNoTime)
    return;
  // Not for long at a time: the clock may be set meanwhile.
  m_due.expires_after(microseconds(std::clamp<TimeUs>(due - m_options.clock(), 0, kLongestWait)) +
                      milliseconds(1));
  m_due.async_wait([this](const boost::system::error_code &error) {
    if (error)
      return;
    m_ingestor->queueDue();
    work();
  });
}

void SourceLoop::waitForEvents() {
  m_events.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                      [this](const boost::system::error_code &error) {
                        if (error)
                          return;
                        takeEvents();
                        if (!m_ingestor->idle() || m_eventsLost)
                          work();
                        waitForEvents();
                      });
}

void SourceLoop::takeEvents() {
  std::vector<std::string> folders;
  DirectoryWatch::Handlers handlers;
  handlers.file = [this](const std::string &path) {
    if (isFollowed(path))
      m_ingestor->noteChanged(path);
  };
  handlers.folder = [&](const std::string &path) {
    if (isFollowed(path))
      folders.push_back(path);
  };
  handlers.lost = [&] { m_eventsLost = true; };
  m_watch.read(handlers);
  if (!folders.empty()) {
    m_ingestor->scanMore(folders);
    noteLoad();
    armReturn();
    publish(true);
  }
  if (m_eventsLost)
    scanForLostEvents();
}

void SourceLoop::scanForLostEvents() {
  if (std::chrono::steady_clock::now() - m_scanned < m_lastScan * kLostShare)
    return; // arm() sets the time, if there is nothing to work off until then
  if (!std::exchange(m_scanPosted, true))
    boost::asio::post(m_context, [this] { scanAll(); });
}

bool SourceLoop::isFollowed(const std::string &path) const {
  // Folders behind links lie outside of the roots.
  return m_listed.contains(std::filesystem::path(path).parent_path().string()) || isBelowRoot(path);
}

bool SourceLoop::isBelowRoot(const std::string &path) const {
  return std::any_of(m_roots.begin(), m_roots.end(),
                     [&](const std::string &root) { return isBelow(path, root); });
}

void SourceLoop::publish(bool always) {
  constexpr std::chrono::milliseconds kEvery{50};
  const auto now = std::chrono::steady_clock::now();
  if (!always && now - m_published < kEvery)
    return;
  m_published = now;
  const FileIngestor::Progress &progress = m_ingestor->progress();
  m_bytes.add(std::max<std::int64_t>(progress.bytes_done - m_seenBytes, 0));
  m_seenBytes = progress.bytes_done;
  const std::lock_guard lock(m_mutex);
  m_filesListed += m_ingestor->takeFound();
  m_status.state = m_loading         ? EngineStatus::State::Loading
                   : m_roots.empty() ? EngineStatus::State::Idle
                                     : EngineStatus::State::Following;
  m_status.bytes_done = progress.bytes_done;
  m_status.bytes_total = progress.bytes_total;
  m_status.files_done = progress.files_done;
  m_status.files_total = progress.files_total;
  m_status.current_file = progress.current_file;
  m_status.faults = m_faults.list();
  m_status.polling = m_faults.polling() && !m_roots.empty();
}

void SourceLoop::describe(EngineStatus &status) const {
  {
    const std::lock_guard lock(m_mutex);
    status = m_status;
  }
  status.read_rows_per_second = m_read.perSecond();
  status.read_bytes_per_second = m_bytes.perSecond();
}

std::vector<Error> SourceLoop::errors() const {
  const std::lock_guard lock(m_mutex);
  return m_errors;
}

std::int64_t SourceLoop::filesListed() const {
  const std::lock_guard lock(m_mutex);
  return m_filesListed;
}

} // namespace meteorograph
