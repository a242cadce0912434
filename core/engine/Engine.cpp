// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/Engine.h"

#include "core/engine/CorrectionRun.h"
#include "core/engine/CsvExport.h"
#include "core/engine/FileCorrections.h"
#include "core/engine/QueryLane.h"
#include "core/engine/Replacement.h"
#include "core/engine/RetentionRun.h"
#include "core/engine/SourceFaults.h"
#include "core/engine/SourceLoop.h"
#include "core/engine/StoreCare.h"
#include "core/engine/StoreWatch.h"
#include "core/engine/WriterLoop.h"

#include "core/source/FolderScan.h"
#include "core/source/Presets.h"
#include "core/source/Preview.h"
#include "core/source/RawText.h"
#include "core/store/LockHolder.h"
#include "core/store/StorePlace.h"

#include <chrono>
#include <utility>

namespace meteorograph {

struct Engine::Impl {
  explicit Impl(EngineOptions o)
      : options(std::move(o)), store(options.store_path), writer(store, queue), watch(store),
        retention(store, queue, writer, options.clock), charts(store), lists(store), records(store),
        exports(store), corrections(store),
        desk{queue, writer, [this] { return sourceLoopIfAny(); }, options.clock, options.quiet_us, {}, {}, {},
             0,     0},
        care(options.store_path, queue, writer) {}

  EngineOptions options;
  StoreFile store;
  BatchQueue queue;
  WriterLoop writer;
  StoreWatch watch; ///< of a viewer
  RetentionRun retention;
  std::unique_ptr<SourceLoop> sources; ///< made by the first follow()
  QueryLane charts;
  QueryLane lists;
  QueryLane records;     ///< a record deep in a packed file takes its time: lists must not wait for it
  QueryLane exports;     ///< may be long: charts must not wait for them
  QueryLane corrections; ///< one after the other
  CorrectionDesk desk;
  StoreCare care;
  std::atomic<RequestId> nextRequest{1};
  std::mutex mutex; ///< guards sources and the two below
  std::vector<Error> pathErrors;
  std::vector<std::string> wanted; ///< of a viewer: followed once it has taken the store over
  bool stopped = false;

  SourceLoop &sourceLoop() {
    const std::lock_guard lock(mutex);
    if (!sources)
      sources = std::make_unique<SourceLoop>(options, store, queue, writer);
    return *sources;
  }
  std::vector<std::string> takeWanted() {
    const std::lock_guard lock(mutex);
    return std::exchange(wanted, {});
  }
  SourceLoop *sourceLoopIfAny() {
    const std::lock_guard lock(mutex);
    return sources.get();
  }
  /// Canonical paths of those that are there; the others become errors.
  std::vector<std::string> resolve(const std::vector<std::string> &paths, std::vector<Error> &errors) const {
    std::vector<std::string> real;
    for (const std::string &path : paths) {
      Result<std::string> found = canonicalPath(path);
      if (found)
        real.push_back(std::move(*found));
      else
        errors.push_back(found.error());
    }
    return real;
  }
  /// On the writer's thread; doing it again changes nothing.
  static Result<void> remember(StoreWriter &store, const std::vector<std::string> &paths, bool following,
                               const std::optional<Mapping> &mapping) {
    Result<void> done;
    for (std::size_t i = 0; done && i < paths.size(); ++i)
      done = store.addSource(paths[i], following, mapping);
    return done;
  }
  RequestId correct(std::string what, CorrectionHandler handler, CorrectionJob job) {
    const RequestId id = nextRequest++;
    corrections.add(id, [this, what = std::move(what), handler = std::move(handler), job = std::move(job)](
                            const Result<StoreReader *> &reader, const std::atomic<bool> &cancelled) {
      if (!reader)
        return handler(tl::unexpected(reader.error()));
      if (Result<void> writes = checkWriter(); !writes)
        return handler(tl::unexpected(writes.error()));
      handler(corrected(what, cancelled, job));
    });
    return id;
  }
  /// Fails where this engine only views the store.
  Result<void> checkWriter() const {
    const std::optional<Viewing> viewing = watch.viewing();
    if (!viewing)
      return {};
    const std::string begin = "the store " + options.store_path + " is only viewed here: ";
    switch (viewing->reason) {
    case Viewing::Reason::OtherWriter:
      return fail(ErrorCode::StoreBusy, begin + toString(viewing->writer) + " writes to it");
    case Viewing::Reason::WriterEnded:
      return fail(ErrorCode::StoreBusy, begin + "take it over first");
    case Viewing::Reason::NotPermitted:
      return fail(ErrorCode::StoreUnusable, begin + "you may not write to it");
    case Viewing::Reason::ReadOnlyDisk:
      break;
    }
    return fail(ErrorCode::StoreUnusable, begin + "its disk is read-only");
  }
  Result<CorrectionReport> corrected(const std::string &what, const std::atomic<bool> &cancelled,
                                     const CorrectionJob &job) {
    CorrectionRun run(desk, cancelled, what);
    const Result<void> done = job(run);
    return done ? Result<CorrectionReport>(run.report()) : tl::unexpected(done.error());
  }
  /// Runs a query on a lane and hands its result on.
  template <class T, class Query>
  RequestId ask(QueryLane &lane, std::function<void(Result<T>)> handler, Query query) {
    const RequestId id = nextRequest++;
    lane.add(id, [handler = std::move(handler), query = std::move(query)](
                     Result<StoreReader *> reader, const std::atomic<bool> &cancelled) {
      handler(reader ? query(**reader, cancelled) : Result<T>(tl::unexpected(reader.error())));
    });
    return id;
  }
};

namespace {

/// Why a store that could not be opened for writing can still be looked at; nothing: it cannot.
std::optional<Viewing> reasonToView(const std::string &store, const Error &why) {
  if (why.code == ErrorCode::StoreBusy)
    return Viewing{Viewing::Reason::OtherWriter, holderOfLock(store).value_or(WriterIdentity())};
  if (why.code != ErrorCode::StoreUnusable || mayWrite(store))
    return std::nullopt;
  return Viewing{isOnReadOnlyDisk(store) ? Viewing::Reason::ReadOnlyDisk : Viewing::Reason::NotPermitted, {}};
}

StoreWriterOptions writerOptions(const EngineOptions &options) {
  return {options.store_path, options.allowed_lateness_us, options.clock, options.stop};
}

} // namespace

Engine::Engine(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

void Engine::begin(std::unique_ptr<StoreWriter> writer) {
  const bool checkIsDue = writer->isCheckDue();
  const TimeUs lastWritten = writer->progress().lastWritten();
  m_impl->writer.start(std::move(writer));
  m_impl->retention.start(lastWritten);
  if (checkIsDue) // it keeps what it finds; one that fails stays due
    requestCheck([](const Result<Integrity> &) {});
}

Engine::~Engine() { stop(); }

Result<std::unique_ptr<Engine>> Engine::open(EngineOptions options) {
  Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open(writerOptions(options));
  if (!writer)
    return tl::unexpected(writer.error());
  std::unique_ptr<Engine> engine(new Engine(std::make_unique<Impl>(std::move(options))));
  engine->begin(std::move(*writer));
  return engine;
}

Result<std::unique_ptr<Engine>> Engine::view(EngineOptions options, const Error &why) {
  const std::optional<Viewing> reason = reasonToView(options.store_path, why);
  if (!reason)
    return tl::unexpected(why);
  const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(options.store_path);
  if (!reader) // busy with making it, perhaps
    return tl::unexpected(why.code == ErrorCode::StoreBusy ? why : reader.error());
  if (!(*reader)->isUpToDate())
    return fail(ErrorCode::StoreUnusable,
                why.message +
                    "; it is from an earlier version, and cannot be read before it was opened for writing");
  std::unique_ptr<Engine> engine(new Engine(std::make_unique<Impl>(std::move(options))));
  engine->m_impl->queue.close();
  engine->m_impl->watch.start(*reason);
  return engine;
}

std::optional<Viewing> Engine::viewing() const { return m_impl->watch.viewing(); }

Engine::RequestId Engine::takeOver(std::function<void(Result<void>)> handler) {
  const RequestId id = m_impl->nextRequest++;
  m_impl->corrections.add(id, [this, handler = std::move(handler)](const Result<StoreReader *> &,
                                                                   const std::atomic<bool> &cancelled) {
    if (!m_impl->watch.viewing())
      return handler({});
    if (cancelled)
      return handler(fail(ErrorCode::Cancelled, "the store was not taken over"));
    if (Result<void> same = m_impl->store.check(); !same)
      return handler(tl::unexpected(same.error()));
    const EngineOptions &options = m_impl->options;
    Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open(writerOptions(options));
    if (!writer)
      return handler(tl::unexpected(writer.error()));
    m_impl->watch.stop();
    m_impl->queue.reopen();
    begin(std::move(*writer));
    followRemembered();
    if (const std::vector<std::string> wanted = m_impl->takeWanted(); !wanted.empty())
      follow(wanted);
    handler({});
  });
  return id;
}

namespace {

CorrectionJob readOtherwise(std::vector<std::string> paths) {
  return [paths = std::move(paths)](CorrectionRun &run) { return readFilesOtherwise(run, paths); };
}

} // namespace

Result<IngestReport> Engine::ingest(const std::vector<std::string> &paths, const std::atomic<bool> &stop,
                                    const std::optional<Mapping> &mapping) {
  const auto start = std::chrono::steady_clock::now();
  Impl &impl = *m_impl;
  if (Result<void> writes = impl.checkWriter(); !writes)
    return tl::unexpected(writes.error());
  std::unique_lock reading(impl.desk.reading);
  std::vector<Error> errors;
  const std::vector<std::string> real = impl.resolve(paths, errors);
  Result<Database> database = Database::open(impl.options.store_path, Database::Mode::ReadOnly);
  if (!database)
    return tl::unexpected(database.error());
  FileTable catalog(*database);
  impl.writer.setPatient(false);
  impl.writer.resetTotals();
  Result<void> remembered;
  impl.queue.runJob([&] { remembered = Impl::remember(impl.writer.writer(), real, false, mapping); });
  if (!remembered)
    return tl::unexpected(remembered.error());
  FileIngestor::Options options;
  options.clock = impl.options.clock;
  options.stop = &stop;
  options.own_files = filesOfStore(impl.options.store_path);
  options.failed = [&errors](const Error &error) { errors.push_back(error); };
  options.push = [&impl](FileBatch &&batch) -> std::optional<std::uint64_t> {
    return impl.writer.error() ? std::nullopt : impl.queue.push(std::move(batch));
  };
  options.replace = [&impl](FileDecision &decision, const FileReader::Options &again) {
    return replaceTogether(impl.queue, impl.writer, decision, again);
  };
  FileIngestor ingestor(catalog, std::move(options));
  if (catalog.takeFailure())
    return tl::unexpected(database->error("cannot read the store"));
  SourceFaults faults([](const std::string &, const std::string &) {}, impl.options.clock);
  for (const std::string &root : real)
    faults.expect(root, catalog);
  const std::vector<std::string> listable = faults.begin(real);
  for (const SourceFault &fault : faults.list())
    errors.push_back({ErrorCode::Unreadable, fault.reason});
  impl.queue.setBusy(true);
  ingestor.scan(listable);
  std::uint64_t settled = 0;
  while (!stop && !impl.writer.error() && ingestor.step())
    if (const std::uint64_t done = impl.queue.doneSequence(); done != settled)
      ingestor.settle(settled = done);
  impl.queue.setBusy(false);
  impl.queue.waitDrained();
  reading.unlock();
  if (const std::optional<Error> error = impl.writer.error())
    return tl::unexpected(*error);
  if (mapping && !stop) {
    const Result<CorrectionReport> again =
        impl.corrected("Reading files with their mapping", stop, readOtherwise(real));
    if (!again && again.error().code != ErrorCode::Cancelled)
      return tl::unexpected(again.error());
    if (again)
      errors.insert(errors.end(), again->errors.begin(), again->errors.end());
  }
  IngestReport report = impl.writer.totals();
  report.files = ingestor.progress().files_listed;
  report.errors = std::move(errors);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

void Engine::follow(const std::vector<std::string> &paths, const std::optional<Mapping> &mapping) {
  std::vector<Error> errors;
  const std::vector<std::string> real = m_impl->resolve(paths, errors);
  const Result<void> writes = m_impl->checkWriter();
  if (!writes)
    errors.push_back(writes.error());
  {
    const std::lock_guard lock(m_impl->mutex);
    if (!writes)
      m_impl->wanted.insert(m_impl->wanted.end(), real.begin(), real.end());
    m_impl->pathErrors.insert(m_impl->pathErrors.end(), errors.begin(), errors.end());
  }
  for (const Error &error : errors)
    m_impl->writer.tell("error", error.message);
  m_impl->writer.keep([impl = m_impl.get(), real, mapping](StoreWriter &store) {
    const Result<void> remembered = Impl::remember(store, real, true, mapping);
    if (!remembered)
      return remembered;
    impl->sourceLoop().follow(real); // behind it: what holds for a source decides how its files are read
    if (mapping)
      impl->correct(
          "Reading files with their mapping", [](const Result<CorrectionReport> &) {}, readOtherwise(real));
    return remembered;
  });
}

void Engine::followRemembered() {
  m_impl->writer.keep([impl = m_impl.get()](StoreWriter &store) -> Result<void> {
    const Result<std::vector<std::string>> paths = store.sources().followed();
    if (!paths)
      return tl::unexpected(paths.error());
    if (!paths->empty())
      impl->sourceLoop().follow(*paths);
    return {};
  });
}

void Engine::removeSource(std::int64_t source_id) {
  m_impl->correct(
      "Forgetting a folder", [](const Result<CorrectionReport> &) {},
      [impl = m_impl.get(), source_id](CorrectionRun &run) {
        return forgetSource(run, impl->sourceLoopIfAny(), source_id, false);
      });
}

void Engine::cancelLoad() {
  if (SourceLoop *loop = m_impl->sourceLoopIfAny())
    loop->cancelLoad();
}

IngestReport Engine::followReport() const {
  IngestReport report = m_impl->writer.totals();
  const std::optional<Error> failing = m_impl->writer.error();
  const std::lock_guard lock(m_impl->mutex);
  report.errors = m_impl->pathErrors;
  if (failing)
    report.errors.push_back(*failing);
  if (!m_impl->sources)
    return report;
  report.files = m_impl->sources->filesListed();
  const std::vector<Error> more = m_impl->sources->errors();
  report.errors.insert(report.errors.end(), more.begin(), more.end());
  return report;
}

EngineStatus Engine::status() const {
  EngineStatus status;
  if (const SourceLoop *loop = m_impl->sourceLoopIfAny())
    loop->describe(status);
  const StoreCare::Work care = m_impl->care.work();
  status.care = care.what;
  status.care_done = care.done;
  if (m_impl->watch.viewing()) {
    m_impl->watch.describe(status);
    return status;
  }
  status.processed_rows_per_second = m_impl->writer.rowsPerSecond();
  status.queued_rows = m_impl->queue.rows();
  status.commit_ms = m_impl->writer.commitMilliseconds();
  status.wal_bytes = m_impl->writer.walBytes();
  status.progress = m_impl->writer.progress();
  status.giving_up = m_impl->retention.isAtWork();
  status.revision = m_impl->writer.revision();
  {
    const std::lock_guard lock(m_impl->desk.mutex);
    status.correction = m_impl->desk.what;
    status.corrected_files = m_impl->desk.done;
    status.correction_files = m_impl->desk.total;
  }
  if (const std::optional<Error> error = m_impl->writer.error()) {
    status.state = EngineStatus::State::Failed;
    status.error = error->message;
    status.failing_since_us = m_impl->writer.failingSince();
  }
  return status;
}

void Engine::onCommitted(std::function<void(const Committed &)> handler) {
  m_impl->queue.postJob(
      [impl = m_impl.get(), handler = std::move(handler)] { impl->writer.onCommitted(handler); });
}

Engine::RequestId Engine::requestOverview(std::function<void(Result<Overview>)> handler) {
  return m_impl->ask<Overview>(
      m_impl->lists, std::move(handler),
      [](StoreReader &reader, const std::atomic<bool> &) { return reader.overview(); });
}

Engine::RequestId Engine::requestSeries(SeriesRequest request,
                                        std::function<void(Result<SeriesSet>)> handler) {
  return m_impl->ask<SeriesSet>(
      m_impl->charts, std::move(handler),
      [request = std::move(request)](StoreReader &reader, const std::atomic<bool> &cancelled) {
        return reader.series(request, &cancelled);
      });
}

Engine::RequestId Engine::requestFiles(std::int64_t limit,
                                       std::function<void(Result<std::vector<FileStatus>>)> handler) {
  return m_impl->ask<std::vector<FileStatus>>(
      m_impl->lists, std::move(handler),
      [limit](StoreReader &reader, const std::atomic<bool> &) { return reader.files(limit, 0); });
}

Engine::RequestId
Engine::requestQuarantine(std::int64_t limit,
                          std::function<void(Result<std::vector<QuarantinedRecord>>)> handler) {
  return m_impl->ask<std::vector<QuarantinedRecord>>(
      m_impl->lists, std::move(handler),
      [limit](StoreReader &reader, const std::atomic<bool> &) { return reader.quarantine(limit, 0); });
}

Engine::RequestId Engine::requestEvents(std::int64_t limit,
                                        std::function<void(Result<std::vector<EventEntry>>)> handler) {
  return m_impl->ask<std::vector<EventEntry>>(
      m_impl->lists, std::move(handler),
      [limit](StoreReader &reader, const std::atomic<bool> &) { return reader.events(limit); });
}

Engine::RequestId Engine::requestExportCsv(ExportRequest request, std::string path,
                                           std::function<void(Result<std::int64_t>)> handler) {
  return m_impl->ask<std::int64_t>(m_impl->exports, std::move(handler),
                                   [request = std::move(request), path = std::move(path)](
                                       StoreReader &reader, const std::atomic<bool> &cancelled) {
                                     return exportCsv(reader, request, path, cancelled);
                                   });
}

Engine::RequestId Engine::requestPresets(std::function<void(Result<std::vector<Preset>>)> handler) {
  return m_impl->ask<std::vector<Preset>>(
      m_impl->lists, std::move(handler),
      [](StoreReader &, const std::atomic<bool> &) { return Result<std::vector<Preset>>(allPresets()); });
}

Engine::RequestId Engine::savePreset(std::string name, Mapping mapping,
                                     std::function<void(Result<std::vector<Preset>>)> handler) {
  return m_impl->ask<std::vector<Preset>>(
      m_impl->lists, std::move(handler),
      [name = std::move(name), mapping = std::move(mapping)](
          StoreReader &, const std::atomic<bool> &) -> Result<std::vector<Preset>> {
        if (const Result<void> saved = meteorograph::savePreset(name, mapping); !saved)
          return tl::unexpected(saved.error());
        return allPresets();
      });
}

Engine::RequestId Engine::requestPreview(std::string path, Mapping mapping,
                                         std::function<void(Result<MappingPreview>)> handler) {
  return m_impl->ask<MappingPreview>(
      m_impl->lists, std::move(handler),
      [path = std::move(path), mapping = std::move(mapping), own = filesOfStore(m_impl->options.store_path)](
          StoreReader &, const std::atomic<bool> &) -> Result<MappingPreview> {
        // Opening a file of the store beside SQLite would drop SQLite's locks when it is closed.
        const Result<std::string> real = canonicalPath(path);
        if (real && std::find(own.begin(), own.end(), *real) != own.end())
          return fail(ErrorCode::Unreadable, path + " belongs to the store itself");
        return previewMapping(path, mapping);
      });
}

Engine::RequestId Engine::removeFiles(std::vector<std::int64_t> file_ids, CorrectionHandler handler) {
  return m_impl->correct(
      "Taking files out", std::move(handler),
      [files = std::move(file_ids)](CorrectionRun &run) { return takeOutFiles(run, files); });
}

Engine::RequestId Engine::removeSourceWithReadings(std::int64_t source_id, CorrectionHandler handler) {
  return m_impl->correct("Taking a folder out", std::move(handler),
                         [impl = m_impl.get(), source_id](CorrectionRun &run) {
                           return forgetSource(run, impl->sourceLoopIfAny(), source_id, true);
                         });
}

Engine::RequestId Engine::applyMapping(std::vector<std::int64_t> file_ids, Mapping mapping,
                                       CorrectionHandler handler) {
  return m_impl->correct("Reading files with another mapping", std::move(handler),
                         [files = std::move(file_ids), mapping = std::move(mapping)](CorrectionRun &run) {
                           return readFilesWith(run, files, mapping);
                         });
}

Engine::RequestId Engine::readAgain(std::vector<std::int64_t> file_ids, CorrectionHandler handler) {
  return m_impl->correct(
      "Reading files again", std::move(handler),
      [files = std::move(file_ids)](CorrectionRun &run) { return readFilesAsBefore(run, files); });
}

Engine::RequestId Engine::changeSource(std::int64_t source_id, SourceSettings settings,
                                       CorrectionHandler handler) {
  return m_impl->correct("Changing a folder's settings", std::move(handler),
                         [source_id, settings = std::move(settings)](CorrectionRun &run) {
                           return changeSettings(run, source_id, settings);
                         });
}

Engine::RequestId Engine::renameDevice(DeviceId id, std::string name, CorrectionHandler handler) {
  return m_impl->correct("Renaming a device", std::move(handler),
                         [id, name = std::move(name)](CorrectionRun &run) {
                           return run.change([&](Corrections &c) { return c.renameDevice(id, name); });
                         });
}

Engine::RequestId Engine::mergeDevices(DeviceId from, DeviceId into, CorrectionHandler handler) {
  return m_impl->correct("Merging two devices", std::move(handler), [from, into](CorrectionRun &run) {
    return run.change([&](Corrections &c) { return c.mergeDevices(from, into); });
  });
}

Engine::RequestId Engine::setLimits(QuantityId id, QuantityLimits limits, CorrectionHandler handler) {
  return m_impl->correct("Changing limits", std::move(handler), [id, limits](CorrectionRun &run) {
    return run.change([&](Corrections &c) { return c.setLimits(id, limits); });
  });
}

Engine::RequestId Engine::saveAnnotation(Annotation annotation, CorrectionHandler handler) {
  return m_impl->correct("Annotating", std::move(handler),
                         [annotation = std::move(annotation)](CorrectionRun &run) {
                           return run.change([&](Corrections &c) { return c.saveAnnotation(annotation); });
                         });
}

Engine::RequestId Engine::removeAnnotation(std::int64_t id, CorrectionHandler handler) {
  return m_impl->correct("Deleting an annotation", std::move(handler), [id](CorrectionRun &run) {
    return run.change([&](Corrections &c) { return c.removeAnnotation(id); });
  });
}

Engine::RequestId Engine::setHolding(DeviceId id, bool holds, CorrectionHandler handler) {
  return m_impl->correct("Changing a device", std::move(handler), [id, holds](CorrectionRun &run) {
    return run.change([&](Corrections &c) { return c.setHolding(id, holds); });
  });
}

Engine::RequestId Engine::requestReadings(ReadingsRequest request,
                                          std::function<void(Result<ReadingsOfWindow>)> handler) {
  return m_impl->ask<ReadingsOfWindow>(m_impl->lists, std::move(handler),
                                       [request](StoreReader &reader, const std::atomic<bool> &cancelled) {
                                         return reader.readings(request, &cancelled);
                                       });
}

// A packed file is decoded up to the record, and one that grew is compared: neither lists nor this wait
// for one another, nor for an export.
Engine::RequestId Engine::requestRawRecord(std::int64_t file_id, std::int64_t offset,
                                           std::function<void(Result<RawRecord>)> handler) {
  return m_impl->ask<RawRecord>(m_impl->records, std::move(handler),
                                [file_id, offset](StoreReader &reader, const std::atomic<bool> &cancelled) {
                                  return reader.file(file_id).and_then([&](const FileCheckpoint &file) {
                                    return readRawRecord(file, offset, cancelled);
                                  });
                                });
}

Engine::RequestId Engine::requestRetention(std::optional<RetentionSettings> asked,
                                           std::function<void(Result<RetentionStatus>)> handler) {
  return m_impl->ask<RetentionStatus>(
      m_impl->lists, std::move(handler),
      [impl = m_impl.get(), asked = std::move(asked)](StoreReader &reader, const std::atomic<bool> &) {
        return reader.retention(asked, impl->options.clock());
      });
}

Engine::RequestId Engine::setRetention(RetentionSettings settings,
                                       std::function<void(Result<RetentionStatus>)> handler) {
  return m_impl->ask<RetentionStatus>(
      m_impl->lists, std::move(handler),
      [impl = m_impl.get(), settings](StoreReader &reader,
                                      const std::atomic<bool> &) -> Result<RetentionStatus> {
        Result<void> changed = impl->checkWriter();
        if (!changed)
          return tl::unexpected(changed.error());
        changed = fail(ErrorCode::Cancelled, "the engine was stopped");
        impl->queue.runJob([&] { changed = Retention(impl->writer.writer()).change(settings); });
        if (!changed)
          return tl::unexpected(changed.error());
        impl->retention.wake();
        return reader.retention(std::nullopt, impl->options.clock());
      });
}

Engine::RequestId Engine::requestCheck(std::function<void(Result<Integrity>)> handler) {
  const RequestId id = m_impl->nextRequest++;
  m_impl->care.check(id, std::move(handler));
  return id;
}

Engine::RequestId Engine::requestBackup(std::string path, bool replace,
                                        std::function<void(Result<Copied>)> handler) {
  const RequestId id = m_impl->nextRequest++;
  m_impl->care.backUp(id, std::move(path), replace, std::move(handler));
  return id;
}

void Engine::cancel(RequestId id) {
  m_impl->care.cancel(id);
  m_impl->charts.cancel(id);
  m_impl->lists.cancel(id);
  m_impl->records.cancel(id);
  m_impl->exports.cancel(id);
  m_impl->corrections.cancel(id);
}

void Engine::stop() {
  if (m_impl->stopped)
    return;
  m_impl->stopped = true;
  m_impl->queue.close(); // first: the parser may be waiting for room
  m_impl->writer.hurry();
  if (SourceLoop *loop = m_impl->sourceLoopIfAny())
    loop->stop();
  m_impl->charts.stop();
  m_impl->lists.stop();
  m_impl->records.stop();
  m_impl->exports.stop();
  m_impl->corrections.stop();
  m_impl->watch.stop();
  m_impl->care.stop();
  m_impl->retention.stop();
  m_impl->writer.stop();
}

} // namespace meteorograph
