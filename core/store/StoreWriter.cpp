// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreWriter.h"

#include "core/model/Path.h"
#include "core/store/Schema.h"
#include "core/store/StorePlace.h"
#include "core/store/WriterLock.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_set>
#include <utility>

namespace meteorograph {

namespace {

/// Makes the folder and, readable by its owner alone, the file.
Result<void> createFile(const std::string &path) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty())
    std::filesystem::create_directories(folder, error);
  if (error)
    return fail(ErrorCode::StoreUnusable,
                "cannot create the folder " + folder.string() + ": " + error.message());
  if (std::filesystem::is_directory(path, error))
    return fail(ErrorCode::StoreUnusable, path + " is a folder; a store is a file");
  if (std::filesystem::exists(path, error))
    return {};
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno != EEXIST)
    return fail(ErrorCode::StoreUnusable,
                "cannot open the store " + path + " for writing: " + std::strerror(errno));
  if (descriptor >= 0)
    ::close(descriptor);
  return {};
}

/// Bounds the memory of what is inserted together: its rows × its quantities, of which a file with many
/// gives as many to the rows of all others.
class CellBound {
public:
  /// False where the batch would be too much besides those before it; the first one never is.
  bool take(const Batch &batch) {
    if (!m_before || *m_before != batch.quantities())
      for (const QuantityKey &key : batch.quantities())
        m_quantities.insert(key.name);
    m_before = &batch.quantities();
    const bool first = m_rows == 0;
    m_rows += batch.rows.size();
    return first || m_rows * m_quantities.size() <= kMaxCells;
  }

private:
  static constexpr std::size_t kMaxCells = 1'000'000;
  std::unordered_set<std::string_view> m_quantities;
  const std::vector<QuantityKey> *m_before = nullptr;
  std::size_t m_rows = 0;
};

/// A device's time that is further from the one before in the same file leaps.
constexpr TimeUs kLeap = 365 * kDay;

constexpr const char *kSelectDevice =
    "SELECT id, name, first_us, newest_us, watermark_us, cadence_us FROM device ";

DeviceClock clockOf(const Statement &row) {
  DeviceClock clock;
  clock.first_us = row.time(2);
  clock.newest_us = row.time(3);
  clock.watermark_us = row.time(4);
  clock.cadence_us = row.count(5);
  return clock;
}

/// Whether it is a store of ours, and whether it may be written to.
Result<void> checkBeforeWriting(const std::string &path) {
  const int refused = ::eaccess(path.c_str(), W_OK) == 0 ? 0 : errno;
  if (refused != 0 && ::eaccess(path.c_str(), R_OK) == 0)
    return fail(ErrorCode::StoreUnusable,
                "cannot open the store " + path + " for writing: " + std::strerror(refused));
  return checkStoreFile(path, true);
}

} // namespace

Result<std::unique_ptr<StoreWriter>> StoreWriter::open(StoreWriterOptions options) {
  if (Result<void> safe = checkPlace(options.path); !safe)
    return tl::unexpected(safe.error());
  if (Result<void> created = createFile(options.path); !created)
    return tl::unexpected(created.error());
  if (Result<void> checked = checkBeforeWriting(options.path); !checked)
    return tl::unexpected(checked.error());
  Result<std::unique_ptr<WriterLock>> lock = WriterLock::take(options.path);
  if (!lock)
    return tl::unexpected(lock.error());
  Result<Database> database = Database::open(options.path, Database::Mode::ReadWrite);
  if (!database)
    return tl::unexpected(database.error());
  std::unique_ptr<StoreWriter> writer(new StoreWriter(std::move(options), std::move(*database)));
  writer->m_lock = std::move(*lock);
  if (Result<void> prepared = writer->prepare(); !prepared)
    return tl::unexpected(prepared.error());
  if (writer->m_lock->wasLeftBehind())
    if (Result<void> told = writer->checkAfterUncleanEnd(); !told)
      return tl::unexpected(told.error());
  return writer;
}

StoreWriter::StoreWriter(StoreWriterOptions options, Database database)
    : m_options(std::move(options)), m_database(std::move(database)) {}

StoreWriter::~StoreWriter() { m_database.putLogAsideIfHarmed(); }

void StoreWriter::giveUpWaitingWhen(std::function<bool()> asked) {
  m_database.giveUpWaitingWhen(
      [stop = m_options.stop, asked = std::move(asked)] { return (stop && *stop) || asked(); });
}

Result<void> StoreWriter::prepare() {
  // The schema is made before the log is switched on, so that the file itself says what it is from
  // its first moment. 8 KiB pages were measured best for bulk ingest; checkpoints of the log run elsewhere,
  // since the inline one is the tail of live latency.
  // What retention frees can be given back to the disk, a few pages at a time; the map of parents that
  // this needs costs ingest nothing that can be measured.
  m_database.takeFailure();
  giveUpWaitingWhen([] { return false; });
  if (!m_database.execute("PRAGMA page_size = 8192") ||
      !m_database.execute("PRAGMA auto_vacuum = INCREMENTAL"))
    return tl::unexpected(m_database.error("cannot open the store"));
  if (Result<void> migrated = migrate(m_database); !migrated)
    return migrated;
  const bool ok = m_database.execute("PRAGMA journal_mode = WAL") &&
                  m_database.execute("PRAGMA wal_autocheckpoint = 0") &&
                  m_database.execute("PRAGMA journal_size_limit = 67108864");
  if (!ok)
    return tl::unexpected(m_database.error("cannot open the store"));
  fitCache(0);
  if (!m_bronze.attach(m_database) || !m_windows.attach(m_database))
    return tl::unexpected(m_database.error("cannot open the store"));
  m_files = std::make_unique<FileWriter>(m_database);
  m_findDevice = m_database.prepare(std::string(kSelectDevice) +
                                    "WHERE id = coalesce((SELECT id FROM device WHERE name = ?1),"
                                    " (SELECT device_id FROM device_alias WHERE name = ?1))");
  m_insertDevice = m_database.prepare("INSERT INTO device(name) VALUES(?)");
  m_updateDevice = m_database.prepare(
      "UPDATE device SET readings = readings + ?2, late = late + ?3, first_us = ?4, newest_us = ?5,"
      " watermark_us = ?6, cadence_us = ?7 WHERE id = ?1");
  m_insertReject = m_database.prepare(
      "INSERT INTO quarantine(file_id, line, \"offset\", reason, text, tail) VALUES(?, ?, ?, ?, ?, ?)");
  m_deleteRejects = m_database.prepare("DELETE FROM quarantine WHERE file_id = ?1 AND tail >= ?2");
  m_updateTotals = m_database.prepare(
      "UPDATE totals SET revision = ?1, records = records + ?2, accepted = accepted + ?3,"
      " quarantined = quarantined + ?4, skipped = skipped + ?5, readings = readings + ?6, late = late + ?7,"
      " silver_rows = silver_rows + ?8, next_bronze_id = ?9");
  m_insertEvent = m_database.prepare("INSERT INTO event(time_us, kind, text) VALUES(?, ?, ?)");
  m_pageSize = m_database.integer("PRAGMA page_size").value_or(8192);
  sqlite3_wal_hook(
      m_database.handle(),
      [](void *self, sqlite3 *, const char *, int pages) {
        static_cast<StoreWriter *>(self)->m_walPages = pages;
        return SQLITE_OK;
      },
      this);
  // Without one of its statements it would go on as if rows were not there.
  if (m_database.takeFailure() || !loadState())
    return tl::unexpected(m_database.error("cannot read the store"));
  return {};
}

/// What could not be read of the store before is read now.
Result<void> StoreWriter::refresh() {
  if (m_displaced)
    return tl::unexpected(displaced());
  if (m_stale && !loadState())
    return tl::unexpected(m_database.error("cannot read the store"));
  return {};
}

/// Only what is cheap at any size; the whole is due from now on, whoever gets to it.
Result<void> StoreWriter::checkAfterUncleanEnd() {
  const Result<Integrity> quick = checkIntegrity(m_database, IntegrityScope::Small);
  if (!quick)
    return tl::unexpected(quick.error());
  const bool sound = quick->found == "ok";
  return m_database.transact([&] {
    const TimeUs now = m_options.clock();
    return saveCheck(m_database, *quick, now) && makeCheckDue(m_database, now) &&
           logEvent(sound ? "note" : "error",
                    "the store was not closed cleanly last time: a quick check found " +
                        (sound ? std::string("it sound")
                               : quick->found + "; \"meteorograph repair\" saves what can be read") +
                        ", a full one is due")
               .has_value();
  });
}

bool StoreWriter::loadState(Devices devices) {
  m_database.takeFailure();
  forgetDevices();
  m_deviceCount = m_database.integer("SELECT count(*) FROM device").value_or(0);
  m_knowsAll = devices == Devices::All || m_deviceCount <= kKnownDevices;
  if (m_knowsAll) {
    Statement rows = m_database.prepareOnce(kSelectDevice);
    while (rows.next())
      addDevice(rows.text(1), {rows.integer(0), clockOf(rows)});
    loadAliases();
  }
  m_leavingOut = m_sources.leavingOut();
  m_horizons.load();
  m_quantities = loadQuantities(m_database);
  const std::int64_t revision = m_database.count("SELECT revision FROM totals");
  m_displaced = m_displaced || (m_revision > 0 && revision > m_revision);
  m_revision = revision;
  m_nextBronzeId = std::max<std::int64_t>(m_database.count("SELECT next_bronze_id FROM totals"), 1);
  m_stale = m_database.takeFailure();
  return !m_stale;
}

void StoreWriter::loadAliases() {
  Statement aliases = m_database.prepareOnce("SELECT name, device_id FROM device_alias");
  while (aliases.next())
    if (const auto device = m_deviceById.find(aliases.integer(1)); device != m_deviceById.end())
      m_deviceIndex.emplace(aliases.text(0), device->second);
}

/// What the store holds of them is all that must be known.
void StoreWriter::forgetDevices() {
  m_devices = {};
  m_deviceIndex = {};
  m_deviceById = {};
  m_touched.clear();
  m_knowsAll = false;
}

/// A bulk load works best with 16 MiB of pages in memory; while following a trickle a few suffice,
/// and memory that only ever grows would look like a leak.
void StoreWriter::fitCache(std::size_t rows) {
  constexpr std::size_t kBulkRows = 10'000;
  constexpr std::size_t kTrickleRows = 1'000;
  const bool bulk = rows >= kBulkRows || (m_bulk && rows >= kTrickleRows);
  if (bulk == m_bulk && rows > 0)
    return;
  m_bulk = bulk;
  m_database.execute(bulk ? "PRAGMA cache_size = -16384" : "PRAGMA cache_size = -1024");
  if (bulk)
    return;
  m_database.execute("PRAGMA shrink_memory");
  m_rows = {};
}

Result<CommitReport> StoreWriter::commit(std::span<FileBatch> files) {
  std::size_t rows = 0;
  for (const FileBatch &file : files)
    rows += file.batch.rows.size();
  fitCache(rows);
  if (static_cast<std::int64_t>(m_devices.size()) > kKnownDevices)
    forgetDevices();
  return transact([this, files](CommitReport &report) {
    return take(files, report) && saveDevices(report) && saveTotals(report);
  });
}

Result<CommitReport> StoreWriter::transact(const std::function<bool(CommitReport &)> &change) {
  if (const Result<void> fresh = refresh(); !fresh)
    return tl::unexpected(fresh.error());
  const Told told = m_told;
  CommitReport report;
  m_undone = {};
  m_undoneReadings = m_undoneLate = m_silverGained = 0;
  m_undoneDevices.clear();
  report.revision = ++m_revision;
  if (const Result<void> done = m_database.transact([&] { return isAlone() && change(report); }); !done) {
    m_told = told;
    loadState();
    return tl::unexpected(m_displaced ? displaced() : done.error());
  }
  return report;
}

/// Within the transaction: what another writer has committed since may be the very readings that are to be.
bool StoreWriter::isAlone() {
  m_displaced = m_database.count("SELECT revision FROM totals") > m_revision - 1;
  return !m_displaced;
}

Error StoreWriter::displaced() const {
  return {
      ErrorCode::StoreBusy,
      "another program writes to the store " + m_options.path +
          " as well (was its lock deleted while it was in use?); nothing more is written from here. End this"
          " program; what it has not stored is read from its files again"};
}

bool StoreWriter::take(std::span<FileBatch> files, CommitReport &report) {
  if (!addNewQuantities(files))
    return false;
  // A batch that takes back readings of an earlier one comes after those have been written. So does a
  // tail: its readings lie together behind its file's lines, since they may be taken back.
  for (std::size_t first = 0; first < files.size();) {
    std::unordered_set<std::int64_t> ids;
    std::size_t count = 0;
    CellBound cells;
    for (; first + count < files.size(); ++count) {
      const FileBatch &file = files[first + count];
      const bool undoes = ids.contains(file.replaces) || ids.contains(file.retires) ||
                          ((file.withdraws_tail || file.is_tail) && ids.contains(file.checkpoint.id));
      if (undoes || !cells.take(file.batch))
        break;
      ids.insert(file.checkpoint.id);
    }
    if (!writeTogether(files.subspan(first, count), report))
      return false;
    first += count;
  }
  return true;
}

bool StoreWriter::leavesOutDuplicates(std::span<const FileBatch> files) const {
  return std::any_of(m_leavingOut.begin(), m_leavingOut.end(), [files](const std::string &source) {
    return std::any_of(files.begin(), files.end(), [&source](const FileBatch &file) {
      return !file.batch.rows.empty() && isBelow(file.checkpoint.path, source);
    });
  });
}

bool StoreWriter::writeTogether(std::span<FileBatch> files, CommitReport &report) {
  CommitRows &rows = m_rows;
  rows.clear();
  rows.batches.resize(files.size());
  for (FileBatch &file : files)
    if (!undoEarlier(file) || !dropFrozen(file))
      return false;
  if (!resolve(files, rows))
    return false;
  for (std::size_t i = 0; i < files.size(); ++i)
    judge(files[i].batch, rows.batches[i]);
  rows.arrange(m_nextBronzeId);
  if (!m_bronze.insert(m_database, rows) || !upsertWindows(rows))
    return false;
  m_nextBronzeId += static_cast<std::int64_t>(rows.rows.size());
  if (!trim(rows) || !saveFiles(files, rows, report))
    return false;
  WindowRebuild::Outcome outcome;
  return m_leavingOut.empty() || !leavesOutDuplicates(files) ||
         WindowRebuild(m_database, m_quantities, true)
             .settleDuplicates(rows.first_id, m_nextBronzeId - 1, outcome);
}

bool StoreWriter::undoEarlier(const FileBatch &file) {
  if (file.withdraws_tail && !removeTail(file.checkpoint.id))
    return false;
  if (file.retires != 0 && !m_files->retire(file.retires, FileState::Done))
    return false;
  return file.replaces == 0 || (removeFile(file.replaces, file.checkpoint.id) &&
                                m_files->retire(file.replaces, FileState::Replaced));
}

/// Readings that bronze has given up stay in the windows, so what takes the file's place (`heir`) may
/// not bring them again.
bool StoreWriter::removeFile(std::int64_t id, std::int64_t heir) {
  const FileWriter::Extent extent = m_files->extent(id);
  WindowRebuild::Outcome outcome;
  if (extent.first_id != 0 && !WindowRebuild(m_database, m_quantities, !m_leavingOut.empty())
                                   .removeReadings(id, extent.first_id, extent.last_id, outcome))
    return false;
  const bool stays = extent.readings > outcome.readings || m_horizons.isFrozen(id);
  return m_deleteRejects.bind(1, id).bind(2, std::int64_t{0}).run() && apply(outcome, id, extent.counts) &&
         (!stays || m_horizons.freeze(heir));
}

/// What its file brings of a time for which earlier readings of it stay in the windows.
bool StoreWriter::dropFrozen(FileBatch &file) {
  const std::int64_t dropped = m_horizons.dropFrozen(file);
  return dropped == 0 || std::exchange(m_told.frozen, true) ||
         logEvent("warning", file.checkpoint.path + ": readings from before " +
                                 formatIsoTime(m_horizons.of(StoreLayer::Bronze) * kSecond) +
                                 " stay as they were read first: bronze has given them up")
             .has_value();
}

/// Late beyond what layers keep: counted, and left to those layers that go back so far.
bool StoreWriter::trim(const CommitRows &rows) {
  Horizons::Trimmed trimmed;
  if (!m_horizons.trim(rows.runs, trimmed))
    return false;
  m_silverGained -= trimmed.silver_rows;
  return trimmed.readings == 0 || std::exchange(m_told.too_late, true) ||
         logEvent("warning", "readings came from before " +
                                 formatIsoTime(m_horizons.of(StoreLayer::Bronze) * kSecond) +
                                 ", which retention has given up: they are counted, and kept only by layers"
                                 " that go back so far")
             .has_value();
}

bool StoreWriter::removeTail(std::int64_t id) {
  const std::optional<FileWriter::Extent> tail = m_files->takeTail(id);
  if (!tail)
    return true;
  WindowRebuild::Outcome outcome;
  if (tail->first_id != 0 && !WindowRebuild(m_database, m_quantities, !m_leavingOut.empty())
                                  .removeReadings(id, tail->first_id, tail->last_id, outcome))
    return false;
  return m_deleteRejects.bind(1, id).bind(2, std::int64_t{1}).run() && apply(outcome, id, tail->counts);
}

bool StoreWriter::apply(const WindowRebuild::Outcome &outcome, std::int64_t file_id,
                        const RecordCounts &counts) {
  m_undone += counts;
  m_undoneReadings += outcome.readings;
  m_undoneLate += outcome.late;
  m_silverGained += outcome.silver_rows;
  m_undoneDevices.insert(m_undoneDevices.end(), outcome.devices.begin(), outcome.devices.end());
  Statement times = m_database.prepareOnce("SELECT first_us, newest_us FROM device WHERE id = ?");
  for (const DeviceId device : outcome.devices) {
    DeviceClock &clock = m_devices[indexOf(device)].clock;
    if (times.bind(1, device).next()) {
      clock.first_us = times.time(0);
      clock.newest_us = times.time(1);
    }
    times.reset();
  }
  return m_files->subtract(file_id, counts, outcome.readings, outcome.late);
}

StoreWriter::DeviceState *StoreWriter::addDevice(std::string_view name, const DeviceState &state) {
  m_deviceIndex.emplace(name, m_devices.size());
  m_deviceById.emplace(state.id, m_devices.size());
  return &m_devices.emplace_back(state);
}

/// A device that the store may hold without its being in memory.
StoreWriter::DeviceState *StoreWriter::findDevice(std::string_view name) {
  if (m_knowsAll)
    return nullptr;
  Statement &rows = m_findDevice;
  DeviceState *found = nullptr;
  if (rows.bind(1, name).next()) {
    const auto known = m_deviceById.find(rows.integer(0));
    if (known == m_deviceById.end())
      found = addDevice(name, {rows.integer(0), clockOf(rows)});
    else // by another of its names
      found = &m_devices[m_deviceIndex.emplace(name, known->second).first->second];
  }
  rows.reset();
  return found;
}

/// Of a device that the store holds.
std::size_t StoreWriter::indexOf(DeviceId id) {
  const auto known = m_deviceById.find(id);
  if (known != m_deviceById.end())
    return known->second;
  Statement rows = m_database.prepareOnce(std::string(kSelectDevice) + "WHERE id = ?");
  DeviceState state{id, {}};
  std::string name;
  if (rows.bind(1, id).next()) {
    name = rows.text(1);
    state.clock = clockOf(rows);
  }
  addDevice(name, state);
  return m_devices.size() - 1;
}

StoreWriter::DeviceState *StoreWriter::deviceState(const std::string &name) {
  const auto found = m_deviceIndex.find(name);
  if (found != m_deviceIndex.end())
    return &m_devices[found->second];
  if (DeviceState *stored = findDevice(name))
    return stored;
  if (!m_insertDevice.bind(1, std::string_view(name)).run())
    return nullptr;
  ++m_deviceCount;
  return addDevice(name, {sqlite3_last_insert_rowid(m_database.handle()), {}});
}

/// So many are most likely something else that was taken for a device's name.
void StoreWriter::tellOfManyDevices(const std::string &path) {
  for (const std::int64_t many : {10'000, 100'000, 1'000'000})
    if (m_deviceCount == many)
      (void)logEvent("warning", "the store holds " + std::to_string(many) + " devices now, the latest from " +
                                    path + ": if they are none, a mapping can say what is the device");
}

/// A clock that was set, or that had never been; its readings are kept as they are.
void StoreWriter::tellOfLeap(const FileBatch &file, const ReadingRow &row, TimeUs before) {
  constexpr int kMost = 100; // as long as the program runs
  if (++m_toldLeaps > kMost)
    return;
  const std::string &device = file.batch.devices[static_cast<std::size_t>(row.device)];
  (void)logEvent("warning", file.checkpoint.path + ", line " + std::to_string(row.line) + ": the time of " +
                                device + " leaps from " + formatIsoTime(before) + " to " +
                                formatIsoTime(row.event_time_us));
}

/// Index into m_quantities, or −1 where the store holds no more.
int StoreWriter::quantityIndex(std::string_view name) const {
  for (std::size_t i = 0; i < m_quantities.size(); ++i)
    if (m_quantities[i].name == name)
      return static_cast<int>(i);
  return -1;
}

bool StoreWriter::addNewQuantities(std::span<const FileBatch> files) {
  std::vector<QuantityKey> fresh;
  bool surplus = false;
  const std::vector<QuantityKey> *before = nullptr;
  for (const FileBatch &file : files) {
    if (before && *before == file.batch.quantities())
      continue;
    before = &file.batch.quantities();
    for (const QuantityKey &key : *before) {
      const bool known =
          quantityIndex(key.name) >= 0 ||
          std::any_of(fresh.begin(), fresh.end(), [&](const QuantityKey &k) { return k.name == key.name; });
      if (known)
        continue;
      if (m_quantities.size() + fresh.size() < kMaxQuantities && hasColumnsFor(key, fresh.size()))
        fresh.push_back(key);
      else
        surplus = true;
    }
  }
  if (surplus && !std::exchange(m_told.surplus, true))
    (void)logEvent("warning", "the store holds 400 quantities; further ones stay in rescued data");
  return fresh.empty() || addQuantities(m_database, m_quantities, fresh).has_value();
}

/// The columns of a quantity that no reading holds any more stay and count.
bool StoreWriter::hasColumnsFor(const QuantityKey &key, std::size_t fresh) {
  Statement room = m_database.prepareOnce("SELECT count(*) < ?1 OR max(name = ?2) FROM quantity");
  room.bind(1, static_cast<std::int64_t>(kMaxQuantities - fresh)).bind(2, std::string_view(key.name));
  return !room.next() || room.integer(0) != 0;
}

bool StoreWriter::resolve(std::span<FileBatch> files, CommitRows &rows) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    ResolvedBatch &resolved = rows.batches[i];
    resolved.file = &files[i];
    resolved.received_us = m_options.clock();
    for (const std::string &name : files[i].batch.devices) {
      const std::int64_t before = m_deviceCount;
      const DeviceState *state = deviceState(name);
      if (!state)
        return false;
      if (m_deviceCount != before)
        tellOfManyDevices(files[i].checkpoint.path);
      resolved.devices.push_back(state->id);
    }
    // Files mostly have the quantities of the one before.
    const bool asBefore = i > 0 && files[i].batch.quantities() == files[i - 1].batch.quantities();
    resolved.columns = asBefore ? rows.batches[i - 1].columns : storeColumns(files[i].batch);
    rescueSurplus(files[i], resolved.columns);
  }
  chooseColumns(rows);
  return true;
}

/// For each of the batch's quantities its index into m_quantities, or −1 where the store holds no more.
std::vector<int> StoreWriter::storeColumns(const Batch &batch) const {
  std::vector<int> columns;
  for (const QuantityKey &key : batch.quantities())
    columns.push_back(quantityIndex(key.name));
  return columns;
}

/// A commit has columns for the quantities that occur in it, in the order in which the store has them.
void StoreWriter::chooseColumns(CommitRows &rows) const {
  constexpr int kUnused = -1;
  std::vector<int> columnOf(m_quantities.size(), kUnused);
  for (const ResolvedBatch &resolved : rows.batches)
    for (const int column : resolved.columns)
      if (column >= 0)
        columnOf[static_cast<std::size_t>(column)] = 0;
  for (std::size_t i = 0; i < m_quantities.size(); ++i)
    if (columnOf[i] != kUnused) {
      columnOf[i] = static_cast<int>(rows.quantities.size());
      rows.quantities.push_back(m_quantities[i]);
    }
  for (ResolvedBatch &resolved : rows.batches)
    for (int &column : resolved.columns)
      column = column < 0 ? -1 : columnOf[static_cast<std::size_t>(column)];
}

void StoreWriter::rescueSurplus(FileBatch &file, const std::vector<int> &store_columns) {
  Batch &batch = file.batch;
  const auto isSurplus = [](int column) { return column < 0; };
  if (std::none_of(store_columns.begin(), store_columns.end(), isSurplus))
    return;
  for (std::size_t row = 0; row < batch.rows.size(); ++row) {
    std::int32_t &slot = batch.rows[row].rescued;
    nlohmann::json rescued = nlohmann::json::object();
    if (slot >= 0)
      rescued = nlohmann::json::parse(batch.rescued[static_cast<std::size_t>(slot)], nullptr, false);
    if (!rescued.is_object())
      continue;
    const std::size_t before = rescued.size();
    for (std::size_t column = 0; column < store_columns.size(); ++column)
      if (store_columns[column] < 0 && !std::isnan(batch.value(row, column)))
        rescued[batch.quantities()[column].name] = batch.value(row, column);
    if (rescued.size() == before)
      continue;
    batch.rescued.push_back(rescued.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    slot = static_cast<std::int32_t>(batch.rescued.size() - 1);
  }
}

/// Gives a reading without a time that of its arrival, from its first commit on, and finds out which
/// are late.
void StoreWriter::judge(Batch &batch, ResolvedBatch &resolved) {
  std::vector<std::size_t> states;
  for (const DeviceId device : resolved.devices)
    states.push_back(m_deviceById.at(device));
  std::vector<TimeUs> latest(states.size(), kNoTime);
  for (ReadingRow &row : batch.rows) {
    const std::size_t index = states[static_cast<std::size_t>(row.device)];
    DeviceState &state = m_devices[index];
    const TimeUs received = row.received_time_us == kNoTime ? resolved.received_us : row.received_time_us;
    if (row.event_time_us == kNoTime)
      row.event_time_us = received;
    TimeUs &before = latest[static_cast<std::size_t>(row.device)];
    if (before != kNoTime && std::abs(row.event_time_us - before) > kLeap &&
        !std::exchange(state.leapt, true))
      tellOfLeap(*resolved.file, row, before);
    before = row.event_time_us;
    const bool late = state.clock.take(row.event_time_us, received, m_options.allowed_lateness_us);
    const int others = row.flags & ~kLateReading;
    row.flags = static_cast<std::uint8_t>(late ? others | kLateReading : others);
    resolved.late += late;
    state.late += late;
    ++state.readings;
    touch(index);
  }
}

/// Its row is written with the commit.
void StoreWriter::touch(std::size_t device) {
  if (m_devices[device].touched)
    return;
  m_devices[device].touched = true;
  m_touched.push_back(device);
}

bool StoreWriter::upsertWindows(const CommitRows &rows) {
  for (std::size_t run = 0; run < rows.runs.size();)
    if (!m_windows.upsert(m_database, rows.windows(run), rows.quantities, m_silverGained))
      return false;
  return true;
}

bool StoreWriter::saveFiles(std::span<FileBatch> files, const CommitRows &rows, CommitReport &report) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    const FileBatch &file = files[i];
    const ResolvedBatch &resolved = rows.batches[i];
    const FileGain gain{file.batch.counts, static_cast<std::int64_t>(file.batch.rows.size()), resolved.late,
                        resolved.first_id, resolved.last_id};
    if (!m_files->save(file.checkpoint, gain, file.is_tail) || !saveRejects(file) || !saveEvents(file))
      return false;
    report.counts += gain.counts;
    report.readings += gain.readings;
    report.late += gain.late;
  }
  return true;
}

bool StoreWriter::saveEvents(const FileBatch &file) {
  for (const auto &[kind, text] : {std::pair<std::string_view, const std::string &>{"note", file.note},
                                   {"warning", file.warning},
                                   {"error", file.checkpoint.error}})
    if (!text.empty() && !logEvent(kind, text))
      return false;
  for (const BatchNote &note : file.batch.notes)
    if (!logEvent("note", file.checkpoint.path + ", line " + std::to_string(note.line) + ": " + note.text))
      return false;
  return true;
}

bool StoreWriter::saveRejects(const FileBatch &file) {
  for (const Reject &reject : file.batch.rejects) {
    m_insertReject.bind(1, file.checkpoint.id).bind(2, reject.line).bind(3, reject.offset);
    m_insertReject.bind(4, std::string_view(reject.reason)).bind(5, std::string_view(reject.text));
    if (!m_insertReject.bind(6, std::int64_t{file.is_tail}).run())
      return false;
  }
  return true;
}

bool StoreWriter::saveDevices(CommitReport &report) {
  for (const std::size_t index : m_touched) {
    DeviceState &state = m_devices[index];
    state.clock.settleCadence();
    m_updateDevice.bind(1, state.id).bind(2, state.readings).bind(3, state.late);
    m_updateDevice.bindTime(4, state.clock.first_us).bindTime(5, state.clock.newest_us);
    if (!m_updateDevice.bindTime(6, state.clock.watermark_us).bind(7, state.clock.cadence_us).run())
      return false;
    if (state.readings > 0)
      report.devices.push_back(state.id);
    report.newest_us = std::max(report.newest_us, state.clock.newest_us);
    report.watermark_us = std::max(report.watermark_us, state.clock.watermark_us);
    state.readings = state.late = 0;
    state.touched = false;
  }
  m_touched.clear();
  return true;
}

bool StoreWriter::saveTotals(const CommitReport &report) {
  RecordCounts counts = report.counts;
  counts -= m_undone;
  m_updateTotals.bind(1, m_revision)
      .bind(2, counts.records)
      .bind(3, counts.accepted)
      .bind(4, counts.quarantined);
  m_updateTotals.bind(5, counts.skipped).bind(6, report.readings - m_undoneReadings);
  m_updateTotals.bind(7, report.late - m_undoneLate).bind(8, m_silverGained);
  return m_updateTotals.bind(9, m_nextBronzeId).run();
}

Result<void> StoreWriter::addSource(const std::string &path, bool following,
                                    const std::optional<Mapping> &mapping) {
  return m_sources.add(path, following, mapping, m_options.clock());
}

Result<std::string> StoreWriter::removeSource(std::int64_t id) {
  Result<std::string> path = m_sources.remove(id);
  loadState();
  return path;
}

Result<void> StoreWriter::ask(const std::function<void(StoreWriter &)> &question) {
  m_database.takeFailure();
  question(*this);
  if (m_database.takeFailure())
    return tl::unexpected(m_database.error("cannot read the store"));
  return {};
}

Result<void> StoreWriter::logEvent(std::string_view kind, std::string_view text) {
  if (sqlite3_get_autocommit(m_database.handle()) != 0)
    if (Result<void> there = m_database.checkFile(); !there)
      return there;
  if (!m_insertEvent.bind(1, m_options.clock()).bind(2, kind).bind(3, text).run())
    return tl::unexpected(m_database.error("cannot write to the store"));
  return {};
}

Result<void> StoreWriter::saveIntegrity(const Integrity &integrity) {
  const bool sound = integrity.found == "ok";
  const std::string text =
      sound ? "the store was checked as a whole: it is sound"
            : "the store is damaged: " + integrity.found + "; \"meteorograph repair\" saves what can be read";
  return m_database.transact([&] {
    return saveCheck(m_database, integrity, m_options.clock()) &&
           logEvent(sound ? "note" : "error", text).has_value();
  });
}

void StoreWriter::checkpoint() {
  if (m_database.checkFile()) // else another program's file would become a mixture of both
    m_database.checkpoint();
}

} // namespace meteorograph
