// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreReader.h"

#include "core/store/Backup.h"
#include "core/store/Database.h"
#include "core/store/FileTable.h"
#include "core/store/Horizons.h"
#include "core/store/IntegrityCheck.h"
#include "core/store/LayerExport.h"
#include "core/store/Migrations.h"
#include "core/store/OverviewQuery.h"
#include "core/store/ProgressTable.h"
#include "core/store/ReadingsQuery.h"
#include "core/store/Schema.h"
#include "core/store/SeriesQuery.h"
#include "core/store/StorePlace.h"
#include "core/store/StoreSize.h"

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

namespace meteorograph {

namespace {

std::int64_t bytesOnDisk(const std::string &path) {
  std::int64_t bytes = 0;
  for (const char *suffix : {"", "-wal"}) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path + suffix, error);
    bytes += error ? 0 : static_cast<std::int64_t>(size);
  }
  return bytes;
}

/// Changes with every change of the file, and with a log that a writer puts beside it.
std::string stampOf(const std::string &path) {
  struct stat file {
  }, log{};
  if (::stat(path.c_str(), &file) != 0)
    return "gone";
  const bool logged = ::stat((path + "-wal").c_str(), &log) == 0;
  return std::to_string(file.st_ino) + ' ' + std::to_string(file.st_size) + ' ' +
         std::to_string(file.st_mtim.tv_sec) + ' ' + std::to_string(file.st_mtim.tv_nsec) +
         (logged ? " with a log" : "");
}

} // namespace

struct StoreReader::Impl {
  Impl(std::string p, Database d) : path(std::move(p)), database(std::move(d)), series(database) {}
  std::string path;
  std::string asItWas; ///< of a file that is read without locks; empty: it is not
  Database database;
  SeriesQuery series;

  Error error() const { return database.error("cannot read the store"); }
  /// The answer, unless something could not be read on the way: rows would be missing from it.
  template <class Query> auto whole(Query query) -> decltype(query()) {
    database.takeFailure();
    decltype(query()) answer = query();
    if (answer && database.takeReadFailure())
      return tl::unexpected(error());
    return answer;
  }
};

StoreReader::StoreReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StoreReader::~StoreReader() = default;

Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string &path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return fail(ErrorCode::StoreUnusable, error ? "cannot open the store " + path + ": " + error.message()
                                                : "there is no store at " + path);
  if (Result<void> safe = checkPlace(path); !safe)
    return tl::unexpected(safe.error());
  if (Result<void> checked = checkStoreFile(path, false); !checked)
    return tl::unexpected(checked.error());
  const std::string stamp = stampOf(path);
  Result<Database> database = Database::open(path, Database::Mode::ReadOnly);
  if (!database)
    return tl::unexpected(database.error());
  if (Result<void> checked = checkStore(*database, path, false); !checked)
    return tl::unexpected(checked.error());
  if (!database->integer("SELECT count(*) FROM totals"))
    return fail(ErrorCode::StoreUnusable, path + " cannot be read as a store: " + database->message());
  auto impl = std::make_unique<Impl>(path, std::move(*database));
  if (const char *name = sqlite3_db_filename(impl->database.handle(), "main");
      name && sqlite3_uri_boolean(name, "immutable", 0) != 0)
    impl->asItWas = stamp;
  return std::unique_ptr<StoreReader>(new StoreReader(std::move(impl)));
}

bool StoreReader::isUpToDate() {
  return m_impl->database.integer("PRAGMA user_version") == static_cast<std::int64_t>(migrations().size());
}

bool StoreReader::isOutdated() const {
  return !m_impl->asItWas.empty() && stampOf(m_impl->path) != m_impl->asItWas;
}

std::optional<StoreReader::Revision> StoreReader::revision() {
  Statement totals = m_impl->database.prepareOnce("SELECT revision, readings FROM totals");
  if (!totals.next())
    return std::nullopt;
  return Revision{totals.count(0), totals.count(1)};
}

Result<std::vector<Device>> StoreReader::devices() {
  std::vector<Device> all;
  Statement rows = m_impl->database.prepareOnce("SELECT id, name FROM device ORDER BY name");
  while (rows.next())
    all.push_back({rows.integer(0), std::string(rows.text(1))});
  if (rows.failed())
    return tl::unexpected(m_impl->error());
  return all;
}

Result<std::vector<Quantity>> StoreReader::quantities() {
  return m_impl->whole([this]() -> Result<std::vector<Quantity>> {
    std::vector<Quantity> all = loadQuantities(m_impl->database);
    sortForPeople(all);
    return all;
  });
}

Result<Overview> StoreReader::overview() {
  Result<Overview> read = m_impl->whole([this] { return OverviewQuery(m_impl->database).run(); });
  if (read) {
    read->store_path = m_impl->path;
    read->store_bytes = bytesOnDisk(m_impl->path);
  }
  return read;
}

Result<std::vector<FileStatus>> StoreReader::files(std::int64_t limit, std::int64_t skip) {
  std::vector<FileStatus> all;
  // Two halves, since each has its own index in this order.
  const std::string columns =
      "SELECT id, path, generation, state, format, size, \"offset\" + tail_bytes, pending_bytes, records,"
      " accepted, quarantined, skipped, readings, late, error, mapping FROM file WHERE active = ";
  Statement rows = m_impl->database.prepareOnce(columns + "1 UNION ALL " + columns +
                                                "0 ORDER BY path, generation LIMIT ? OFFSET ?");
  rows.bind(1, limit).bind(2, skip);
  const auto mapping = [&rows] {
    return rows.text(15).empty() ? Mapping() : mappingFromJson(rows.text(15)).value_or(Mapping());
  };
  while (rows.next())
    all.push_back({rows.integer(0),
                   std::string(rows.text(1)),
                   static_cast<int>(rows.integer(2)),
                   static_cast<FileState>(rows.integer(3)),
                   std::string(rows.text(4)),
                   rows.count(5),
                   rows.count(6),
                   rows.count(7),
                   {rows.count(8), rows.count(9), rows.count(10), rows.count(11)},
                   rows.count(12),
                   rows.count(13),
                   std::string(rows.text(14)),
                   mapping()});
  if (rows.failed())
    return tl::unexpected(m_impl->error());
  return all;
}

Result<ReadingsOfWindow> StoreReader::readings(const ReadingsRequest &request,
                                               const std::atomic<bool> *cancelled) {
  return m_impl->whole([&] { return readReadings(m_impl->database, request, cancelled); });
}

Result<FileCheckpoint> StoreReader::file(std::int64_t id) {
  m_impl->database.takeFailure();
  FileTable files(m_impl->database);
  std::optional<FileCheckpoint> found = files.byId(id);
  if (!found)
    return files.takeFailure() ? Result<FileCheckpoint>(tl::unexpected(m_impl->error()))
                               : fail(ErrorCode::Usage, "there is no such file in the store");
  return std::move(*found);
}

Result<bool> StoreReader::hasTakenIn(const std::string &path) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  struct stat status {};
  if (error || ::stat(real.c_str(), &status) != 0)
    return false;
  m_impl->database.takeFailure();
  FileTable files(m_impl->database);
  std::vector<FileCheckpoint> known = files.byInode(status.st_ino);
  if (std::optional<FileCheckpoint> same = files.byPath(real.native()))
    known.push_back(std::move(*same));
  if (files.takeFailure())
    return tl::unexpected(m_impl->error());
  return std::any_of(known.begin(), known.end(), [&](const FileCheckpoint &file) {
    return file.state != FileState::Failed && std::filesystem::equivalent(file.path, real, error);
  });
}

Result<std::vector<QuarantinedRecord>> StoreReader::quarantine(std::int64_t limit, std::int64_t after_id) {
  std::vector<QuarantinedRecord> all;
  Statement rows =
      m_impl->database.prepareOnce("SELECT q.id, f.path, q.line, q.\"offset\", q.reason, q.text, q.file_id "
                                   "FROM quarantine q JOIN file f ON f.id = q.file_id"
                                   " WHERE q.id > ? ORDER BY q.id LIMIT ?");
  rows.bind(1, after_id).bind(2, limit);
  while (rows.next())
    all.push_back({rows.integer(0), std::string(rows.text(1)), rows.count(2), rows.count(3),
                   std::string(rows.text(4)), std::string(rows.text(5)), rows.integer(6)});
  if (rows.failed())
    return tl::unexpected(m_impl->error());
  return all;
}

Result<std::vector<EventEntry>> StoreReader::events(std::int64_t limit) {
  std::vector<EventEntry> all;
  Statement rows =
      m_impl->database.prepareOnce("SELECT id, time_us, kind, text FROM event ORDER BY id DESC LIMIT ?");
  rows.bind(1, limit);
  while (rows.next())
    all.push_back({rows.integer(0), rows.time(1), std::string(rows.text(2)), std::string(rows.text(3))});
  if (rows.failed())
    return tl::unexpected(m_impl->error());
  return all;
}

Result<Integrity> StoreReader::integrity(bool thorough, const std::function<bool()> &go_on) {
  constexpr std::int64_t kAtOnce = std::int64_t{256} << 20; // read within a second or two
  const std::int64_t bytes =
      m_impl->database.integer("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
          .value_or(0);
  const bool whole = thorough || bytes <= kAtOnce;
  return checkIntegrity(m_impl->database, whole ? IntegrityScope::Whole : IntegrityScope::Small, go_on);
}

IntegrityHistory StoreReader::integrityHistory() { return readIntegrityHistory(m_impl->database); }

Result<Copied> StoreReader::copyTo(const std::string &path, const CopyProgress &progress) {
  return copyStore(m_impl->database, m_impl->path, path, progress);
}

Result<RetentionStatus> StoreReader::retention(const std::optional<RetentionSettings> &asked, TimeUs now) {
  return m_impl->whole([&] { return readRetention(m_impl->database, m_impl->path, asked, now); });
}

TimeUs StoreReader::horizon(StoreLayer layer) {
  const std::int64_t horizon = readHorizon(m_impl->database, layer);
  return horizon == kNoHorizon ? kNoTime : horizon * kSecond;
}

std::vector<Progress> StoreReader::progress() { return ProgressTable(m_impl->database).read(); }

Result<SeriesSet> StoreReader::series(const SeriesRequest &request, const std::atomic<bool> *cancelled) {
  return m_impl->whole([&] { return m_impl->series.run(request, cancelled); });
}

Result<void> StoreReader::exportBronze(const ExportRequest &request,
                                       const std::function<bool(const BronzeRow &)> &row) {
  return m_impl->whole([&] { return LayerExport(m_impl->database, request).bronze(row); });
}

Result<void> StoreReader::exportSilver(const ExportRequest &request,
                                       const std::function<bool(const SilverRow &)> &row) {
  return m_impl->whole([&] { return LayerExport(m_impl->database, request).silver(row); });
}

Result<void> StoreReader::exportGold(const ExportRequest &request,
                                     const std::function<bool(const GoldRow &)> &row) {
  return m_impl->whole([&] { return LayerExport(m_impl->database, request).gold(row); });
}

} // namespace meteorograph
