// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileIngestor.h"

#include "core/model/Path.h"
#include "core/source/FolderScan.h"
#include "core/source/KnownFiles.h"
#include "core/source/sqlite/ForeignDatabase.h"

#include <algorithm>
#include <chrono>

namespace meteorograph {

namespace {

/// Read of one file before another gets its turn: a long load must not hold up live files.
constexpr std::int64_t kTurnBytes = 16 << 20;
/// A file that ends in a record of such a size rests for so long.
constexpr TimeUs kLongRest = 30 * kSecond;
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

} // namespace

FileIngestor::FileIngestor(FileCatalog &stored, Options options)
    : m_catalog(stored), m_tracker(m_catalog, options.clock), m_options(std::move(options)) {
  m_tracker.setPatient(m_options.following);
}

bool FileIngestor::isOwn(const std::string &path) const {
  return std::find(m_options.own_files.begin(), m_options.own_files.end(), path) != m_options.own_files.end();
}

void FileIngestor::scan(const std::vector<std::string> &paths) {
  for (const Round &round : m_rounds) { // what is left of them will be found again
    m_progress.files_total -= round.files.files();
    m_progress.bytes_total -= round.files.bytes();
  }
  m_rounds.clear();
  m_undecided.clear();
  list(paths, true);
  m_found = 0;
}

void FileIngestor::scanMore(const std::vector<std::string> &folders) { list(folders, false); }

/// Queues the files that have something to do.
void FileIngestor::list(const std::vector<std::string> &paths, bool counted) {
  if (idle())
    m_progress = {};
  m_progress.files_listed = 0;
  m_catalog.forgetMappings();
  Round found{{}, counted};
  std::vector<std::string> vanished;
  m_changedDatabases.clear();
  m_mayBeElsewhere.clear();
  for (const std::string &root : outermost(paths))
    listTree(root, found.files, vanished);
  found.files.sort();
  std::vector<std::string> lost = std::exchange(m_mayBeElsewhere, {});
  lost.insert(lost.end(), vanished.begin(), vanished.end());
  m_tracker.setVanished(lost);
  m_progress.files_total += found.files.files();
  m_progress.bytes_total += found.files.bytes();
  if (!found.files.empty())
    m_rounds.push_back(std::move(found));
  for (const std::string &path : vanished)
    noteChanged(path);
  for (const std::string &path : m_changedDatabases) // not new by themselves
    noteChanged(path);
}

void FileIngestor::listTree(const std::string &root, FileListing &found, std::vector<std::string> &vanished) {
  KnownFiles known(m_catalog, root, [&](const std::string &path) {
    if (isGone(path))
      vanished.push_back(path);
  });
  const auto isStopped = [this] { return m_options.stop && m_options.stop->load(std::memory_order_relaxed); };
  FolderScan scan;
  scan.folder = m_options.folder;
  bool isThere = true;
  scan.failed = [&](const std::string &path, const Error &error) {
    // A followed file is not there between two rotations; a folder that is not there tells nothing of its
    // files.
    isThere = isThere && (path != root || m_catalog.byPath(root).has_value());
    if (m_options.unreachable)
      m_options.unreachable(path, error);
    else if (m_options.failed)
      m_options.failed(error);
  };
  scan.stopped = isStopped;
  scan.file = [&](const std::string &path, const FileIdentity &identity) {
    // Our own files are not even opened: closing one would give up the writer's lock.
    if (isOwn(path))
      return;
    if (const std::optional<std::string> database = databaseBeside(path)) {
      if (hasNewLog(path, identity))
        m_changedDatabases.push_back(*database);
      return;
    }
    ++m_progress.files_listed;
    if (known.isSettled(path, identity))
      return;
    found.add(path, identity.mtime_ns, identity.size);
    if (known.mayBeElsewhere())
      m_mayBeElsewhere.push_back(path);
  };
  scan.run(root);
  if (!isStopped() && isThere)
    known.finish();
}

/// Rows that a database has only in its write-ahead log leave the database's own times as they are.
bool FileIngestor::hasNewLog(const std::string &path, const FileIdentity &identity) {
  if (!path.ends_with("-wal") || identity.size == 0)
    return false;
  return std::exchange(m_logs[path], identity) != identity;
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

FileIngestor::Next FileIngestor::nextPath() {
  if (m_first.empty() && !m_rounds.empty()) {
    Round &round = m_rounds.front();
    Next next{round.files.take(), round.counted};
    if (round.files.empty())
      m_rounds.pop_front();
    return next;
  }
  std::deque<std::string> &queue = m_first.empty() ? m_queue : m_first;
  Next next{std::move(queue.front()), false};
  queue.pop_front();
  m_queued.erase(next.path);
  return next;
}

bool FileIngestor::step() {
  // Turns alternate: a fresh path first, then one piece of a file in work.
  if (idle())
    return false;
  if (hasPaths()) {
    const Next next = nextPath();
    // The same path; a file in work under a new name is found by its id, when it has been looked at.
    const bool inWork = std::any_of(m_reading.begin(), m_reading.end(), [&](const Reading &reading) {
      return reading.decision.step.checkpoint.path == next.path;
    });
    if (inWork)
      lookLater(m_options.clock() + kLater, next.path);
    else
      visit(next);
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
  m_first.clear();
  m_rounds.clear();
  m_queue.clear();
  m_queued.clear();
  m_reading.clear();
  m_due.clear();
  m_dueAt.clear();
  m_undecided.clear();
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
  m_catalog.forgetMappings();
  m_tracker.refresh();
}

void FileIngestor::keep(const std::function<bool(const std::string &path)> &wanted) {
  putBack();
  for (std::deque<std::string> *queue : {&m_first, &m_queue})
    std::erase_if(*queue, [&](const std::string &path) {
      const bool dropped = !wanted(path);
      if (dropped)
        m_queued.erase(path);
      m_progress.files_total -= dropped;
      return dropped;
    });
  for (Round &round : m_rounds) {
    m_progress.files_total -= round.files.files();
    m_progress.bytes_total -= round.files.bytes();
    round.files.keep(wanted);
    m_progress.files_total += round.files.files();
    m_progress.bytes_total += round.files.bytes();
  }
  std::erase_if(m_rounds, [](const Round &round) { return round.files.empty(); });
  std::erase_if(m_due, [&](const auto &due) { return !wanted(due.second); });
  std::erase_if(m_dueAt, [&](const auto &due) { return !wanted(due.first); });
  finishIfIdle();
}

void FileIngestor::visit(const Next &next) {
  const std::string &path = next.path;
  m_progress.current_file = path;
  if (rests(path)) {
    ++m_progress.files_done;
    return;
  }
  std::vector<FileBatch> also;
  Reading reading;
  reading.decision = look(path, also);
  if (reading.decision.kind == FileDecision::Kind::Gone) {
    ++m_progress.files_done;
    if (m_options.isReachable && !m_options.isReachable(path))
      return; // it is listed again when it is back
    if (std::optional<FileBatch> lost = m_tracker.lost(path))
      push(std::move(*lost));
    return;
  }
  const bool reads = reading.decision.kind == FileDecision::Kind::Read;
  if (m_options.following && next.counted)
    m_undecided.insert(path);
  if (!putBehind(path, also, reads) && !takeOverName(reading.decision))
    act(reading, path);
}

/// What was written before a rotation comes first: the files that `path` pushed on, then, if it is to be
/// read `again`, itself. False when there are none.
bool FileIngestor::putBehind(const std::string &path, std::vector<FileBatch> &also, bool again) {
  std::ptrdiff_t ahead = 0;
  for (FileBatch &step : also) {
    std::string moved = step.checkpoint.path;
    push(std::move(step));
    if (!m_queued.insert(moved).second)
      continue;
    m_first.push_front(std::move(moved));
    ++m_progress.files_total;
    ++ahead;
  }
  if (also.empty() || !again)
    return false;
  m_queued.insert(path);
  m_first.insert(m_first.begin() + ahead, path);
  return true;
}

void FileIngestor::act(Reading &reading, const std::string &path) {
  switch (reading.decision.kind) {
  case FileDecision::Kind::Gone:
  case FileDecision::Kind::Nothing:
    ++m_progress.files_done;
    return;
  case FileDecision::Kind::Later:
    ++m_progress.files_done;
    return leave(reading.decision, path);
  case FileDecision::Kind::Save:
    ++m_progress.files_done;
    return save(reading.decision);
  case FileDecision::Kind::Read:
    break;
  }
  const bool counted = m_undecided.erase(path) > 0;
  const bool isNew = !reading.decision.known && reading.decision.step.checkpoint.offset == 0;
  if (m_options.following && !counted && isNew)
    ++m_found;
  const FileCheckpoint &file = reading.decision.step.checkpoint;
  const bool quiet = quietAt(file.identity, path) <= m_options.clock();
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

/// In one go there is no later: only a store that cannot be read comes to this, or want of descriptors.
void FileIngestor::leave(const FileDecision &decision, const std::string &path) {
  if (decision.lack && m_options.following) { // no other file can be opened either
    m_lack = decision.lack;
    if (m_queued.insert(path).second)
      m_first.push_front(path);
    ++m_progress.files_total;
  } else if (decision.lack && m_options.failed) {
    m_options.failed(*decision.lack);
  } else if (m_options.following)
    lookLater(m_options.clock() + kLater, path);
  else if (m_options.failed)
    m_options.failed({ErrorCode::Unreadable, path + " was left unread, since the store could not be read"});
}

void FileIngestor::save(FileDecision &decision) {
  FileBatch &step = decision.step;
  const bool told = decision.known && decision.known->error == step.checkpoint.error;
  if (step.checkpoint.state == FileState::Failed && m_options.failed && !(told && m_options.following))
    m_options.failed({ErrorCode::Unreadable, step.checkpoint.error});
  else if (step.checkpoint.state != FileState::Failed && step.checkpoint.state != FileState::Removed)
    step.checkpoint.state = m_options.following ? FileState::Following : FileState::Done;
  if (!(decision.known == step.checkpoint))
    push(std::move(step));
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
  lookLater(m_options.clock() + kLater, path);
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
  const bool still = m_options.clock() < found->second && !isGone(path);
  if (still)
    lookLater(found->second, path);
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
  const std::string path = reading.decision.step.checkpoint.path;
  if (!fresh)
    m_progress.current_file = path;
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
  if (more && reading.decision.kind == FileDecision::Kind::Later) {
    ++m_progress.files_done;
    return leave(reading.decision, path);
  }
  finished(reading);
}

void FileIngestor::finished(const Reading &reading) {
  ++m_progress.files_done;
  const FileCheckpoint &file = reading.decision.step.checkpoint;
  if (file.state == FileState::Failed && m_options.failed)
    m_options.failed({ErrorCode::Unreadable, file.error});
  if (m_options.following && file.pending_bytes > kTurnBytes) // it would be looked through each time
    m_rests[file.path] = m_options.clock() + kLongRest;
  if (m_options.following && file.pending_bytes > 0 && !reading.options.take_tail)
    lookLater(quietAt(file.identity, file.path), file.path);
}

/// When an unterminated last line is taken. A file that says it was changed in the future (this clock was
/// set back, or another's is wrong) counts as changed when it was first seen so.
TimeUs FileIngestor::quietAt(const FileIdentity &identity, const std::string &path) {
  constexpr std::size_t kMost = 10'000;
  const TimeUs now = m_options.clock();
  const TimeUs changed = identity.mtime_ns / 1000;
  if (changed <= now) {
    m_ahead.erase(path);
    return changed + m_options.quiet_us;
  }
  if (m_ahead.size() > kMost)
    m_ahead.clear();
  auto &[seen, since] = m_ahead.try_emplace(path, identity, now).first->second;
  if (seen != identity || since > now) {
    seen = identity;
    since = now;
  }
  return since + m_options.quiet_us;
}

/// After the clock was set back nothing waits until it has caught up.
void FileIngestor::noticeClock(TimeUs now) {
  constexpr TimeUs kSetBack = 5 * kSecond; // less is waited for
  const bool back = m_lastNow != kNoTime && now < m_lastNow - kSetBack;
  m_lastNow = now;
  if (!back)
    return;
  m_rests.clear();
  std::set<std::pair<TimeUs, std::string>> due;
  for (const auto &[when, path] : m_due)
    due.emplace(now, path);
  m_due.swap(due);
  for (auto &[path, when] : m_dueAt)
    when = now;
}

bool FileIngestor::push(FileBatch &&step) {
  FileCheckpoint checkpoint = step.checkpoint;
  const std::int64_t replaces = step.replaces;
  const std::int64_t retires = step.retires;
  const std::optional<std::uint64_t> sequence = m_options.push(std::move(step));
  if (!sequence)
    return false;
  if (replaces != 0)
    m_catalog.end(replaces, true, *sequence);
  if (retires != 0)
    m_catalog.end(retires, false, *sequence);
  m_catalog.put(std::move(checkpoint), *sequence);
  return true;
}

/// The earliest time counts: what is looked at then says what comes next.
void FileIngestor::lookLater(TimeUs when, const std::string &path) {
  const auto [due, isNew] = m_dueAt.try_emplace(path, when);
  if (!isNew && due->second <= when)
    return;
  m_due.erase({due->second, path});
  due->second = when;
  m_due.emplace(when, path);
}

TimeUs FileIngestor::nextDue() const { return m_due.empty() ? kNoTime : m_due.begin()->first; }

void FileIngestor::queueDue() {
  const TimeUs now = m_options.clock();
  noticeClock(now);
  while (!m_due.empty() && m_due.begin()->first <= now) {
    const std::string path = m_due.begin()->second;
    m_due.erase(m_due.begin());
    m_dueAt.erase(path);
    noteChanged(path);
  }
}

} // namespace meteorograph
