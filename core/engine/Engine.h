// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Copied.h"
#include "core/model/Export.h"
#include "core/model/MappingPreview.h"
#include "core/model/Overview.h"
#include "core/model/Preset.h"
#include "core/model/Provenance.h"
#include "core/model/Result.h"
#include "core/model/Retention.h"
#include "core/model/Series.h"
#include "core/model/Viewing.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meteorograph {

struct EngineOptions {
  std::string store_path;                            ///< created when absent, with its folders
  TimeUs allowed_lateness_us = 10 * kMinute;         ///< how far the watermark trails the newest event time
  TimeUs quiet_us = 30 * kSecond;                    ///< an unterminated last line is taken after so long
  std::chrono::milliseconds rescan_interval{30'000}; ///< full listing beside inotify
  std::chrono::milliseconds poll_interval{500};      ///< listing where inotify is not to be had
  std::size_t max_watches = SIZE_MAX;                ///< folders watched by inotify, whose limit all share
  WallClock clock = wallClockNow;
  /// Once it is set, neither open() nor a commit waits long for another program's lock any more. Outlives the
  /// engine.
  const std::atomic<bool> *stop = nullptr;
};

/// Totals of one call of ingest(), all for that run.
struct IngestReport {
  std::int64_t files = 0; ///< files that were looked into
  RecordCounts counts;
  std::int64_t readings = 0;
  std::int64_t late = 0;
  std::int64_t devices = 0; ///< devices that had a reading in this run
  double seconds = 0;
  std::vector<Error> errors; ///< files that could not be read; the others were taken in
};

/// What a correction of what was already taken in did.
struct CorrectionReport {
  std::int64_t files = 0;           ///< that were corrected, each in one transaction
  std::int64_t readings_before = 0; ///< of those files or devices
  std::int64_t readings_after = 0;
  RecordCounts counts;       ///< of the files, afterwards
  std::vector<Error> errors; ///< files that could not be corrected; they are as they were
};

class StoreWriter;

/// What a commit changed, told on the writer's thread right after it: keep the handler short.
struct Committed {
  std::int64_t revision = 0;
  std::int64_t readings = 0;
  TimeUs newest_us = kNoTime;
};

/// The running instrument: owns the threads (discovery, parser, writer, WAL checkpoints, queries),
/// the store's one writer and the read-only connections. Made and destroyed by its owner on one
/// thread; every other member may be called from any thread and returns at once, except ingest().
/// Handlers are called on an engine thread; after stop() has returned none is called any more.
class Engine {
public:
  /// Opens or creates the store and takes its writer's lock. Fails with StoreBusy when another
  /// program writes to it, StoreNewer, StoreUnusable; the file is then unchanged.
  static Result<std::unique_ptr<Engine>> open(EngineOptions options);
  /// Opens a store to which another program writes, or this user may not, to look at it: as a viewer. All
  /// that reads works and follows what the other program commits; what would write fails with the
  /// reason. `why` is what open() failed with, which is handed back where there is nothing to look at.
  static Result<std::unique_ptr<Engine>> view(EngineOptions options, const Error &why);
  ~Engine();
  Engine(const Engine &) = delete;
  Engine &operator=(const Engine &) = delete;

  /// Reads everything new in the files and folders, once, and commits it; blocks. Setting `stop`
  /// ends it within 200 ms with only whole batches committed. Called by the command line. A mapping
  /// is remembered for the paths as sources and for their files; files that were read otherwise are
  /// read again with it, and their readings replaced.
  Result<IngestReport> ingest(const std::vector<std::string> &paths, const std::atomic<bool> &stop,
                              const std::optional<Mapping> &mapping = {});

  /// Adds folders or files as sources, remembered in the store, reads what is new in them and then
  /// follows them. Errors become events and appear in status(). The mapping as for ingest(). A viewer does
  /// so once it has taken the store over.
  void follow(const std::vector<std::string> &paths, const std::optional<Mapping> &mapping = {});
  /// Follows the sources that the store remembers.
  void followRemembered();
  /// Forgets a source: its readings stay, it is followed no more.
  void removeSource(std::int64_t source_id);
  /// Ends the load under way after the batch in work; following resumes only by follow().
  void cancelLoad();
  /// Totals since open(), of all that was followed; for `ingest --follow`.
  IngestReport followReport() const;

  EngineStatus status() const;
  std::optional<Viewing> viewing() const;                           ///< of a viewer: why it is one
  void onCommitted(std::function<void(const Committed &)> handler); ///< call before follow()

  using RequestId = std::uint64_t;
  /// Queries run one after the other on threads of their own. The handler is called once, with an
  /// Error of code Cancelled when it was withdrawn.
  RequestId requestOverview(std::function<void(Result<Overview>)> handler);
  RequestId requestSeries(SeriesRequest request, std::function<void(Result<SeriesSet>)> handler);
  RequestId requestFiles(std::int64_t limit, std::function<void(Result<std::vector<FileStatus>>)> handler);
  RequestId requestQuarantine(std::int64_t limit,
                              std::function<void(Result<std::vector<QuarantinedRecord>>)> handler);
  RequestId requestEvents(std::int64_t limit, std::function<void(Result<std::vector<EventEntry>>)> handler);
  /// Writes a layer as CSV (command-line columns) to a file; the value is the number of rows.
  RequestId requestExportCsv(ExportRequest request, std::string path,
                             std::function<void(Result<std::int64_t>)> handler);
  /// The presets there are, by name; the second saves one of the user's first. They touch no store.
  RequestId requestPresets(std::function<void(Result<std::vector<Preset>>)> handler);
  RequestId savePreset(std::string name, Mapping mapping,
                       std::function<void(Result<std::vector<Preset>>)> handler);
  /// What the store keeps, its sizes and forecast; with settings: what they would give up now.
  RequestId requestRetention(std::optional<RetentionSettings> asked,
                             std::function<void(Result<RetentionStatus>)> handler);
  /// From now on the store keeps what these say, and gives up the rest in small steps. Fails with Usage
  /// where a layer would not outlive the one before it.
  RequestId setRetention(RetentionSettings settings, std::function<void(Result<RetentionStatus>)> handler);
  /// Looks through the whole store, in the background and for as long as it takes; status() says that it
  /// goes on. The result is kept in the store, with an event. (After an unclean end this comes by itself.)
  RequestId requestCheck(std::function<void(Result<Integrity>)> handler);
  /// Copies the store as it is now; see copyStore() in core/store/Backup.h and checkCopyTarget().
  RequestId requestBackup(std::string path, bool replace, std::function<void(Result<Copied>)> handler);
  void cancel(RequestId id);

  /// Reads the beginning of a file with a mapping (which may say nothing) and tells what would come
  /// of it. Changes nothing.
  RequestId requestPreview(std::string path, Mapping mapping,
                           std::function<void(Result<MappingPreview>)> handler);

  /// The readings behind a window, and the text of one's record, read from its file again.
  RequestId requestReadings(ReadingsRequest request, std::function<void(Result<ReadingsOfWindow>)> handler);
  RequestId requestRawRecord(std::int64_t file_id, std::int64_t offset,
                             std::function<void(Result<RawRecord>)> handler);

  /// Corrections of what was already taken in. They run one after the other beside the queries; each
  /// file changes in one transaction, with its windows, and the event log keeps what was done. Progress
  /// is in status(), cancel() ends one between two files.
  using CorrectionHandler = std::function<void(Result<CorrectionReport>)>;
  /// Takes the files' readings out of every layer; they are not read again unless asked to.
  RequestId removeFiles(std::vector<std::int64_t> file_ids, CorrectionHandler handler);
  /// Forgets a source and takes its files' readings out.
  RequestId removeSourceWithReadings(std::int64_t source_id, CorrectionHandler handler);
  /// Reads the files again with the mapping and replaces their readings; remembered for them. Also
  /// reads files again that were removed.
  RequestId applyMapping(std::vector<std::int64_t> file_ids, Mapping mapping, CorrectionHandler handler);
  /// Reads the files again as they were read before, and replaces their readings.
  RequestId readAgain(std::vector<std::int64_t> file_ids, CorrectionHandler handler);
  /// What holds for every file of a source: its mapping (a zone alone, say), and whether exact
  /// duplicates (device, time and values equal) stay out of silver. Its files are corrected.
  RequestId changeSource(std::int64_t source_id, SourceSettings settings, CorrectionHandler handler);
  /// The device is called so from now on, also where files go on to use its old name.
  RequestId renameDevice(DeviceId id, std::string name, CorrectionHandler handler);
  /// `from` becomes part of `into`, also what files bring of it later.
  RequestId mergeDevices(DeviceId from, DeviceId into, CorrectionHandler handler);
  /// Limits beyond which a quantity's values are marked (never dropped).
  RequestId setLimits(QuantityId id, QuantityLimits limits, CorrectionHandler handler);
  /// Writes an annotation (a new one where its id is 0), or takes one away.
  RequestId saveAnnotation(Annotation annotation, CorrectionHandler handler);
  RequestId removeAnnotation(std::int64_t id, CorrectionHandler handler);
  /// The device records only changes: charts hold each value until the next one.
  RequestId setHolding(DeviceId id, bool holds, CorrectionHandler handler);

  /// A viewer becomes the store's writer and follows the sources that it remembers. Fails like
  /// open(), and then stays a viewer; of a writer: does nothing.
  RequestId takeOver(std::function<void(Result<void>)> handler);

  /// Commits what is in work and ends every thread; called by the destructor too. Under a second.
  void stop();

private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  void begin(std::unique_ptr<StoreWriter> writer);
  std::unique_ptr<Impl> m_impl;
};

} // namespace meteorograph
