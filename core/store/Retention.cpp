// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Retention.h"

#include "core/store/Levels.h"

#include <cmath>

namespace meteorograph {

namespace {

/// Rows that a page holds, about: what a step gives back costs as much as what it deletes.
constexpr std::int64_t kRowsOfPage = 32;

std::int64_t changes(Database &database) { return sqlite3_changes64(database.handle()); }

} // namespace

Result<void> Retention::change(const RetentionSettings &settings) {
  if (Result<void> checked = checkRetention(settings); !checked)
    return checked;
  RetentionSettings present;
  const Result<void> asked =
      m_writer.ask([&](StoreWriter &) { present = readRetentionSettings(m_database); });
  if (!asked || settings == present)
    return asked;
  Statement save =
      m_database.prepareOnce("UPDATE retention SET max_age_us = ?2, max_bytes = ?3 WHERE layer = ?1");
  std::string told = "what is kept was changed:";
  return m_database.transact([&] {
    bool ok = true;
    for (const StoreLayer layer : kStoreLayers) {
      const LayerLimits &limits = settings.of(layer);
      save.bind(1, static_cast<std::int64_t>(layer)).bindNull(2).bindNull(3);
      if (limits.age_us)
        save.bind(2, *limits.age_us);
      if (limits.bytes)
        save.bind(3, *limits.bytes);
      ok = ok && save.run();
      told += std::string(" ") + toString(layer) + " " + (limits.off() ? "all" : toString(limits)) +
              (layer == StoreLayer::Rollups ? "" : ",");
    }
    return ok && m_writer.logEvent("note", told);
  });
}

Result<void> Retention::plan(const StoreSizes &sizes, TimeUs now) {
  const Result<void> looked = m_writer.ask([&](StoreWriter &) {
    const RetentionSettings settings = readRetentionSettings(m_database);
    for (const StoreLayer layer : kStoreLayers) {
      const auto at = static_cast<std::size_t>(layer);
      const LayerLimits &limits = settings.of(layer);
      const LayerSize &size = sizes.of(layer);
      m_targets[at] = horizonOfAge(m_database, layer, limits, now);
      // A size never takes the hour (or day) of the newest reading, however small it is.
      m_latest[at] = horizonOfAge(m_database, layer, {TimeUs{0}, {}}, now);
      const std::int64_t over = limits.bytes ? size.bytes() - *limits.bytes : 0;
      m_excess[at] =
          over > 0 && size.row_bytes > 0 ? std::llround(static_cast<double>(over) / size.row_bytes) : 0;
    }
  });
  if (!looked)
    planNothing();
  return looked;
}

void Retention::planNothing() {
  m_targets = m_latest = {kNoHorizon, kNoHorizon, kNoHorizon};
  m_excess = {};
}

Result<StoreSizes> Retention::sizes() {
  StoreSizes sizes;
  const Result<void> measured = m_writer.ask([&](StoreWriter &) { sizes = measureSizes(m_database); });
  return measured ? Result<StoreSizes>(sizes) : tl::unexpected(measured.error());
}

/// No layer gives up what the one before it still holds.
std::int64_t Retention::ceiling(StoreLayer layer) const {
  return layer == StoreLayer::Bronze
             ? std::numeric_limits<std::int64_t>::max()
             : m_writer.m_horizons.of(static_cast<StoreLayer>(static_cast<int>(layer) - 1));
}

bool Retention::raise(StoreLayer layer, std::int64_t horizon_s) {
  const std::int64_t step = horizonStep(layer);
  const std::int64_t most = ceiling(layer);
  const std::int64_t horizon = most == kNoHorizon ? kNoHorizon : floorTo(std::min(horizon_s, most), step);
  return horizon > m_writer.m_horizons.of(layer) && m_writer.m_horizons.raise(layer, horizon);
}

/// Raises the next horizon that is to be raised: by age at once, by size one hour or day at a time.
bool Retention::advance() {
  for (const StoreLayer layer : kStoreLayers) {
    const auto at = static_cast<std::size_t>(layer);
    if (m_targets[at] != kNoHorizon && raise(layer, m_targets[at]))
      return true;
    if (m_excess[at] <= 0)
      continue;
    const std::optional<std::int64_t> oldest = oldestOf(m_database, layer);
    if (oldest && raise(layer, std::min(*oldest + horizonStep(layer), m_latest[at])))
      return true;
  }
  return false;
}

/// A device that has rows before the layer's horizon.
std::optional<Retention::Due> Retention::findDue(StoreLayer layer) {
  const auto at = static_cast<std::size_t>(layer);
  const std::int64_t horizon = m_writer.m_horizons.of(layer);
  if (horizon == kNoHorizon || horizon == m_cleanTo[at])
    return std::nullopt;
  const auto find = [&](const std::string &old, std::int64_t before) {
    Statement device =
        m_database.prepareOnce("SELECT d.id FROM device d WHERE EXISTS (SELECT 1 FROM " + old + ") LIMIT 1");
    return device.bind(1, before).next() ? std::optional(device.integer(0)) : std::nullopt;
  };
  if (layer == StoreLayer::Bronze) {
    if (const auto device =
            find("bronze_run r WHERE r.device_id = d.id AND r.hour < ?1", horizon / kRunSeconds))
      return Due{layer, *device};
  } else {
    for (const Level &level : kLevels)
      if ((level.step_s == 1) == (layer == StoreLayer::Silver))
        if (const auto device =
                find(std::string(level.table) + " w WHERE w.device_id = d.id AND w.start_s < ?1", horizon))
          return Due{layer, *device, level.table};
  }
  m_cleanTo[at] = horizon;
  return std::nullopt;
}

Result<Retention::Step> Retention::step(std::int64_t rows, std::int64_t spare_pages) {
  if (const Result<void> fresh = m_writer.refresh(); !fresh)
    return tl::unexpected(fresh.error());
  Step done;
  std::optional<Due> due;
  const auto look = [&] {
    for (const StoreLayer layer : kStoreLayers)
      if (!due)
        due = findDue(layer);
    return due.has_value();
  };
  const Result<void> gone = m_database.transact([&] {
    while (!look() && advance()) {
    }
    return due ? giveUp(*due, rows, done) : forgetOldTimes();
  });
  if (!gone) {
    m_cleanTo = {};
    m_writer.loadState();
    return tl::unexpected(gone.error());
  }
  done.more = due.has_value();
  const std::int64_t free = m_database.integer("PRAGMA freelist_count").value_or(0);
  const std::int64_t pages = std::min(std::max<std::int64_t>(rows / kRowsOfPage, 1), free - spare_pages);
  if (due || pages <= 0 || m_database.integer("PRAGMA auto_vacuum").value_or(0) != 2)
    return done;
  if (!m_database.execute("PRAGMA incremental_vacuum(" + std::to_string(pages) + ")"))
    return tl::unexpected(m_database.error("cannot write to the store"));
  done.pages = free - m_database.integer("PRAGMA freelist_count").value_or(0);
  done.more = done.pages > 0;
  return done;
}

bool Retention::giveUp(const Due &due, std::int64_t rows, Step &step) {
  std::int64_t &deleted = step.rows[static_cast<std::size_t>(due.layer)];
  const bool ok = due.layer == StoreLayer::Bronze ? giveUpReadings(due, rows, deleted)
                                                  : giveUpWindows(due, rows, deleted);
  m_excess[static_cast<std::size_t>(due.layer)] -= deleted;
  return ok && account(due.layer, deleted);
}

/// Whole runs, and of the last one as much as is left of the step.
bool Retention::giveUpReadings(const Due &due, std::int64_t rows, std::int64_t &deleted) {
  const std::int64_t hour = m_writer.m_horizons.of(StoreLayer::Bronze) / kRunSeconds;
  Statement runs =
      m_database.prepareOnce("SELECT hour, first_id, last_id FROM bronze_run WHERE device_id = ?1"
                             " AND hour < ?2 ORDER BY hour, first_id LIMIT 1");
  Statement readings = m_database.prepareOnce("DELETE FROM bronze WHERE id BETWEEN ?1 AND ?2");
  Statement drop =
      m_database.prepareOnce("DELETE FROM bronze_run WHERE device_id = ?1 AND hour = ?2 AND first_id = ?3");
  Statement shorten = m_database.prepareOnce(
      "UPDATE bronze_run SET first_id = ?4 WHERE device_id = ?1 AND hour = ?2 AND first_id = ?3");
  for (std::int64_t left = rows; left > 0 && runs.bind(1, due.device).bind(2, hour).next();) {
    const std::int64_t first = runs.count(1);
    const std::int64_t last = runs.count(2);
    const std::int64_t end = std::min(last, first + left - 1);
    Statement &index = end == last ? drop : shorten;
    index.bind(1, due.device).bind(2, runs.integer(0)).bind(3, first);
    if (end < last)
      index.bind(4, end + 1);
    runs.reset();
    if (!readings.bind(1, first).bind(2, end).run())
      return false;
    deleted += changes(m_database);
    if (!index.run())
      return false;
    if (changes(m_database) == 0) // it would come again for ever
      return m_database.isDamaged();
    left -= end - first + 1;
  }
  return !runs.failed();
}

bool Retention::giveUpWindows(const Due &due, std::int64_t rows, std::int64_t &deleted) {
  const std::int64_t horizon = m_writer.m_horizons.of(due.layer);
  const std::string table = due.table;
  Statement bound = m_database.prepareOnce("SELECT start_s FROM " + table +
                                           " WHERE device_id = ?1 AND start_s < ?2 ORDER BY start_s"
                                           " LIMIT 1 OFFSET ?3");
  bound.bind(1, due.device).bind(2, horizon).bind(3, rows);
  const std::int64_t end = bound.next() ? bound.second(0) : horizon;
  bound.reset();
  Statement drop = m_database.prepareOnce("DELETE FROM " + table + " WHERE device_id = ?1 AND start_s < ?2");
  const bool ok = drop.bind(1, due.device).bind(2, end).run();
  deleted = changes(m_database);
  return ok;
}

bool Retention::account(StoreLayer layer, std::int64_t rows) {
  Statement count =
      m_database.prepareOnce("UPDATE retention SET rows_deleted = rows_deleted + ?2 WHERE layer = ?1");
  Statement silver = m_database.prepareOnce("UPDATE totals SET silver_rows = silver_rows - ?1");
  return count.bind(1, static_cast<std::int64_t>(layer)).bind(2, rows).run() &&
         (layer != StoreLayer::Silver || silver.bind(1, rows).run());
}

/// Devices go back no further than the rollups.
bool Retention::forgetOldTimes() {
  const std::int64_t horizon = m_writer.m_horizons.of(StoreLayer::Rollups);
  if (horizon == kNoHorizon)
    return true;
  for (StoreWriter::DeviceState &device : m_writer.m_devices)
    if (TimeUs &first = device.clock.first_us; first != kNoTime && first < horizon * kSecond)
      first = std::min(horizon * kSecond, device.clock.newest_us);
  Statement save = m_database.prepareOnce(
      "UPDATE device SET first_us = min(?1, coalesce(newest_us, ?1)) WHERE first_us < min(?1, newest_us)");
  return save.bind(1, horizon * kSecond).run();
}

} // namespace meteorograph
