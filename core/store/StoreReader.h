// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Copied.h"
#include "core/model/Export.h"
#include "core/model/FileBatch.h"
#include "core/model/Overview.h"
#include "core/model/Provenance.h"
#include "core/model/Result.h"
#include "core/model/Retention.h"
#include "core/model/Series.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace meteorograph {

/// Reads a store on a read-only connection of its own, in short transactions, beside the writer.
/// Belongs to one thread at a time. A failure leaves the store untouched and the reader usable.
class StoreReader {
public:
  /// Fails when the file does not exist, is no store of ours, or is from a newer version.
  static Result<std::unique_ptr<StoreReader>> open(const std::string &path);
  ~StoreReader();
  StoreReader(const StoreReader &) = delete;
  StoreReader &operator=(const StoreReader &) = delete;

  /// How far the store is: what changes with each commit. Costs next to nothing; nothing where it cannot
  /// be read just now.
  struct Revision {
    std::int64_t revision = 0;
    std::int64_t readings = 0;
  };
  std::optional<Revision> revision();
  /// The store has the schema of this program, not an earlier one.
  bool isUpToDate();
  /// The store lies where it could not be locked, and has been changed since: open it anew.
  bool isOutdated() const;

  Result<Overview> overview();
  Result<std::vector<Device>> devices();      ///< by name
  Result<std::vector<Quantity>> quantities(); ///< temperature, humidity, pressure, then by name
  /// Newest first by id unless said otherwise; `limit` < 0 means all.
  Result<std::vector<FileStatus>> files(std::int64_t limit, std::int64_t skip); ///< by path
  Result<std::vector<QuarantinedRecord>> quarantine(std::int64_t limit,
                                                    std::int64_t after_id); ///< oldest first
  Result<std::vector<EventEntry>> events(std::int64_t limit);
  /// SQLite's quick check, which reads all that it checks: of a store of more than 256 MiB without the
  /// tables that grow with every reading, unless `thorough`. See checkIntegrity() for `go_on`.
  Result<Integrity> integrity(bool thorough = false, const std::function<bool()> &go_on = {});
  IntegrityHistory integrityHistory();
  /// Copies the store as it is now to a new file; see copyStore() in core/store/Backup.h.
  Result<Copied> copyTo(const std::string &path, const CopyProgress &progress);

  /// What the store keeps, how large it is and how long the disk lasts; `asked`: settings whose effect
  /// is foretold instead of the store's own. Some milliseconds, whatever the store's size.
  Result<RetentionStatus> retention(const std::optional<RetentionSettings> &asked, TimeUs now);
  /// Readings or windows from before are given up; kNoTime: none are.
  TimeUs horizon(StoreLayer layer);
  std::vector<Progress> progress(); ///< see ProgressTable

  /// A few milliseconds for any range. `cancelled`, if given, is looked at often and ends the query
  /// with ErrorCode::Cancelled.
  Result<SeriesSet> series(const SeriesRequest &request, const std::atomic<bool> *cancelled = nullptr);

  /// The readings behind a window; see readReadings() in core/store/ReadingsQuery.h.
  Result<ReadingsOfWindow> readings(const ReadingsRequest &request,
                                    const std::atomic<bool> *cancelled = nullptr);
  /// What is known of a file by its row; fails with Usage where there is none.
  Result<FileCheckpoint> file(std::int64_t id);
  /// Whether the existing file is one that the store knows, by its path or, under another name, by
  /// device and inode. A file without sensor data does not count.
  Result<bool> hasTakenIn(const std::string &path);

  /// Hands every row to the function, in order, until it returns false. Pages by key, so that no
  /// transaction stays open for long; rows committed meanwhile may or may not be among them.
  Result<void> exportBronze(const ExportRequest &request, const std::function<bool(const BronzeRow &)> &row);
  Result<void> exportSilver(const ExportRequest &request, const std::function<bool(const SilverRow &)> &row);
  Result<void> exportGold(const ExportRequest &request, const std::function<bool(const GoldRow &)> &row);

private:
  struct Impl;
  explicit StoreReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

} // namespace meteorograph
