// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Annotation.h"
#include "core/model/Batch.h"
#include "core/model/Mapping.h"
#include "core/model/Progress.h"
#include "core/model/Quantity.h"
#include "core/model/Time.h"

#include <string>
#include <vector>

namespace meteorograph {

/// What a device said last of one quantity.
struct LatestValue {
  QuantityId quantity = 0;
  TimeUs time_us = 0; ///< start of its newest window that holds the quantity
  double value = 0;   ///< that window's mean
  double average = 0; ///< 15 s moving average there
};

struct DeviceStatus {
  DeviceId id = 0;
  std::string name;
  std::int64_t readings = 0;
  std::int64_t late = 0;
  TimeUs first_us = kNoTime; ///< earliest event time
  TimeUs newest_us = kNoTime;
  TimeUs watermark_us = kNoTime;
  TimeUs cadence_us = 0; ///< median interval between readings, 0 while unknown
  std::vector<LatestValue> latest;
  bool holds = false; ///< it records only changes: a value holds until the next one
};

enum class FileState { Reading, Following, Done, Failed, Vanished, Replaced, Removed };
const char *toString(FileState state);

/// What holds for every file of a source.
struct SourceSettings {
  Mapping mapping; ///< may say nothing
  bool leave_out_duplicates = false;
};

struct FileStatus {
  std::int64_t id = 0;
  std::string path;
  int generation = 1;
  FileState state = FileState::Done;
  std::string format; ///< how it was recognised, for people
  std::int64_t size = 0;
  std::int64_t offset = 0; ///< bytes taken in
  std::int64_t pending_bytes = 0;
  RecordCounts counts;
  std::int64_t readings = 0;
  std::int64_t late = 0;
  std::string error;
  Mapping mapping; ///< what its user said of it; may be empty
};

struct QuarantinedRecord {
  std::int64_t id = 0;
  std::string file;
  std::int64_t line = 0;
  std::int64_t offset = 0;
  std::string reason;
  std::string text;
  std::int64_t file_id = 0;
};

struct EventEntry {
  std::int64_t id = 0;
  TimeUs time_us = 0;
  std::string kind; ///< "error", "warning" or "note"
  std::string text;
};

struct ReasonCount {
  std::string reason;
  std::int64_t count = 0;
};

struct SourceStatus {
  std::int64_t id = 0;
  std::string path;
  bool following = false;
  std::int64_t files = 0;
  std::int64_t readings = 0;
  std::int64_t quarantined = 0;
  std::int64_t failed_files = 0;
  SourceSettings settings;
};

/// Whether a store is sound.
struct Integrity {
  std::string found = "ok"; ///< "ok", or what is wrong
  bool whole = true;        ///< false: readings and the finest windows were not looked at
};

/// When the store was looked through last, and what was found.
struct IntegrityHistory {
  struct Check {
    TimeUs checked_us = kNoTime; ///< never
    std::string found;           ///< as in Integrity
  };
  Check quick;             ///< of what is cheap to look at
  Check full;              ///< of the whole
  TimeUs due_us = kNoTime; ///< since when a full check has been due, after an unclean end
};

/// Everything that the store says of itself in one consistent read, apart from long lists.
struct Overview {
  std::string store_path;
  std::int64_t store_bytes = 0; ///< with its write-ahead log
  std::int64_t revision = 0;    ///< grows with each commit
  RecordCounts counts;
  std::int64_t readings = 0;
  std::int64_t late = 0;
  std::int64_t files = 0;
  std::int64_t pending_bytes = 0;
  std::int64_t bronze_rows = 0;
  std::int64_t silver_rows = 0;
  std::int64_t provisional_windows = 0; ///< at most a million are counted
  TimeUs first_us = kNoTime;            ///< earliest and newest event time of all devices
  TimeUs newest_us = kNoTime;
  std::vector<DeviceStatus> devices;
  std::vector<Quantity> quantities;
  std::vector<SourceStatus> sources;
  std::vector<ReasonCount> quarantine_reasons;
  std::vector<Annotation> annotations; ///< by time, then id
};

/// Something outside that keeps the engine from reading; it is tried again until it works.
struct SourceFault {
  std::string path; ///< of the folder or file; empty: all of them
  TimeUs since_us = 0;
  std::string reason; ///< one line for people
};

/// What the running engine does right now. Rates are over the last second or so.
struct EngineStatus {
  enum class State { Idle, Loading, Following, Stopping, Failed };
  State state = State::Idle;
  double read_rows_per_second = 0;
  double processed_rows_per_second = 0;
  double read_bytes_per_second = 0;
  std::int64_t queued_rows = 0;
  double commit_ms = 0;        ///< the last commit
  std::int64_t bytes_done = 0; ///< of the load under way
  std::int64_t bytes_total = 0;
  std::int64_t files_done = 0;
  std::int64_t files_total = 0;
  std::string current_file;
  std::string correction; ///< the correction under way, for people; empty: none
  std::int64_t corrected_files = 0;
  std::int64_t correction_files = 0; ///< in all
  std::string care;                  ///< a check or backup under way, for people; empty: none
  double care_done = -1;             ///< part of it that is done; below 0: unknown
  std::vector<Progress> progress;    ///< of the last seconds with commits, oldest first; at most 300
  std::int64_t wal_bytes = 0;        ///< of the write-ahead log, at the last commit
  bool giving_up = false;            ///< retention is at work
  std::int64_t revision = 0;
  bool writable = true;              ///< false: opened as a viewer
  std::string error;                 ///< why state is Failed
  TimeUs failing_since_us = kNoTime; ///< since when, by the clock
  std::vector<SourceFault> faults;   ///< what cannot be read now, at most kMostFaults of them
  bool polling = false;              ///< the system gives no more inotify watches: changes are looked for
  static constexpr std::size_t kMostFaults = 100;
};

} // namespace meteorograph
