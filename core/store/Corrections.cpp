// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Corrections.h"

#include "core/store/AnnotationTable.h"
#include "core/store/Schema.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// Rows that are gathered before they go into the tables: few statements, bounded memory.
constexpr std::size_t kGatherRows = 50'000;
/// Rejects may carry much text: batches are not gathered without end.
constexpr std::size_t kGatherBatches = 16;
constexpr std::size_t kMaxNameBytes = 200;
/// SQLite's steps between two looks at the flag: some milliseconds.
constexpr int kStepsBetweenLooks = 100'000;

std::string counted(std::int64_t count, const char *noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace

Corrections::Corrections(StoreWriter &writer, const std::atomic<bool> &cancelled)
    : m_writer(writer), m_database(writer.m_database), m_cancelled(cancelled) {}

Result<FileCheckpoint> Corrections::file(std::int64_t id) {
  std::optional<FileCheckpoint> found;
  const Result<void> asked = m_writer.ask([&](StoreWriter &) { found = FileTable(m_database).byId(id); });
  if (!asked)
    return tl::unexpected(asked.error());
  return found ? Result<FileCheckpoint>(std::move(*found))
               : fail(ErrorCode::Usage, "there is no such file in the store");
}

Result<std::string> Corrections::mappingFor(const std::string &path) {
  std::string mapping;
  const Result<void> asked =
      m_writer.ask([&](StoreWriter &) { mapping = FileTable(m_database).mappingFor(path); });
  return asked ? Result<std::string>(mapping) : tl::unexpected(asked.error());
}

Result<Corrected> Corrections::run(const Change &change) {
  Corrected done;
  m_refusal.reset();
  m_writer.fitCache(kGatherRows);
  if (!m_writer.m_knowsAll && !m_writer.loadState(StoreWriter::Devices::All))
    return tl::unexpected(m_database.error("cannot read the store"));
  sqlite3_progress_handler(
      m_database.handle(), kStepsBetweenLooks,
      [](void *flag) { return static_cast<const std::atomic<bool> *>(flag)->load() ? 1 : 0; },
      const_cast<std::atomic<bool> *>(&m_cancelled));
  const Result<CommitReport> report = m_writer.transact([&](CommitReport &commit) {
    done.commit = commit;
    const bool ok = change(done);
    commit = done.commit;
    return ok;
  });
  sqlite3_progress_handler(m_database.handle(), 0, nullptr, nullptr);
  m_writer.loadState(); // devices and quantities may have come and gone
  if (report) {
    done.commit = *report;
    return done;
  }
  if (m_cancelled)
    return fail(ErrorCode::Cancelled, "the correction was withdrawn");
  return tl::unexpected(m_refusal.value_or(report.error()));
}

/// What could not be read is no reason to refuse.
bool Corrections::refuse(ErrorCode code, std::string message) {
  if (!m_database.hasFailed())
    m_refusal = Error{code, std::move(message)};
  return false;
}

bool Corrections::note(const std::string &text) { return m_writer.logEvent("note", text).has_value(); }

bool Corrections::finish(Corrected &done) {
  return m_writer.saveDevices(done.commit) && m_writer.saveTotals(done.commit);
}

/// Takes in what comes, some batches at a time.
bool Corrections::take(const Fill &fill, Corrected &done) {
  std::vector<FileBatch> waiting;
  std::size_t rows = 0;
  std::optional<Error> failure;
  const auto write = [&] {
    if (!failure && !m_writer.take(waiting, done.commit))
      failure = m_database.error("cannot write to the store");
    waiting.clear();
    rows = 0;
    return !failure;
  };
  const Result<void> filled = fill([&](FileBatch &&batch) {
    rows += batch.batch.rows.size();
    waiting.push_back(std::move(batch));
    return (rows < kGatherRows && waiting.size() < kGatherBatches) || write();
  });
  if (failure || (filled && !write())) {
    m_refusal = failure;
    return false;
  }
  if (!filled)
    m_refusal = filled.error();
  return filled.has_value();
}

Result<Corrected> Corrections::takeTogether(const Fill &fill) {
  return run([&](Corrected &done) { return take(fill, done) && finish(done); });
}

bool Corrections::takeOut(std::int64_t file_id, Corrected &done) {
  done.readings_before = m_writer.m_files->extent(file_id).readings;
  m_writer.m_undoneDevices.clear();
  if (!m_writer.removeFile(file_id, file_id) || !m_writer.m_files->forgetExtent(file_id) ||
      !lowerWatermarks(m_writer.m_undoneDevices) || !retireUnusedQuantities(m_database))
    return false;
  m_writer.m_quantities = loadQuantities(m_database);
  return true;
}

/// A device's watermark is what the readings that are left have made it: a wrong time that was taken
/// out must not make everything after it late.
bool Corrections::lowerWatermarks(const std::vector<DeviceId> &devices) {
  Statement hours =
      m_database.prepareOnce("SELECT DISTINCT hour FROM bronze_run WHERE device_id = ? ORDER BY hour DESC");
  Statement newest = m_database.prepareOnce(
      "SELECT max(b.event_time_us) FROM bronze_run r JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id"
      " WHERE r.device_id = ?1 AND r.hour = ?2 AND b.event_time_us <= b.received_time_us + ?3");
  newest.bind(3, kTrustedAhead);
  for (const DeviceId device : devices) {
    TimeUs watermark = kNoTime;
    hours.bind(1, device);
    while (watermark == kNoTime && hours.next()) {
      if (newest.bind(1, device).bind(2, hours.integer(0)).next() && !newest.isNull(0))
        watermark = newest.time(0) - m_writer.m_options.allowed_lateness_us;
      newest.reset();
    }
    hours.reset();
    // What bronze has given up had moved the watermark too.
    if (const std::int64_t horizon = m_writer.m_horizons.of(StoreLayer::Bronze); horizon != kNoHorizon)
      watermark = std::max(watermark, horizon * kSecond - m_writer.m_options.allowed_lateness_us);
    const std::size_t index = m_writer.m_deviceById.at(device);
    m_writer.touch(index);
    TimeUs &known = m_writer.m_devices[index].clock.watermark_us;
    known = std::min(known, watermark);
  }
  return true;
}

Result<Corrected> Corrections::replaceReadings(const FileCheckpoint &file, const Fill &fill) {
  return run([&](Corrected &done) {
    if (!takeOut(file.id, done))
      return false;
    const std::vector<DeviceId> emptied = m_writer.m_undoneDevices;
    std::vector<DeviceClock> clocks;
    for (StoreWriter::DeviceState &device : m_writer.m_devices)
      clocks.push_back(std::exchange(device.clock, DeviceClock()));
    if (!take(fill, done))
      return false;
    for (std::size_t i = 0; i < clocks.size(); ++i)
      m_writer.m_devices[i].clock.join(clocks[i]);
    done.readings_after = done.commit.readings;
    return finish(done) && dropEmptyDevices(emptied) &&
           note(file.path + " was read again: " + counted(done.readings_after, "reading") + " instead of " +
                std::to_string(done.readings_before));
  });
}

Result<Corrected> Corrections::removeReadings(const FileCheckpoint &file) {
  return run([&](Corrected &done) {
    return takeOut(file.id, done) && m_writer.m_files->setState(file.id, FileState::Removed) &&
           finish(done) && dropEmptyDevices(m_writer.m_undoneDevices) &&
           note(file.path + " was taken out with " + counted(done.readings_before, "reading"));
  });
}

/// A device without readings is none, unless files bring it under another name.
bool Corrections::dropEmptyDevices(const std::vector<DeviceId> &devices) {
  Statement drop = m_database.prepareOnce("DELETE FROM device WHERE id = ?1 AND readings = 0 AND NOT EXISTS"
                                          " (SELECT 1 FROM device_alias WHERE device_id = ?1)");
  return std::all_of(devices.begin(), devices.end(),
                     [&drop](DeviceId device) { return drop.bind(1, device).run(); });
}

Result<Corrected> Corrections::leaveOutDuplicates(std::int64_t source_id, bool leave_out) {
  return run([&](Corrected &done) {
    SourceTable sources(m_database);
    const std::optional<SourceStatus> source = sources.byId(source_id);
    if (!source)
      return refuse(ErrorCode::Usage, "there is no such source");
    WindowRebuild::Outcome outcome;
    if (!sources.setLeavingOut(source_id, leave_out) ||
        !WindowRebuild(m_database, m_writer.m_quantities, true).settleAllDuplicates(outcome))
      return false;
    m_writer.m_silverGained += outcome.silver_rows;
    return finish(done) && note(counted(outcome.flagged, "duplicate") + " of " + source->path +
                                (leave_out ? " are left out of the windows" : " count again in the windows"));
  });
}

std::string Corrections::nameOf(DeviceId id) {
  Statement row = m_database.prepareOnce("SELECT name FROM device WHERE id = ?");
  return row.bind(1, id).next() ? std::string(row.text(0)) : std::string();
}

bool Corrections::checkName(DeviceId id, const std::string &name) {
  if (name.empty() || name.size() > kMaxNameBytes)
    return refuse(ErrorCode::Usage, "a device's name has 1 to " + std::to_string(kMaxNameBytes) + " bytes");
  const auto found = m_writer.m_deviceIndex.find(name);
  if (found == m_writer.m_deviceIndex.end() || m_writer.m_devices[found->second].id == id)
    return true;
  const std::string other = nameOf(m_writer.m_devices[found->second].id);
  return refuse(ErrorCode::Usage,
                other == name
                    ? "there is a device " + name + " already; the two can be merged"
                    : "files call the device " + other + " " + name + " already; the two can be merged");
}

Result<Corrected> Corrections::renameDevice(DeviceId id, const std::string &name) {
  return run([&](Corrected &done) {
    const std::string old = nameOf(id);
    if (old.empty())
      return refuse(ErrorCode::Usage, "there is no such device");
    if (old == name)
      return finish(done);
    if (!checkName(id, name))
      return false;
    Statement rename = m_database.prepareOnce("UPDATE device SET name = ?2 WHERE id = ?1");
    Statement forget = m_database.prepareOnce("DELETE FROM device_alias WHERE name = ?");
    Statement alias = m_database.prepareOnce("INSERT INTO device_alias(name, device_id) VALUES(?, ?)");
    done.readings_before = done.readings_after = readingsOf(id);
    return rename.bind(1, id).bind(2, std::string_view(name)).run() &&
           forget.bind(1, std::string_view(name)).run() &&
           alias.bind(1, std::string_view(old)).bind(2, id).run() && sayOfOther(m_database, old, name) &&
           finish(done) && note("the device " + old + " is now called " + name);
  });
}

std::int64_t Corrections::readingsOf(DeviceId id) {
  Statement row = m_database.prepareOnce("SELECT readings FROM device WHERE id = ?");
  return row.bind(1, id).next() ? row.integer(0) : 0;
}

Result<Corrected> Corrections::mergeDevices(DeviceId from, DeviceId into) {
  return run([&](Corrected &done) {
    const std::string old = nameOf(from);
    const std::string name = nameOf(into);
    if (old.empty() || name.empty() || from == into)
      return refuse(ErrorCode::Usage, "two devices are needed to merge them");
    const std::int64_t moved = readingsOf(from);
    done.readings_before = done.readings_after = moved + readingsOf(into);
    WindowRebuild::Outcome outcome;
    if (!WindowRebuild(m_database, m_writer.m_quantities, !m_writer.m_leavingOut.empty())
             .moveReadings(from, into, outcome))
      return false;
    m_writer.m_silverGained += outcome.silver_rows;
    return joinDevices(from, into) && finish(done) &&
           note("the device " + old + " was merged into " + name + " with " + counted(moved, "reading"));
  });
}

/// The two rows become one; both names, and all that files called them, mean the one that stays.
bool Corrections::joinDevices(DeviceId from, DeviceId into) {
  const std::string old = nameOf(from);
  Statement sums = m_database.prepareOnce(
      "UPDATE device SET readings = device.readings + f.readings, late = device.late + f.late FROM"
      " (SELECT readings, late FROM device WHERE id = ?1) f WHERE device.id = ?2");
  Statement names = m_database.prepareOnce("UPDATE device_alias SET device_id = ?2 WHERE device_id = ?1");
  Statement drop = m_database.prepareOnce("DELETE FROM device WHERE id = ?1");
  Statement alias = m_database.prepareOnce("INSERT INTO device_alias(name, device_id) VALUES(?, ?)");
  const std::size_t index = m_writer.m_deviceById.at(into);
  m_writer.m_devices[index].clock.join(m_writer.m_devices[m_writer.m_deviceById.at(from)].clock);
  m_writer.touch(index);
  return sums.bind(1, from).bind(2, into).run() && names.bind(1, from).bind(2, into).run() &&
         sayOfOther(m_database, old, nameOf(into)) && drop.bind(1, from).run() &&
         alias.bind(1, std::string_view(old)).bind(2, into).run();
}

Result<Corrected> Corrections::setLimits(QuantityId id, const QuantityLimits &limits) {
  return run([&](Corrected &done) {
    for (const Quantity &quantity : m_writer.m_quantities)
      if (quantity.id == id)
        return saveLimits(m_database, id, limits) && finish(done) &&
               note("the limits of " + quantity.name + " were changed");
    return refuse(ErrorCode::Usage, "there is no such quantity");
  });
}

namespace {

bool saysNothing(const std::string &text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

} // namespace

Result<Corrected> Corrections::saveAnnotation(const Annotation &annotation) {
  return run([&](Corrected &done) {
    if (saysNothing(annotation.text) || annotation.text.size() > kMaxAnnotationBytes)
      return refuse(ErrorCode::Usage,
                    "an annotation has 1 to " + std::to_string(kMaxAnnotationBytes) + " bytes of text");
    if (annotation.to_us != kNoTime && annotation.to_us <= annotation.from_us)
      return refuse(ErrorCode::Usage, "an annotation ends after its beginning");
    if (annotation.id == 0)
      return addAnnotation(m_database, annotation) && finish(done);
    if (!changeAnnotation(m_database, annotation))
      return false;
    if (sqlite3_changes(m_database.handle()) == 0)
      return refuse(ErrorCode::Usage, "the annotation is gone: it was deleted meanwhile");
    return finish(done);
  });
}

Result<Corrected> Corrections::removeAnnotation(std::int64_t id) {
  return run([&](Corrected &done) { return meteorograph::removeAnnotation(m_database, id) && finish(done); });
}

Result<Corrected> Corrections::setHolding(DeviceId id, bool holds) {
  return run([&](Corrected &done) {
    const std::string name = nameOf(id);
    if (name.empty())
      return refuse(ErrorCode::Usage, "there is no such device");
    return saveHolding(m_database, name, holds) && finish(done) &&
           note(holds ? "the values of " + name + " hold until the next one"
                      : "the values of " + name + " hold no longer than its interval");
  });
}

} // namespace meteorograph
