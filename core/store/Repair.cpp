// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Repair.h"

#include "core/store/Horizons.h"
#include "core/store/IntegrityCheck.h"
#include "core/store/Levels.h"
#include "core/store/LockHolder.h"
#include "core/store/Schema.h"
#include "core/store/SchemaCheck.h"
#include "core/store/StorePlace.h"
#include "core/store/StoreWriter.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace meteorograph {

namespace {

/// Damage may make anything of a header or schema: SQLite is to go on as far as it can.
Result<Database> openDamaged(const std::string &path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return fail(ErrorCode::StoreUnusable, "there is no store at " + path);
  if (const Result<void> known = checkStoreFile(path, false);
      !known && known.error().code == ErrorCode::StoreNewer)
    return tl::unexpected(known.error());
  const bool hasLog = std::filesystem::exists(path + "-wal", error);
  Result<Database> database =
      Database::open(path, hasLog ? Database::Mode::ReadOnly : Database::Mode::Immutable);
  if (!database)
    return database;
  database->setDefensive(false);
  database->execute("PRAGMA writable_schema = ON");
  const std::optional<std::int64_t> id = database->integer("PRAGMA application_id");
  if (!id || *id != kApplicationId)
    return fail(ErrorCode::StoreUnusable,
                path +
                    " cannot be repaired: it does not begin as a store of ours does. Read its sources into a"
                    " new store, or go back to a backup");
  const std::int64_t tables =
      database->integer("SELECT count(*) FROM sqlite_schema WHERE name IN ('bronze', 'file', 'device')")
          .value_or(0);
  if (tables < 3)
    return fail(ErrorCode::StoreUnusable,
                path + " cannot be repaired: its table of contents cannot be read. Read"
                       " its sources into a new store, or go back to a backup");
  if (const Result<void> tables_are = checkTablesAreTables(*database, path); !tables_are)
    return tl::unexpected(tables_are.error());
  return database;
}

/// Nothing where this user may not write, or nobody can: a failing disk that the system has made read-only is
/// the very one to save a store from.
Result<std::unique_ptr<WriterLock>> lockIfPossible(const std::string &store) {
  Result<std::unique_ptr<WriterLock>> lock = WriterLock::take(store);
  if (lock && (*lock)->wasLeftBehind())
    (*lock)->leaveBehind();
  if (lock || lock.error().code == ErrorCode::StoreBusy || mayWrite(store))
    return lock;
  if (const std::optional<WriterIdentity> holder = holderOfLock(store))
    return tl::unexpected(busyError(store, *holder));
  return std::unique_ptr<WriterLock>();
}

std::string numbered(std::int64_t count, const char *noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace

Repair::Repair(Database damaged, std::string path, std::string target, std::function<bool()> go_on)
    : m_goOn(std::move(go_on)), m_path(std::move(path)), m_target(std::move(target)),
      m_damaged(std::move(damaged)) {}

Result<std::unique_ptr<Repair>> Repair::open(const std::string &damaged, std::string target,
                                             std::function<bool()> go_on) {
  Result<Database> database = openDamaged(damaged);
  if (!database)
    return tl::unexpected(database.error());
  Result<std::unique_ptr<WriterLock>> lock = lockIfPossible(damaged);
  if (!lock)
    return tl::unexpected(lock.error());
  std::unique_ptr<Repair> repair(
      new Repair(std::move(*database), damaged, std::move(target), std::move(go_on)));
  repair->m_lock = std::move(*lock);
  if (const Result<std::unique_ptr<StoreWriter>> made = StoreWriter::open({repair->m_target}); !made)
    return tl::unexpected(made.error());
  return repair;
}

Error Repair::failure() const {
  if (!m_goOn())
    return {ErrorCode::Cancelled, "the repair was interrupted; nothing was made"};
  return m_sound.error("cannot write");
}

/// It is thrown away unless it gets whole, so no step of it has to last or be undone.
bool Repair::openTarget() {
  Result<Database> sound = Database::open(m_target, Database::Mode::ReadWrite);
  if (!sound)
    return false;
  m_sound = std::move(*sound);
  m_sound.setDefensive(false);
  return m_sound.execute("PRAGMA journal_mode = OFF") && m_sound.execute("PRAGMA synchronous = OFF") &&
         m_sound.execute("PRAGMA cache_size = -65536");
}

Result<std::vector<Repair::File>> Repair::salvage() {
  if (!openTarget())
    return tl::unexpected(failure());
  m_salvage = std::make_unique<Salvage>(m_damaged, m_sound, m_goOn);
  for (const auto &step :
       {&Repair::copyAll, &Repair::indexReadings, &Repair::nameStrangers, &Repair::countReadings,
        &Repair::makeWindows, &Repair::compareWindows, &Repair::doubtFiles, &Repair::judgeFiles,
        &Repair::settleCounts, &Repair::settleTotals}) {
    if (const Result<void> done = m_sound.transact([&] { return (this->*step)(); }); !done)
      return tl::unexpected(m_goOn() ? done.error() : failure());
  }
  m_sound = Database();
  return m_again;
}

bool Repair::copyAll() {
  if (!m_salvage->copyTables() || !m_salvage->copyBronze())
    return false;
  m_horizon = readHorizon(m_sound, StoreLayer::Bronze);
  m_report.damage = m_salvage->damage();
  m_report.lost = m_salvage->lost();
  return true;
}

/// bronze_run, from the readings in the order of their ids.
bool Repair::indexReadings() {
  Statement rows = m_sound.prepareOnce("SELECT id, device_id, event_time_us FROM bronze ORDER BY id");
  Statement insert = m_sound.prepareOnce("INSERT INTO bronze_run VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  struct Run {
    std::int64_t device = 0, hour = 0, first_id = 0, last_id = 0, first_us = 0, last_us = 0;
  };
  std::optional<Run> run;
  const auto write = [&] {
    return !run || insert.bind(1, run->device)
                       .bind(2, run->hour)
                       .bind(3, run->first_id)
                       .bind(4, run->last_id)
                       .bind(5, run->first_us)
                       .bind(6, run->last_us)
                       .run();
  };
  while (rows.next()) {
    const std::int64_t id = rows.integer(0), device = rows.integer(1), time = rows.time(2);
    const std::int64_t hour = floorTo(time, kHour) / kHour;
    if (!run || run->device != device || run->hour != hour) {
      if (!write())
        return false;
      run = Run{device, hour, id, id, time, time};
    }
    run->last_id = id;
    run->first_us = std::min(run->first_us, time);
    run->last_us = std::max(run->last_us, time);
  }
  return !rows.failed() && write();
}

/// Readings whose device or file is known no more get one by its number.
bool Repair::nameStrangers() {
  return m_sound.execute(
             "CREATE TEMP TABLE stranger AS SELECT DISTINCT file_id FROM bronze WHERE device_id NOT"
             " IN (SELECT id FROM device)") &&
         m_sound.execute(
             "INSERT INTO device(id, name) SELECT DISTINCT device_id, 'device ' || device_id ||"
             " ' (its name is lost)' FROM bronze WHERE device_id NOT IN (SELECT id FROM device)") &&
         m_sound.execute(
             "INSERT INTO file(id, path, generation, active, state, device, inode, size, mtime_ns, ctime_ns,"
             " head_bytes, head_hash, chain_hash, rest_hash, \"offset\", line, pending_bytes, tail_bytes,"
             " tail_hash, recheck, parser_state, mapping, own_mapping, format, error) SELECT DISTINCT "
             "file_id,"
             " 'file ' || file_id || ' (its path is lost)', 1, 0, 4, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, "
             "0,"
             " 0, '', '', 0, '', 'what was known of it was damaged' FROM bronze WHERE file_id NOT IN"
             " (SELECT id FROM file)");
}

bool Repair::countReadings() {
  return m_sound.execute(
             "CREATE TEMP TABLE of_file AS SELECT f.id, coalesce(b.readings, 0) AS readings,"
             " coalesce(b.late, 0) AS late, coalesce(q.records, 0) AS quarantined, b.first_id,"
             " b.last_id FROM file f LEFT JOIN (SELECT file_id, count(*) AS readings,"
             " sum(flags & 1) AS late, min(id) AS first_id, max(id) AS last_id FROM bronze GROUP BY"
             " 1) b ON b.file_id = f.id LEFT JOIN (SELECT file_id, count(*) AS records FROM"
             " quarantine GROUP BY 1) q ON q.file_id = f.id") &&
         m_sound.execute("CREATE TEMP TABLE of_device AS SELECT device_id AS id, count(*) AS readings,"
                         " sum(flags & 1) AS late, min(event_time_us) AS first_us, max(event_time_us) AS"
                         " newest_us FROM bronze GROUP BY 1") &&
         m_sound.execute("UPDATE device SET readings = d.readings, late = d.late, first_us = d.first_us,"
                         " newest_us = d.newest_us, watermark_us = coalesce(watermark_us, d.newest_us -"
                         " 600000000) FROM temp.of_device d WHERE d.id = device.id AND (" +
                         std::string(m_horizon == kNoHorizon ? "1" : "device.newest_us IS NULL") + ")") &&
         (m_horizon != kNoHorizon ||
          m_sound.execute("UPDATE device SET readings = 0, late = 0 WHERE id NOT IN"
                          " (SELECT id FROM temp.of_device)"));
}

bool Repair::makeWindows() {
  const std::vector<Quantity> quantities = loadQuantities(m_sound);
  WindowRebuild rebuild(m_sound, quantities, false);
  if (m_horizon != kNoHorizon && !m_salvage->copyWindowsBefore(m_horizon))
    return false;
  m_report.damage = m_salvage->damage();
  m_report.lost = m_salvage->lost();
  return rebuild.rebuildAll();
}

namespace {

/// Of a window's row: its start, late, then count, sum, min and max of each quantity.
constexpr int kFirstCount = 2;

bool isSame(const Statement &a, const Statement &b, int columns) {
  constexpr double kSums = 1e-9; // however they were added up
  for (int at = kFirstCount; at < columns; at += 4) {
    if (a.integer(at) != b.integer(at) || a.real(at + 2) != b.real(at + 2) ||
        a.real(at + 3) != b.real(at + 3))
      return false;
    if (std::abs(a.real(at + 1) - b.real(at + 1)) > kSums * std::max(1.0, std::abs(a.real(at + 1))))
      return false;
  }
  return true;
}

bool holdsMore(const Statement &a, const Statement *b, int columns) {
  for (int at = kFirstCount; at < columns; at += 4)
    if (a.integer(at) > (b ? b->integer(at) : 0))
      return true;
  return false;
}

/// Whether a window says nothing that none can: its mean lies between its ends, and readings have room.
bool isCredible(const Statement &row, int columns) {
  constexpr std::int64_t kMostReadings = 1'000'000;
  for (int at = kFirstCount; at < columns; at += 4) {
    const std::int64_t count = row.integer(at);
    const double mean = count > 0 ? row.real(at + 1) / static_cast<double>(count) : 0;
    const double slack = 1e-9 * (std::abs(row.real(at + 2)) + std::abs(row.real(at + 3)));
    const bool between = mean >= row.real(at + 2) - slack && mean <= row.real(at + 3) + slack;
    if (count < 0 || count > kMostReadings || (count > 0 && !between))
      return false;
  }
  return true;
}

std::string selectWindow(const std::vector<std::string> &names) {
  std::string columns;
  for (const std::string &name : names)
    columns += ", " + quotedName(name);
  return "SELECT start_s" + columns + " FROM silver WHERE device_id = ?1 AND start_s = ?2";
}

} // namespace

/// Where an old window says something else than its readings, one of the two is damaged.
bool Repair::compareWindows() {
  if (!m_sound.execute("CREATE TEMP TABLE suspect(device_id INTEGER, start_s INTEGER)"))
    return false;
  const std::vector<std::string> names = m_salvage->windowColumns("silver");
  const int columns = static_cast<int>(names.size()) + 1; // the start
  const bool gaps = !m_salvage->bronzeGaps().empty();
  Statement look = m_sound.prepareOnce(selectWindow(names));
  Statement mark = m_sound.prepareOnce("INSERT INTO temp.suspect VALUES(?1, ?2)");
  return m_salvage->eachWindow(m_horizon == kNoHorizon ? INT64_MIN / 2 : m_horizon,
                               [&](std::int64_t device, std::int64_t start, const Statement &old) {
                                 const bool there = look.bind(1, device).bind(2, start).next();
                                 // Readings that could not be read are missed anyway.
                                 const bool suspect = there && !isSame(old, look, columns) &&
                                                      !(gaps && holdsMore(old, &look, columns));
                                 look.reset();
                                 return !suspect || mark.bind(1, device).bind(2, start).run();
                               });
}

/// Of files whose readings lie in such a window.
bool Repair::doubtFiles() {
  constexpr const char *kMost = "50000"; // beyond, it is silver that is damaged
  const std::string hour = floorDivide("s.start_s", kRunSeconds);
  return m_sound.execute(
      std::string("CREATE TEMP TABLE doubt AS SELECT b.file_id AS id, count(DISTINCT s.rowid) AS windows FROM"
                  " (SELECT rowid, * FROM temp.suspect LIMIT ") +
      kMost + ") s CROSS JOIN bronze_run r ON r.device_id = s.device_id AND r.hour = " + hour +
      " CROSS JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id WHERE b.event_time_us >= s.start_s * "
      "1000000"
      " AND b.event_time_us < (s.start_s + 1) * 1000000 GROUP BY 1");
}

struct Repair::Judged {
  std::int64_t id = 0;
  std::string path;
  bool active = false;
  bool known = true; ///< its row was there
  bool complete = true;
  bool named = true; ///< so were all its devices
  std::int64_t expected = 0;
  std::int64_t kept = 0;
  std::int64_t doubtful = 0; ///< windows
};

bool Repair::judgeFiles() {
  std::string gaps = "0";
  if (m_horizon != kNoHorizon) // readings that are gone on purpose cannot be told from lost ones by number
    for (const DamagedTable::Gap &gap : m_salvage->bronzeGaps())
      gaps += " OR (f.first_bronze_id <= " + std::to_string(gap.last) +
              " AND f.last_bronze_id >= " + std::to_string(gap.first) + ")";
  const std::string complete =
      (m_horizon == kNoHorizon ? std::string("f.readings = n.readings") : "NOT (" + gaps + ")") +
      " AND f.quarantined = n.quarantined";
  Statement rows = m_sound.prepareOnce(
      "SELECT f.id, f.path, f.active, NOT (f.size = -1 AND f.state IN (3, 4) AND f.\"offset\" = 0 AND"
      " f.error = 'what was known of it was damaged'), " +
      complete +
      ", f.id NOT IN (SELECT file_id FROM temp.stranger), f.readings, n.readings, coalesce(d.windows, 0)"
      " FROM file f JOIN temp.of_file n ON n.id = f.id LEFT JOIN temp.doubt d ON d.id = f.id ORDER BY f.id");
  while (rows.next())
    judge({rows.integer(0), std::string(rows.text(1)), rows.integer(2) != 0, rows.integer(3) != 0,
           rows.integer(4) != 0, rows.integer(5) != 0, rows.integer(6), rows.integer(7), rows.integer(8)},
          m_again);
  return !rows.failed();
}

void Repair::judge(const Judged &file, std::vector<File> &again) {
  if (file.known && file.complete && file.named && file.doubtful == 0)
    return;
  std::error_code error;
  if (file.active && std::filesystem::is_regular_file(file.path, error)) {
    again.push_back({file.id, file.path});
    return;
  }
  std::string line = file.path + ": ";
  if (!file.known)
    line +=
        "only " + numbered(file.kept, "reading") + " could be found, and it is not known how many there were";
  else if (!file.complete)
    line += std::to_string(file.kept) + " of " + numbered(file.expected, "reading") + " could be read";
  else if (!file.named)
    line += "the name of a device is lost";
  else
    line += numbered(file.doubtful, "window") + " said something else than the readings, which were kept";
  m_report.lost.push_back(line + "; the file is gone");
}

/// Each file's counts say what is there, whatever comes of it.
bool Repair::settleCounts() {
  const bool all = m_horizon == kNoHorizon;
  const std::string readings = all ? "n.readings" : "max(file.readings, n.readings)";
  return m_sound.execute("UPDATE file SET accepted = max(accepted - max(file.readings - " + readings +
                         ", 0), CASE WHEN " + readings + " > 0 AND accepted = 0 THEN " + readings +
                         " ELSE 0 END), readings = " + readings +
                         ", late = " + (all ? "n.late" : "max(file.late, n.late)") +
                         ", quarantined = n.quarantined, first_bronze_id = n.first_id, last_bronze_id ="
                         " n.last_id FROM temp.of_file n WHERE n.id = file.id") &&
         m_sound.execute("UPDATE file SET records = accepted + quarantined + skipped");
}

bool Repair::settleTotals() {
  const std::int64_t revision = m_damaged.count("SELECT revision FROM totals");
  const std::int64_t next = m_damaged.count("SELECT next_bronze_id FROM totals");
  return m_sound.execute(
             "UPDATE totals SET revision = " + std::to_string(revision + 1) +
             ", records = s.records, accepted = s.accepted, quarantined = s.quarantined, skipped = s.skipped,"
             " readings = s.readings, late = s.late, silver_rows = (SELECT count(*) FROM silver),"
             " next_bronze_id = max(" +
             std::to_string(next) +
             ", coalesce((SELECT max(id) FROM bronze), 0) + 1) FROM (SELECT coalesce(sum(records), 0) AS "
             "records,"
             " coalesce(sum(accepted), 0) AS accepted, coalesce(sum(quarantined), 0) AS quarantined,"
             " coalesce(sum(skipped), 0) AS skipped, coalesce(sum(readings), 0) AS readings,"
             " coalesce(sum(late), 0) AS late FROM file) s") &&
         (m_horizon == kNoHorizon || std::all_of(m_again.begin(), m_again.end(), [this](const File &file) {
            return m_recount.remember(m_sound, file.id);
          }));
}

/// Where readings are lost for good, windows are what is left of them.
bool Repair::keepOldWindows() {
  const std::vector<Quantity> quantities = loadQuantities(m_sound);
  const std::vector<std::string> names = m_salvage->windowColumns("silver");
  const int columns = static_cast<int>(names.size()) + 1;
  std::string list, marks;
  for (const std::string &name : names) {
    list += ", " + quotedName(name);
    marks += ", ?";
  }
  Statement look = m_sound.prepareOnce(selectWindow(names));
  Statement put = m_sound.prepareOnce("INSERT OR REPLACE INTO silver(start_s, device_id" + list +
                                      ") VALUES(?, ?" + marks + ")");
  WindowRebuild rebuild(m_sound, quantities, false);
  if (!rebuild.begin())
    return false;
  const std::int64_t horizon = std::max(m_horizon, readHorizon(m_sound, StoreLayer::Silver));
  const bool ok = m_salvage->eachWindow(
      horizon == kNoHorizon ? INT64_MIN / 2 : horizon,
      [&](std::int64_t device, std::int64_t start, const Statement &old) {
        const bool there = look.bind(1, device).bind(2, start).next();
        const bool keep = holdsMore(old, there ? &look : nullptr, columns) && isCredible(old, columns);
        look.reset();
        if (!keep)
          return true;
        ++m_report.windows_without_readings;
        put.bindFrom(1, old, 0).bind(2, device);
        for (int i = 1; i < columns; ++i)
          put.bindFrom(i + 2, old, i);
        return put.run() && rebuild.mark(device, start);
      });
  return ok && rebuild.rebuildRollups() &&
         m_sound.execute("UPDATE totals SET silver_rows = (SELECT count(*) FROM silver)");
}

Result<RepairReport> Repair::conclude() {
  if (!openTarget())
    return tl::unexpected(failure());
  if (const Result<void> counted = m_sound.transact([this] { return m_recount.settle(m_sound); }); !counted)
    return tl::unexpected(counted.error());
  if (!m_report.lost.empty()) {
    m_salvage = std::make_unique<Salvage>(m_damaged, m_sound, m_goOn);
    if (const Result<void> kept = m_sound.transact([this] { return keepOldWindows(); }); !kept)
      return tl::unexpected(m_goOn() ? kept.error() : failure());
  }
  m_salvage.reset();
  for (const File &file : m_again)
    m_report.read_again.push_back(file.path);
  m_report.readings = m_sound.integer("SELECT count(*) FROM bronze").value_or(0);
  m_report.windows = m_sound.integer("SELECT count(*) FROM silver").value_or(0);
  m_report.files = m_sound.integer("SELECT count(*) FROM file WHERE active = 1").value_or(0);
  const Result<Integrity> found = checkIntegrity(m_sound, IntegrityScope::Whole, m_goOn);
  m_sound = Database();
  if (!found)
    return tl::unexpected(found.error());
  if (found->found != "ok")
    return fail(ErrorCode::StoreUnusable, "the repaired store is not sound: " + found->found);
  const Result<std::unique_ptr<StoreWriter>> writer = StoreWriter::open({m_target});
  if (!writer)
    return tl::unexpected(writer.error());
  (void)(*writer)->logEvent("note", "this store was made by repair from " + m_path);
  for (const std::string &line : m_report.lost)
    (void)(*writer)->logEvent("warning", "lost in repair: " + line);
  return m_report;
}

} // namespace meteorograph
