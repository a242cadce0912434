// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/WindowRebuild.h"

#include "core/store/Levels.h"
#include "core/store/Schema.h"

namespace meteorograph {

namespace {
constexpr const char *kOfFile = " FROM bronze WHERE id BETWEEN ?2 AND ?3 AND file_id = ?1";
}

bool WindowRebuild::removeReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id,
                                   Outcome &outcome) {
  return markWindows(file_id, first_id, last_id) && updateDevices(file_id, first_id, last_id, outcome) &&
         deleteReadings(file_id, first_id, last_id) && rebuildSilver(outcome) && rebuildRollups() &&
         refreshDeviceTimes(outcome);
}

bool WindowRebuild::markWindows(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id) {
  if (!m_database.execute("CREATE TEMP TABLE IF NOT EXISTS dirty(device_id INTEGER, start_s INTEGER,"
                          " PRIMARY KEY(device_id, start_s)) WITHOUT ROWID") ||
      !m_database.execute("DELETE FROM temp.dirty"))
    return false;
  Statement mark = m_database.prepareOnce("INSERT OR IGNORE INTO temp.dirty SELECT device_id, " +
                                          secondOf("event_time_us") + kOfFile);
  return mark.bind(1, file_id).bind(2, first_id).bind(3, last_id).run();
}

bool WindowRebuild::updateDevices(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id,
                                  Outcome &outcome) {
  Statement counts =
      m_database.prepareOnce(std::string("SELECT device_id, count(*), sum(late)") + kOfFile + " GROUP BY 1");
  counts.bind(1, file_id).bind(2, first_id).bind(3, last_id);
  Statement update =
      m_database.prepareOnce("UPDATE device SET readings = readings - ?2, late = late - ?3 WHERE id = ?1");
  while (counts.next()) {
    outcome.devices.push_back(counts.integer(0));
    outcome.readings += counts.integer(1);
    outcome.late += counts.integer(2);
    if (!update.bind(1, counts.integer(0)).bind(2, counts.integer(1)).bind(3, counts.integer(2)).run())
      return false;
  }
  return !counts.failed();
}

bool WindowRebuild::deleteReadings(std::int64_t file_id, std::int64_t first_id, std::int64_t last_id) {
  Statement readings =
      m_database.prepareOnce("DELETE FROM bronze WHERE id BETWEEN ?2 AND ?3 AND file_id = ?1");
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
  const std::string second = secondOf("b.event_time_us");
  const bool ok = m_database.execute(
      "INSERT INTO silver(device_id, start_s, late" + columns() + ") SELECT h.device_id, " + second +
      " AS second, sum(b.late)" + aggregates + " FROM (SELECT DISTINCT device_id, " +
      floorDivide("start_s", kRunSeconds) +
      " AS hour FROM temp.dirty) h CROSS JOIN bronze_run r ON r.device_id = h.device_id AND r.hour = h.hour"
      " CROSS JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id"
      " WHERE b.device_id = h.device_id AND (h.device_id, " +
      second + ") IN (SELECT device_id, start_s FROM temp.dirty) GROUP BY 1, 2");
  outcome.silver_rows += sqlite3_changes64(m_database.handle());
  return ok;
}

bool WindowRebuild::rebuildRollups() {
  std::string folds;
  for (const Quantity &quantity : m_quantities)
    for (const char *suffix : {"_count", "_sum", "_min", "_max"}) {
      const std::string name = "l." + quotedName(quantity.column + suffix);
      const std::string function = std::string_view(suffix) == "_min"   ? "min"
                                   : std::string_view(suffix) == "_max" ? "max"
                                                                        : "sum";
      folds += ", " + function + "(" + name + ")";
    }
  for (std::size_t i = 1; i < kLevels.size(); ++i) {
    const std::string table = kLevels[i].table;
    const std::string step = std::to_string(kLevels[i].step_s);
    const std::string dirty = "(SELECT DISTINCT device_id, " + floorDivide("start_s", kLevels[i].step_s) +
                              " * " + step + " AS start_s FROM temp.dirty)";
    const bool ok =
        m_database.execute("DELETE FROM " + table + " WHERE (device_id, start_s) IN " + dirty) &&
        m_database.execute("INSERT INTO " + table + "(device_id, start_s, late" + columns() +
                           ") SELECT d.device_id, d.start_s, sum(l.late)" + folds + " FROM " + dirty +
                           " d CROSS JOIN " + kLevels[i - 1].table +
                           " l ON l.device_id = d.device_id AND l.start_s >= d.start_s AND l.start_s <"
                           " d.start_s + " +
                           step + " GROUP BY d.device_id, d.start_s");
    if (!ok)
      return false;
  }
  return true;
}

bool WindowRebuild::refreshDeviceTimes(const Outcome &outcome) {
  const std::string ofHour = " FROM bronze b JOIN bronze_run r ON b.id BETWEEN r.first_id AND r.last_id WHERE"
                             " r.device_id = ?1 AND r.hour = (SELECT ";
  Statement update = m_database.prepareOnce(
      "UPDATE device SET first_us = (SELECT min(b.event_time_us)" + ofHour +
      "min(hour) FROM bronze_run WHERE device_id = ?1)), newest_us = (SELECT max(b.event_time_us)" + ofHour +
      "max(hour) FROM bronze_run WHERE device_id = ?1)) WHERE id = ?1");
  for (const DeviceId device : outcome.devices)
    if (!update.bind(1, device).run())
      return false;
  return true;
}

} // namespace meteorograph
