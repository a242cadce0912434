// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/WindowRebuild.h"

#include "core/store/Horizons.h"
#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <algorithm>

namespace meteorograph {

namespace {

constexpr const char *kOfFile =
    " FROM bronze WHERE id BETWEEN ?2 AND ?3 AND file_id = ?1 AND event_time_us >= coalesce("
    "(SELECT horizon_s * 1000000 FROM retention WHERE layer = 0), -9223372036854775808)";

/// The readings `b` in the marked windows, by way of the runs whose times overlap them.
std::string markedReadings() {
  return "(SELECT device_id, " + floorDivide("start_s", kRunSeconds) +
         " AS hour, min(start_s) * 1000000 AS from_us, (max(start_s) + 1) * 1000000 AS to_us FROM temp.dirty"
         " GROUP BY 1, 2) h CROSS JOIN bronze_run r ON r.device_id = h.device_id AND r.hour = h.hour AND"
         " r.first_us < h.to_us AND r.last_us >= h.from_us"
         " CROSS JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id"
         " WHERE b.device_id = h.device_id AND (h.device_id, " +
         secondOf("b.event_time_us") + ") IN (SELECT device_id, start_s FROM temp.dirty)";
}

/// Whether a source that leaves duplicates out holds the file `file_id`.
constexpr const char *kLeavesOut =
    "EXISTS (SELECT 1 FROM file f JOIN source s ON s.leave_out_duplicates = 1 AND (f.path = s.path OR"
    " substr(f.path, 1, length(rtrim(s.path, '/')) + 1) = rtrim(s.path, '/') || '/') WHERE f.id = file_id)";

} // namespace

bool WindowRebuild::begin() {
  m_horizon = readHorizon(m_database, StoreLayer::Bronze);
  return m_database.execute("CREATE TEMP TABLE IF NOT EXISTS dirty(device_id INTEGER, start_s INTEGER,"
                            " PRIMARY KEY(device_id, start_s)) WITHOUT ROWID") &&
         m_database.execute("DELETE FROM temp.dirty");
}

bool WindowRebuild::finish(Outcome &outcome) {
  return spareWindowsWithoutBronze() && (!m_duplicates || flagDuplicates(outcome)) &&
         rebuildSilver(outcome) && rebuildRollups();
}

bool WindowRebuild::spareWindowsWithoutBronze() {
  Statement spare = m_database.prepareOnce("DELETE FROM temp.dirty WHERE start_s < ?");
  return m_horizon == kNoHorizon || spare.bind(1, m_horizon).run();
}

bool WindowRebuild::removeReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id,
                                   Outcome &outcome) {
  return begin() && markWindows(file_id, first_id, last_id) &&
         updateDevices(file_id, first_id, last_id, outcome) && deleteReadings(file_id, first_id, last_id) &&
         finish(outcome) && refreshDeviceTimes(outcome);
}

bool WindowRebuild::moveReadings(DeviceId from, DeviceId into, Outcome &outcome) {
  if (!begin())
    return false;
  Statement mark =
      m_database.prepareOnce("INSERT INTO temp.dirty SELECT ?2, start_s FROM silver WHERE device_id = ?1");
  if (!mark.bind(1, from).bind(2, into).run() || !mergeWindowsWithoutBronze(from, into, outcome))
    return false;
  for (const Level &level : kLevels) {
    Statement drop =
        m_database.prepareOnce("DELETE FROM " + std::string(level.table) + " WHERE device_id = ?");
    if (!drop.bind(1, from).run())
      return false;
    if (level.step_s == 1)
      outcome.silver_rows -= sqlite3_changes64(m_database.handle());
  }
  return giveRuns(from, into) && finish(outcome) && foldDaysWithoutBronze(into);
}

/// Those of up to an hour: bronze's horizon is a whole hour, so each lies before or behind it.
bool WindowRebuild::mergeWindowsWithoutBronze(DeviceId from, DeviceId into, Outcome &outcome) {
  if (m_horizon == kNoHorizon)
    return true;
  for (const Level &level : kLevels) {
    if (level.step_s > kRunSeconds)
      continue;
    const std::string table = level.table;
    if (!m_database.execute("DROP TABLE IF EXISTS temp.merging"))
      return false;
    Statement add = m_database.prepareOnce(
        "CREATE TEMP TABLE merging AS SELECT l.start_s, sum(l.late)" + folds() + " FROM " + table +
        " f CROSS JOIN " + table + " l ON l.start_s = f.start_s AND l.device_id IN (" + std::to_string(from) +
        ", " + std::to_string(into) + ") WHERE f.device_id = " + std::to_string(from) + " AND f.start_s < " +
        std::to_string(m_horizon) + " GROUP BY l.start_s");
    if (!add.run())
      return false;
    Statement drop = m_database.prepareOnce(
        "DELETE FROM " + table + " WHERE device_id = ? AND start_s IN (SELECT start_s FROM temp.merging)");
    if (!drop.bind(1, into).run())
      return false;
    std::int64_t gained = -sqlite3_changes64(m_database.handle());
    Statement put = m_database.prepareOnce("INSERT INTO " + table + "(device_id, start_s, late" + columns() +
                                           ") SELECT ?, * FROM temp.merging");
    if (!put.bind(1, into).run())
      return false;
    gained += sqlite3_changes64(m_database.handle());
    outcome.silver_rows += level.step_s == 1 ? gained : 0;
  }
  return m_database.execute("DROP TABLE IF EXISTS temp.merging");
}

/// A day may reach over bronze's horizon; its hours are right by now.
bool WindowRebuild::foldDaysWithoutBronze(DeviceId device) {
  if (m_horizon == kNoHorizon)
    return true;
  const std::int64_t end = floorTo(m_horizon - 1, kLevels.back().step_s) + kLevels.back().step_s;
  const std::string table = kLevels.back().table;
  const std::string day = std::to_string(kLevels.back().step_s);
  Statement drop = m_database.prepareOnce("DELETE FROM " + table + " WHERE device_id = ?1 AND start_s < ?2");
  Statement fold = m_database.prepareOnce(
      "INSERT INTO " + table + "(device_id, start_s, late" + columns() + ") SELECT l.device_id, " +
      floorDivide("l.start_s", kLevels.back().step_s) + " * " + day + ", sum(l.late)" + folds() + " FROM " +
      kLevels[kLevels.size() - 2].table + " l WHERE l.device_id = ?1 AND l.start_s < ?2 GROUP BY 2");
  return drop.bind(1, device).bind(2, end).run() && fold.bind(1, device).bind(2, end).run();
}

bool WindowRebuild::giveRuns(DeviceId from, DeviceId into) {
  std::vector<std::pair<std::int64_t, std::int64_t>> runs;
  Statement list = m_database.prepareOnce("SELECT first_id, last_id FROM bronze_run WHERE device_id = ?");
  list.bind(1, from);
  while (list.next())
    runs.emplace_back(list.integer(0), list.integer(1));
  Statement give = m_database.prepareOnce(
      "UPDATE bronze SET device_id = ?2 WHERE id BETWEEN ?3 AND ?4 AND device_id = ?1");
  give.bind(1, from).bind(2, into);
  for (const auto &[first, last] : runs)
    if (!give.bind(3, first).bind(4, last).run())
      return false;
  Statement index = m_database.prepareOnce("UPDATE bronze_run SET device_id = ?2 WHERE device_id = ?1");
  return !list.failed() && index.bind(1, from).bind(2, into).run();
}

bool WindowRebuild::settleDuplicates(std::int64_t first_id, std::int64_t last_id, Outcome &outcome) {
  if (!begin())
    return false;
  Statement mark =
      m_database.prepareOnce("INSERT OR IGNORE INTO temp.dirty SELECT device_id, " +
                             secondOf("event_time_us") + " FROM bronze WHERE id BETWEEN ?1 AND ?2");
  return mark.bind(1, first_id).bind(2, last_id).run() && spareWindowsWithoutBronze() &&
         keepCrowdedWindows() && flagDuplicates(outcome) && rebuildFlaggedWindows(outcome);
}

bool WindowRebuild::settleAllDuplicates(Outcome &outcome) {
  return begin() &&
         m_database.execute("INSERT INTO temp.dirty SELECT device_id, start_s FROM silver WHERE " +
                            crowded()) &&
         m_database.execute("INSERT OR IGNORE INTO temp.dirty SELECT device_id, " +
                            secondOf("event_time_us") + " FROM bronze WHERE flags & 8") &&
         spareWindowsWithoutBronze() && flagDuplicates(outcome) && rebuildFlaggedWindows(outcome);
}

bool WindowRebuild::rebuildFlaggedWindows(Outcome &outcome) {
  if (outcome.flagged == 0)
    return true;
  return begin() &&
         m_database.execute("INSERT OR IGNORE INTO temp.dirty SELECT device_id, start_s FROM temp.flagged") &&
         rebuildSilver(outcome) && rebuildRollups();
}

/// A window that holds equal readings of which none was left out yet holds one value at least twice.
std::string WindowRebuild::crowded() const {
  std::string any = "0";
  for (const Quantity &quantity : m_quantities)
    any += " OR " + quotedName(quantity.column + "_count") + " > 1";
  return any;
}

bool WindowRebuild::keepCrowdedWindows() {
  return m_database.execute("DELETE FROM temp.dirty WHERE NOT EXISTS (SELECT 1 FROM silver s WHERE"
                            " s.device_id = dirty.device_id AND s.start_s = dirty.start_s AND (" +
                            crowded() + "))");
}

/// Of equal readings in the marked windows the first one counts; the others, where their source says
/// so, do not.
bool WindowRebuild::flagDuplicates(Outcome &outcome) {
  std::string values;
  for (const Quantity &quantity : m_quantities)
    values += ", b." + quotedName(quantity.column);
  const bool listed =
      m_database.execute("CREATE TEMP TABLE IF NOT EXISTS flagged(id INTEGER PRIMARY KEY, device_id INTEGER,"
                         " start_s INTEGER)") &&
      m_database.execute("DELETE FROM temp.flagged") &&
      m_database.execute("INSERT INTO temp.flagged SELECT id, device_id, " + secondOf("event_time_us") +
                         " FROM (SELECT b.id, b.device_id, b.event_time_us, b.file_id, b.flags,"
                         " row_number() OVER (PARTITION BY b.device_id, b.event_time_us" +
                         values + " ORDER BY b.id) > 1 AS again FROM " + markedReadings() +
                         ") WHERE (flags & 8 <> 0) <> (again AND " + kLeavesOut + ")");
  if (!listed)
    return false;
  outcome.flagged = sqlite3_changes64(m_database.handle());
  return outcome.flagged == 0 ||
         m_database.execute("UPDATE bronze SET flags = (flags | 8) - (flags & 8) WHERE id IN"
                            " (SELECT id FROM temp.flagged)");
}

bool WindowRebuild::mark(DeviceId device, std::int64_t start_s) {
  Statement mark = m_database.prepareOnce("INSERT OR IGNORE INTO temp.dirty VALUES(?1, ?2)");
  return mark.bind(1, device).bind(2, start_s).run();
}

bool WindowRebuild::rebuildMarked() {
  Outcome outcome;
  return spareWindowsWithoutBronze() && rebuildSilver(outcome) && rebuildRollups();
}

/// By whole days, since the widest windows are as wide, as many as bounded memory and disk take.
bool WindowRebuild::rebuildAll() {
  constexpr std::int64_t kMostReadings = 500'000;
  constexpr std::int64_t kHoursOfDay = 24;
  const std::string day = floorDivide("hour", kHoursOfDay);
  Statement days = m_database.prepareOnce("SELECT device_id, " + day + ", sum(last_id - first_id + 1)" +
                                          " FROM bronze_run GROUP BY 1, 2 ORDER BY 1, 2");
  std::int64_t readings = 0;
  if (!begin())
    return false;
  Statement mark = m_database.prepareOnce(
      "INSERT OR IGNORE INTO temp.dirty SELECT b.device_id, " + secondOf("b.event_time_us") +
      " FROM bronze_run r CROSS JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id"
      " WHERE r.device_id = ?1 AND r.hour >= ?2 AND r.hour < ?3");
  while (days.next()) {
    const std::int64_t first = days.second(1) * kHoursOfDay;
    if (!mark.bind(1, days.integer(0)).bind(2, first).bind(3, first + kHoursOfDay).run())
      return false;
    readings += days.count(2);
    if (readings < kMostReadings)
      continue;
    readings = 0;
    if (!rebuildMarked() || !begin())
      return false;
  }
  if (days.failed() || !rebuildMarked())
    return false;
  std::vector<DeviceId> devices;
  Statement list = m_database.prepareOnce("SELECT id FROM device");
  while (list.next())
    devices.push_back(list.integer(0));
  return std::all_of(devices.begin(), devices.end(),
                     [this](DeviceId device) { return foldDaysWithoutBronze(device); });
}

bool WindowRebuild::markWindows(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id) {
  Statement mark = m_database.prepareOnce("INSERT OR IGNORE INTO temp.dirty SELECT device_id, " +
                                          secondOf("event_time_us") + kOfFile);
  return mark.bind(1, file_id).bind(2, first_id).bind(3, last_id).run();
}

bool WindowRebuild::updateDevices(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id,
                                  Outcome &outcome) {
  Statement counts = m_database.prepareOnce(std::string("SELECT device_id, count(*), sum(flags & 1)") +
                                            kOfFile + " GROUP BY 1");
  counts.bind(1, file_id).bind(2, first_id).bind(3, last_id);
  Statement update =
      m_database.prepareOnce("UPDATE device SET readings = readings - ?2, late = late - ?3 WHERE id = ?1");
  while (counts.next()) {
    outcome.devices.push_back(counts.integer(0));
    outcome.readings += counts.count(1);
    outcome.late += counts.count(2);
    if (!update.bind(1, counts.integer(0)).bind(2, counts.count(1)).bind(3, counts.count(2)).run())
      return false;
  }
  return !counts.failed();
}

bool WindowRebuild::deleteReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id) {
  Statement readings = m_database.prepareOnce(std::string("DELETE") + kOfFile);
  return readings.bind(1, file_id).bind(2, first_id).bind(3, last_id).run() &&
         m_database.execute("DELETE FROM bronze_run WHERE (device_id, hour) IN (SELECT DISTINCT device_id, " +
                            floorDivide("start_s", kRunSeconds) +
                            " FROM temp.dirty) AND NOT EXISTS (SELECT 1 FROM bronze b WHERE b.id BETWEEN"
                            " bronze_run.first_id AND bronze_run.last_id)");
}

std::string WindowRebuild::columns() const {
  std::string out;
  for (const Quantity &quantity : m_quantities)
    for (const char *suffix : {"_count", "_sum", "_min", "_max"})
      out += ", " + quotedName(quantity.column + suffix);
  return out;
}

bool WindowRebuild::rebuildSilver(Outcome &outcome) {
  if (!m_database.execute("DELETE FROM silver WHERE (device_id, start_s) IN (SELECT device_id, start_s FROM"
                          " temp.dirty)"))
    return false;
  outcome.silver_rows -= sqlite3_changes64(m_database.handle());
  std::string aggregates;
  for (const Quantity &quantity : m_quantities) {
    const std::string q = "b." + quotedName(quantity.column);
    aggregates += ", nullif(count(" + q + "), 0), sum(" + q + "), min(" + q + "), max(" + q + ")";
  }
  const bool ok = m_database.execute("INSERT INTO silver(device_id, start_s, late" + columns() +
                                     ") SELECT h.device_id, " + secondOf("b.event_time_us") +
                                     " AS second, sum(b.flags & 1)" + aggregates + " FROM " +
                                     markedReadings() + " AND b.flags & 8 = 0 GROUP BY 1, 2");
  outcome.silver_rows += sqlite3_changes64(m_database.handle());
  return ok;
}

/// What brings windows `l` together in wider ones, in the order of columns().
std::string WindowRebuild::folds() const {
  std::string out;
  for (const Quantity &quantity : m_quantities)
    for (const char *suffix : {"_count", "_sum", "_min", "_max"}) {
      const std::string name = "l." + quotedName(quantity.column + suffix);
      const std::string function = std::string_view(suffix) == "_min"   ? "min"
                                   : std::string_view(suffix) == "_max" ? "max"
                                                                        : "sum";
      out += ", " + function + "(" + name + ")";
    }
  return out;
}

bool WindowRebuild::rebuildRollups() {
  for (std::size_t i = 1; i < kLevels.size(); ++i) {
    const std::string table = kLevels[i].table;
    const std::string step = std::to_string(kLevels[i].step_s);
    const std::string dirty = "(SELECT DISTINCT device_id, " + floorDivide("start_s", kLevels[i].step_s) +
                              " * " + step + " AS start_s FROM temp.dirty)";
    const bool ok =
        m_database.execute("DELETE FROM " + table + " WHERE (device_id, start_s) IN " + dirty) &&
        m_database.execute("INSERT INTO " + table + "(device_id, start_s, late" + columns() +
                           ") SELECT d.device_id, d.start_s, sum(l.late)" + folds() + " FROM " + dirty +
                           " d CROSS JOIN " + kLevels[i - 1].table +
                           " l ON l.device_id = d.device_id AND l.start_s >= d.start_s AND l.start_s <"
                           " d.start_s + " +
                           step + " GROUP BY d.device_id, d.start_s");
    if (!ok)
      return false;
  }
  return true;
}

/// Where bronze has given something up, the windows say how far the device goes back.
bool WindowRebuild::refreshDeviceTimes(const Outcome &outcome) {
  const std::string ofHour = " FROM bronze b JOIN bronze_run r ON b.id BETWEEN r.first_id AND r.last_id WHERE"
                             " r.device_id = ?1 AND r.hour = (SELECT ";
  Statement update = m_database.prepareOnce(
      "UPDATE device SET first_us = (SELECT min(b.event_time_us)" + ofHour +
      "min(hour) FROM bronze_run WHERE device_id = ?1)), newest_us = (SELECT max(b.event_time_us)" + ofHour +
      "max(hour) FROM bronze_run WHERE device_id = ?1)) WHERE id = ?1");
  Statement extend = m_database.prepareOnce(
      "UPDATE device SET first_us = min(coalesce(first_us, w.a), w.a), newest_us = coalesce(newest_us, w.z)"
      " FROM (SELECT min(start_s) * 1000000 AS a, max(start_s) * 1000000 AS z FROM rollup_10s"
      " WHERE device_id = ?1 AND start_s < ?2) w WHERE device.id = ?1 AND w.a IS NOT NULL");
  for (const DeviceId device : outcome.devices)
    if (!update.bind(1, device).run() ||
        (m_horizon != kNoHorizon && !extend.bind(1, device).bind(2, m_horizon).run()))
      return false;
  return true;
}

} // namespace meteorograph
