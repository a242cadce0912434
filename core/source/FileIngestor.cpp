// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileIngestor.h"

#include "core/model/Path.h"
#include "core/source/FolderScan.h"
#include "core/source/sqlite/ForeignDatabase.h"

#include <algorithm>
#include <chrono>
#include <sys/stat.h>

namespace meteorograph {

namespace {

/// Read of one file before another gets its turn: a long load must not hold up live files.
constexpr std::int64_t kTurnBytes = 16 << 20;
/// A file that may be half of a rotation is looked at again after so long.
constexpr TimeUs kLater = 2500 * kMillisecond;

/// Without those that lie below another one.
std::vector<std::string> outermost(std::vector<std::string> paths) {
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  for (std::string &path : paths)
    if (out.empty() || !isBelow(path, out.back()))
      out.push_back(std::move(path));
  return out;
}

bool exists(const std::string &path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

} // namespace

FileIngestor::FileIngestor(FileCatalog &stored, Options options)
    : m_catalog(stored), m_tracker(m_catalog, options.clock), m_options(std::move(options)) {
  m_tracker.setPatient(m_options.following);
}

bool FileIngestor::isOwn(const std::string &path) const {
  return std::find(m_options.own_files.begin(), m_options.own_files.end(), path) != m_options.own_files.end();
}

void FileIngestor::scan(const std::vector<std::string> &paths) {
  m_listing.clear();
  for (Listed &listed : list(paths))
    if (m_options.following)
      m_listing.insert(std::move(listed.path));
  m_found = 0;
}

void FileIngestor::scanMore(const std::vector<std::string> &folders) { list(folders); }

/// The files that have something to do, queued.
std::vector<FileIngestor::Listed> FileIngestor::list(const std::vector<std::string> &paths) {
  if (idle())
    m_progress = {};
  m_progress.files_listed = 0;
  const std::vector<std::string> roots = outermost(paths);
  std::vector<Listed> found;
  std::vector<std::string> vanished;
  std::vector<std::string> also; // not new by themselves
  for (const std::string &root : roots) {
    std::int64_t known = 0;
    FolderScan scan;
    scan.folder = m_options.folder;
    scan.failed = m_options.failed;
    scan.stopped = [this] { return m_options.stop && m_options.stop->load(std::memory_order_relaxed); };
    scan.file = [&](const std::string &path, const FileIdentity &identity) {
      // Our own files are not even opened: closing one would give up the writer's lock.
      if (isOwn(path))
        return;
      if (const std::optional<std::string> database = databaseBeside(path)) {
        if (hasNewLog(path, identity))
          also.push_back(*database);
        return;
      }
      ++m_progress.files_listed;
      if (m_catalog.isSettled(path, identity))
        ++known;
      else
        found.push_back({identity.mtime_ns, path, identity.size});
    };
    scan.run(root);
    findVanished(root, known, found, vanished);
  }
  std::sort(found.begin(), found.end(), [](const Listed &a, const Listed &b) {
    return a.mtime_ns != b.mtime_ns ? a.mtime_ns < b.mtime_ns : a.path < b.path;
  });
  m_tracker.setVanished(vanished);
  for (const Listed &listed : found) {
    m_progress.bytes_total += listed.size;
    noteChanged(listed.path);
  }
  for (const std::string &path : vanished)
    noteChanged(path);
  for (const std::string &path : also)
    noteChanged(path);
  return found;
}

/// Rows that a database has only in its write-ahead log leave the database's own times as they are.
bool FileIngestor::hasNewLog(const std::string &path, const FileIdentity &identity) {
  if (!path.ends_with("-wal") || identity.size == 0)
    return false;
  return std::exchange(m_logs[path], identity) != identity;
}

/// Files that the catalog knows below the root and that are there no more.
void FileIngestor::findVanished(const std::string &root, std::int64_t known, const std::vector<Listed> &found,
                                std::vector<std::string> &vanished) {
  if (m_catalog.countBelow(root) <= known)
    return;
  std::set<std::string_view> listed;
  for (const Listed &file : found)
    listed.insert(file.path);
  for (std::string &path : m_catalog.pathsBelow(root))
    if (!listed.contains(path) && !exists(path))
      vanished.push_back(std::move(path));
}

void FileIngestor::noteChanged(const std::string &path) {
  if (isOwn(path))
    return;
  if (const std::optional<std::string> database = databaseBeside(path)) {
    if (path.ends_with("-wal"))
      noteChanged(*database);
    return;
  }
  if (!m_queued.insert(path).second)
    return;
  m_queue.push_back(path);
  ++m_progress.files_total;
}

bool FileIngestor::step() {
  // Turns alternate: a fresh path first, then one piece of a file in work.
  if (m_queue.empty() && m_reading.empty())
    return false;
  if (!m_queue.empty()) {
    const std::string path = std::move(m_queue.front());
    m_queue.pop_front();
    m_queued.erase(path);
    // The same path; a file in work under a new name is found by its id, when it has been looked at.
    const bool inWork = std::any_of(m_reading.begin(), m_reading.end(), [&](const Reading &reading) {
      return reading.decision.step.checkpoint.path == path;
    });
    if (inWork)
      m_due.emplace(m_options.clock() + kLater, path);
    else
      visit(path);
  }
  if (!m_reading.empty()) {
    Reading reading = std::move(m_reading.front());
    m_reading.pop_front();
    readOn(reading, false);
  }
  finishIfIdle();
  return true;
}

void FileIngestor::finishIfIdle() {
  if (idle())
    m_progress.current_file.clear();
}

void FileIngestor::dropQueue() {
  m_queue.clear();
  m_queued.clear();
  m_reading.clear();
  m_due.clear();
  m_listing.clear();
  finishIfIdle();
}

void FileIngestor::putBack() {
  for (const Reading &reading : m_reading)
    if (m_queued.insert(reading.decision.step.checkpoint.path).second)
      m_queue.push_back(reading.decision.step.checkpoint.path);
  m_reading.clear();
}

void FileIngestor::refresh(std::uint64_t sequence) {
  m_catalog.settle(sequence);
  m_tracker.refresh();
}

void FileIngestor::keep(const std::function<bool(const std::string &path)> &wanted) {
  putBack();
  std::erase_if(m_queue, [&](const std::string &path) {
    const bool dropped = !wanted(path);
    if (dropped)
      m_queued.erase(path);
    m_progress.files_total -= dropped;
    return dropped;
  });
  std::erase_if(m_due, [&](const auto &due) { return !wanted(due.second); });
  finishIfIdle();
}

void FileIngestor::visit(const std::string &path) {
  m_progress.current_file = path;
  if (!exists(path)) {
    ++m_progress.files_done;
    if (std::optional<FileBatch> lost = m_tracker.lost(path))
      push(std::move(*lost));
    return;
  }
  if (rests(path)) {
    ++m_progress.files_done;
    return;
  }
  std::vector<FileBatch> also;
  Reading reading;
  reading.decision = look(path, also);
  for (FileBatch &step : also) {
    const std::string moved = step.checkpoint.path;
    push(std::move(step));
    if (m_queued.insert(moved).second) { // what was written before the rotation comes first
      m_queue.push_front(moved);
      ++m_progress.files_total;
    }
  }
  if (!also.empty() && reading.decision.kind == FileDecision::Kind::Read) {
    // The file's own turn comes behind those that it pushed on.
    m_queued.insert(path);
    m_queue.insert(m_queue.begin() + static_cast<std::ptrdiff_t>(std::min(also.size(), m_queue.size())),
                   path);
    return;
  }
  if (takeOverName(reading.decision))
    return;
  switch (reading.decision.kind) {
  case FileDecision::Kind::Nothing:
    ++m_progress.files_done;
    return;
  case FileDecision::Kind::Later:
    m_due.emplace(m_options.clock() + kLater, path);
    ++m_progress.files_done;
    return;
  case FileDecision::Kind::Save: {
    ++m_progress.files_done;
    FileBatch &step = reading.decision.step;
    const bool told = reading.decision.known && reading.decision.known->error == step.checkpoint.error;
    if (step.checkpoint.state == FileState::Failed && m_options.failed && !(told && m_options.following))
      m_options.failed({ErrorCode::Unreadable, step.checkpoint.error});
    else if (step.checkpoint.state != FileState::Failed && step.checkpoint.state != FileState::Removed)
      step.checkpoint.state = m_options.following ? FileState::Following : FileState::Done;
    if (!(reading.decision.known == step.checkpoint))
      push(std::move(step));
    return;
  }
  case FileDecision::Kind::Read:
    break;
  }
  const bool listed = m_listing.erase(path) > 0;
  const bool isNew = !reading.decision.known && reading.decision.step.checkpoint.offset == 0;
  if (m_options.following && !listed && isNew)
    ++m_found;
  const FileCheckpoint &file = reading.decision.step.checkpoint;
  const bool quiet = file.identity.mtime_ns / 1000 + m_options.quiet_us <= m_options.clock();
  reading.options.take_tail = !m_options.following || quiet;
  reading.options.following = m_options.following;
  // Compressed content cannot be taken up in the middle.
  reading.options.max_bytes = reading.decision.reader->compressed() ? INT64_MAX : kTurnBytes;
  reading.options.stop = m_options.stop;
  reading.options.progress = [this](std::int64_t bytes) { m_progress.bytes_done += bytes; };
  if (replacesTogether(reading.decision))
    replace(reading);
  else
    readOn(reading, true);
}

bool FileIngestor::replacesTogether(const FileDecision &decision) const {
  return m_options.replace && decision.kind == FileDecision::Kind::Read && decision.step.replaces != 0;
}

void FileIngestor::replace(Reading &reading) {
  reading.options.max_bytes = INT64_MAX;
  const std::string path = reading.decision.step.checkpoint.path;
  const Result<std::uint64_t> stored = m_options.replace(reading.decision, reading.options);
  if (stored) {
    m_catalog.settle(*stored);
    finished(reading);
    return;
  }
  ++m_progress.files_done;
  if (stored.error().code == ErrorCode::Cancelled)
    return;
  if (m_options.failed)
    m_options.failed(stored.error());
  m_due.emplace(m_options.clock() + kLater, path);
}

/// While following, a packed file that grows all the time is decoded from its start each time: it
/// must not take the thread from the others.
FileDecision FileIngestor::look(const std::string &path, std::vector<FileBatch> &also) {
  constexpr std::chrono::milliseconds kShort{5};
  constexpr int kRestsFor = 10; // times as long as it took
  const auto start = std::chrono::steady_clock::now();
  FileDecision decision = m_tracker.look(path, also);
  const auto took = std::chrono::steady_clock::now() - start;
  if (m_options.following && took > kShort && decision.reader && decision.reader->compressed())
    m_rests[path] =
        m_options.clock() + kRestsFor * std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  return decision;
}

bool FileIngestor::rests(const std::string &path) {
  const auto found = m_rests.find(path);
  if (found == m_rests.end())
    return false;
  const bool still = m_options.clock() < found->second;
  if (still)
    m_due.emplace(found->second, path);
  else
    m_rests.erase(found);
  return still;
}

/// A file that is being read in turns was renamed: it goes on under its new name.
bool FileIngestor::takeOverName(FileDecision &decision) {
  if (decision.kind == FileDecision::Kind::Nothing || decision.kind == FileDecision::Kind::Later)
    return false;
  for (Reading &reading : m_reading) {
    FileCheckpoint &file = reading.decision.step.checkpoint;
    if (file.id != decision.step.checkpoint.id)
      continue;
    file.path = decision.step.checkpoint.path;
    file.identity = decision.step.checkpoint.identity;
    ++m_progress.files_done;
    return true;
  }
  return false;
}

void FileIngestor::readOn(Reading &reading, bool fresh) {
  if (!fresh)
    m_progress.current_file = reading.decision.step.checkpoint.path;
  const auto outcome = m_reader.read(reading.decision, reading.options,
                                     [this](FileBatch &&step) { return push(std::move(step)); });
  if (outcome == FileReader::Outcome::ReadAgain)
    reading.decision = m_tracker.again(std::move(reading.decision));
  const bool more = outcome == FileReader::Outcome::MoreToRead || outcome == FileReader::Outcome::ReadAgain;
  if (outcome == FileReader::Outcome::ReadAgain && replacesTogether(reading.decision))
    return replace(reading);
  if (more && reading.decision.kind == FileDecision::Kind::Read) {
    m_reading.push_back(std::move(reading));
    return;
  }
  finished(reading);
}

void FileIngestor::finished(const Reading &reading) {
  ++m_progress.files_done;
  const FileCheckpoint &file = reading.decision.step.checkpoint;
  if (file.state == FileState::Failed && m_options.failed)
    m_options.failed({ErrorCode::Unreadable, file.error});
  if (m_options.following && file.pending_bytes > 0 && !reading.options.take_tail)
    m_due.emplace(file.identity.mtime_ns / 1000 + m_options.quiet_us, file.path);
}

bool FileIngestor::push(FileBatch &&step) {
  const FileCheckpoint checkpoint = step.checkpoint;
  const std::int64_t replaces = step.replaces;
  const std::int64_t retires = step.retires;
  const std::optional<std::uint64_t> sequence = m_options.push(std::move(step));
  if (!sequence)
    return false;
  if (replaces != 0)
    m_catalog.end(replaces, true, *sequence);
  if (retires != 0)
    m_catalog.end(retires, false, *sequence);
  m_catalog.put(checkpoint, *sequence);
  return sequence.has_value();
}

TimeUs FileIngestor::nextDue() const { return m_due.empty() ? kNoTime : m_due.begin()->first; }

void FileIngestor::queueDue() {
  const TimeUs now = m_options.clock();
  while (!m_due.empty() && m_due.begin()->first <= now) {
    const std::string path = std::move(m_due.begin()->second);
    m_due.erase(m_due.begin());
    noteChanged(path);
  }
}

} // namespace meteorograph
