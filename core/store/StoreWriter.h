// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"
#include "core/model/Result.h"
#include "core/pipeline/DeviceClock.h"
#include "core/store/BronzeInsert.h"
#include "core/store/Database.h"
#include "core/store/FileTable.h"
#include "core/store/Horizons.h"
#include "core/store/IntegrityCheck.h"
#include "core/store/ProgressTable.h"
#include "core/store/SourceTable.h"
#include "core/store/WindowRebuild.h"
#include "core/store/WindowUpsert.h"
#include "core/store/WriterLock.h"

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace meteorograph {

struct StoreWriterOptions {
  std::string path;
  TimeUs allowed_lateness_us = 10 * kMinute;
  WallClock clock = wallClockNow;
  /// Once it is set, nothing waits long for another program's lock any more.
  const std::atomic<bool> *stop = nullptr;
};

/// What one commit brought.
struct CommitReport {
  std::int64_t revision = 0;
  RecordCounts counts;
  std::int64_t readings = 0;
  std::int64_t late = 0;
  TimeUs newest_us = kNoTime;
  TimeUs watermark_us = kNoTime; ///< the newest of those devices
  std::vector<DeviceId> devices; ///< that had a reading
};

/// The one writer of a store. Holds the writer's lock for as long as it lives, and belongs to one
/// thread. A commit is all or nothing: bronze, silver, rollups, quarantine, statistics and
/// checkpoints change together, and after a failure the store is as it was before.
class StoreWriter {
public:
  static Result<std::unique_ptr<StoreWriter>> open(StoreWriterOptions options);
  ~StoreWriter();
  StoreWriter(const StoreWriter &) = delete;
  StoreWriter &operator=(const StoreWriter &) = delete;

  Result<CommitReport> commit(std::span<FileBatch> files);

  /// Remembers a source, see SourceTable.
  Result<void> addSource(const std::string &path, bool following,
                         const std::optional<Mapping> &mapping = std::nullopt);
  /// Forgets a source; the value is its path.
  Result<std::string> removeSource(std::int64_t id);
  SourceTable &sources() { return m_sources; }
  ProgressTable &progress() { return m_progress; }
  /// Whether the store's file is still there and whole; each change of the store asks this first.
  Result<void> check() { return m_database.checkFile(); }
  Result<void> logEvent(std::string_view kind, std::string_view text);
  /// Keeps what a check found, with an event.
  Result<void> saveIntegrity(const Integrity &integrity);
  bool isCheckDue() { return readIntegrityHistory(m_database).due_us != kNoTime; }

  /// Runs what asks the store for something. Fails where any of it could not be read: a row that could not
  /// looks like one that is not there.
  Result<void> ask(const std::function<void(StoreWriter &)> &question);

  /// Bytes in the write-ahead log that the database file does not hold yet.
  std::int64_t walBytes() const { return m_walPages * m_pageSize; }
  /// Waits for another program's lock no longer once `asked` returns true, or the option `stop` says so.
  void giveUpWaitingWhen(std::function<bool()> asked);
  /// Brings the write-ahead log into the database file, so that the log starts anew.
  void checkpoint();

private:
  friend class Corrections; ///< the same tables, changed otherwise
  friend class Retention;
  StoreWriter(StoreWriterOptions options, Database database);
  Result<void> prepare();
  Result<void> checkAfterUncleanEnd();
  void fitCache(std::size_t rows);
  /// What is kept in memory of what the store holds; of its devices all, or as many as there is room for.
  enum class Devices { All, AsRoomIs };
  bool loadState(Devices devices = Devices::AsRoomIs);
  Result<void> refresh();
  bool isAlone();
  Error displaced() const;
  void loadAliases();
  void forgetDevices();
  /// Of those in memory between two commits; beyond, they are looked up as they come.
  static constexpr std::int64_t kKnownDevices = 32'768;

  struct DeviceState {
    DeviceId id = 0;
    DeviceClock clock;
    std::int64_t readings = 0; ///< gained since the last save
    std::int64_t late = 0;
    bool touched = false;
    bool leapt = false; ///< it has been told that its time does
  };
  Result<CommitReport> transact(const std::function<bool(CommitReport &)> &change);
  bool take(std::span<FileBatch> files, CommitReport &report);
  bool writeTogether(std::span<FileBatch> files, CommitReport &report);
  bool undoEarlier(const FileBatch &file);
  bool removeFile(std::int64_t id, std::int64_t heir);
  bool removeTail(std::int64_t id);
  bool apply(const WindowRebuild::Outcome &outcome, std::int64_t file_id, const RecordCounts &counts);
  void touch(std::size_t device);
  bool dropFrozen(FileBatch &file);
  bool trim(const CommitRows &rows);
  bool leavesOutDuplicates(std::span<const FileBatch> files) const;
  bool resolve(std::span<FileBatch> files, CommitRows &rows);
  std::vector<int> storeColumns(const Batch &batch) const;
  void chooseColumns(CommitRows &rows) const;
  DeviceState *deviceState(const std::string &name);
  DeviceState *addDevice(std::string_view name, const DeviceState &state);
  DeviceState *findDevice(std::string_view name);
  std::size_t indexOf(DeviceId id);
  void tellOfManyDevices(const std::string &path);
  void tellOfLeap(const FileBatch &file, const ReadingRow &row, TimeUs before);
  bool addNewQuantities(std::span<const FileBatch> files);
  bool hasColumnsFor(const QuantityKey &key, std::size_t fresh);
  int quantityIndex(std::string_view name) const;
  void rescueSurplus(FileBatch &file, const std::vector<int> &store_columns);
  void judge(Batch &batch, ResolvedBatch &resolved);
  bool upsertWindows(const CommitRows &rows);
  bool saveFiles(std::span<FileBatch> files, const CommitRows &rows, CommitReport &report);
  bool saveRejects(const FileBatch &file);
  bool saveEvents(const FileBatch &file);
  bool saveDevices(CommitReport &report);
  bool saveTotals(const CommitReport &report);

  StoreWriterOptions m_options;
  std::unique_ptr<WriterLock> m_lock;
  BronzeInsert m_bronze; ///< before m_database: its module must outlive the connection
  WindowUpsert m_windows;
  Database m_database;
  SourceTable m_sources{m_database};
  Horizons m_horizons{m_database};
  ProgressTable m_progress{m_database};
  std::unique_ptr<FileWriter> m_files;
  Statement m_findDevice, m_insertDevice, m_updateDevice, m_insertReject, m_deleteRejects, m_updateTotals,
      m_insertEvent;

  CommitRows m_rows; ///< of the commit in work; kept for its memory

  std::unordered_map<std::string, std::size_t> m_deviceIndex; ///< name or alias → m_devices
  std::vector<DeviceState> m_devices;
  std::unordered_map<DeviceId, std::size_t> m_deviceById;
  std::vector<std::size_t> m_touched;
  std::int64_t m_deviceCount = 0; ///< in the store
  bool m_knowsAll = true;         ///< m_devices holds all of them
  bool m_displaced = false;       ///< another program writes to the store: this one does not, ever again
  bool m_stale = false;           ///< what is in memory could not be read in full
  int m_toldLeaps = 0;
  std::vector<Quantity> m_quantities;
  struct Told {
    bool surplus = false;  ///< quantities beyond kMaxQuantities
    bool frozen = false;   ///< readings that cannot replace what was given up
    bool too_late = false; ///< readings from before a horizon
  };
  Told m_told;
  RecordCounts m_undone; ///< taken back within the commit in work
  std::int64_t m_undoneReadings = 0;
  std::int64_t m_undoneLate = 0;
  std::vector<DeviceId> m_undoneDevices;
  std::vector<std::string> m_leavingOut; ///< paths of sources without duplicates
  std::int64_t m_silverGained = 0;
  std::int64_t m_revision = 0;
  std::int64_t m_nextBronzeId = 1;
  std::int64_t m_walPages = 0;
  std::int64_t m_pageSize = 0;
  bool m_bulk = false;
};

} // namespace meteorograph
