// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FileListing.h"
#include "core/source/FileReader.h"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace meteorograph {

/// Turns folders into batches: lists, decides, reads. It does work only when asked to (scan() and
/// step()), so that its thread can look after other things in between. Belongs to the parser's
/// thread.
class FileIngestor {
public:
  struct Options {
    bool following = false; ///< files may grow: hold back unterminated lines until they are quiet
    TimeUs quiet_us = 30 * kSecond;
    WallClock clock = wallClockNow;
    std::vector<std::string> own_files; ///< the store's, never to be read
    const std::atomic<bool> *stop = nullptr;
    /// Takes a batch and gives its number in the order of commits; nothing means stop.
    std::function<std::optional<std::uint64_t>(FileBatch &&)> push;
    /// Reads a file whose readings replace earlier ones to its end, all or nothing; the value is up to
    /// where everything pushed is stored. Without it they come in batches like any others.
    std::function<Result<std::uint64_t>(FileDecision &, const FileReader::Options &)> replace;
    std::function<void(const Error &)> failed;
    std::function<void(const std::string &folder)> folder; ///< a folder that was listed
    /// A listing could not look into a path; without it, that has failed too.
    std::function<void(const std::string &path, const Error &)> unreachable;
    /// False where nothing can be told of a path now: that it is not there says nothing.
    std::function<bool(const std::string &path)> isReachable;
  };
  struct Progress {
    std::int64_t files_listed = 0;
    std::int64_t files_done = 0;
    std::int64_t files_total = 0; ///< with something to do
    std::int64_t bytes_done = 0;
    std::int64_t bytes_total = 0;
    std::string current_file;
  };

  /// Asks the catalog for its newest id: if that takeFailure()s, the ingestor must not be used.
  FileIngestor(FileCatalog &stored, Options options);

  /// Lists the paths and queues what has something to do, by (mtime, path).
  void scan(const std::vector<std::string> &paths);
  /// The same for folders that came up after a scan; their files count as found when they are read.
  void scanMore(const std::vector<std::string> &folders);
  /// Something happened to the path.
  void noteChanged(const std::string &path);
  /// Works on one file for a while; false when nothing is queued.
  bool step();
  void dropQueue();
  /// Drops what is queued of other paths.
  void keep(const std::function<bool(const std::string &path)> &wanted);
  /// Files in work go back into the queue, so that nothing of them is known but what is stored or on
  /// its way there.
  void putBack();
  /// Takes up what was stored meanwhile; everything up to `sequence` is there.
  void refresh(std::uint64_t sequence);
  /// What the system lacked when a file was last opened, since the last call; the file is still queued.
  std::optional<Error> takeLack() { return std::exchange(m_lack, std::nullopt); }
  bool idle() const { return !hasPaths() && m_reading.empty(); }
  /// When a file wants to be looked at again without anything having happened; kNoTime = never.
  TimeUs nextDue() const;
  /// Queues what is due.
  void queueDue();

  void settle(std::uint64_t sequence) { m_catalog.settle(sequence); }
  const Progress &progress() const { return m_progress; }
  /// New files that the last scan did not list, since the last call.
  std::int64_t takeFound() { return std::exchange(m_found, 0); }

private:
  /// What one listing found to do.
  struct Round {
    FileListing files;
    bool counted = false; ///< among the files listed; else each counts as found when it is read
  };
  struct Next {
    std::string path;
    bool counted = false;
  };
  struct Reading {
    FileDecision decision;
    FileReader::Options options;
  };
  void list(const std::vector<std::string> &paths, bool counted);
  void listTree(const std::string &root, FileListing &found, std::vector<std::string> &vanished);
  void add(std::deque<std::string> &queue, const std::string &path);
  bool hasPaths() const { return !m_first.empty() || !m_rounds.empty() || !m_queue.empty(); }
  Next nextPath();
  void visit(const Next &next);
  void act(Reading &reading, const std::string &path);
  void leave(const FileDecision &decision, const std::string &path);
  void save(FileDecision &decision);
  bool putBehind(const std::string &path, std::vector<FileBatch> &also, bool again);
  bool takeOverName(FileDecision &decision);
  void readOn(Reading &reading, bool fresh);
  bool replacesTogether(const FileDecision &decision) const;
  void replace(Reading &reading);
  void finished(const Reading &reading);
  bool push(FileBatch &&step);
  bool isOwn(const std::string &path) const;
  FileDecision look(const std::string &path, std::vector<FileBatch> &also);
  bool rests(const std::string &path);
  TimeUs quietAt(const FileIdentity &identity, const std::string &path);
  void noticeClock(TimeUs now);
  void lookLater(TimeUs when, const std::string &path);
  bool hasNewLog(const std::string &path, const FileIdentity &identity);
  void finishIfIdle();

  PendingFiles m_catalog;
  FileTracker m_tracker;
  FileReader m_reader;
  Options m_options;
  std::deque<std::string> m_first; ///< before all others
  std::deque<Round> m_rounds;      ///< then these, none of them empty …
  std::deque<std::string> m_queue; ///< … then what has come up since
  std::set<std::string> m_queued;  ///< in m_first or m_queue
  std::deque<Reading> m_reading;   ///< large files that gave others a turn
  std::set<std::pair<TimeUs, std::string>> m_due;
  std::unordered_map<std::string, TimeUs> m_dueAt; ///< the same by path
  Progress m_progress;
  std::set<std::string> m_undecided; ///< counted by the last scan, looked at, and not yet read
  std::int64_t m_found = 0;
  std::map<std::string, TimeUs> m_rests;       ///< packed files that took long, and until when they rest
  std::vector<std::string> m_changedDatabases; ///< by their logs, in the listing in work
  std::vector<std::string> m_mayBeElsewhere;   ///< what was read of these, in the listing in work
  std::map<std::string, FileIdentity> m_logs;  ///< write-ahead logs of databases, as last listed
  std::optional<Error> m_lack;
  /// Files with an unterminated last line that were changed in the future, and since when they are so.
  std::map<std::string, std::pair<FileIdentity, TimeUs>> m_ahead;
  TimeUs m_lastNow = kNoTime;
};

} // namespace meteorograph
