// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Horizons.h"

#include "core/store/Levels.h"

namespace meteorograph {

std::int64_t readHorizon(Database &database, StoreLayer layer) {
  Statement row = database.prepareOnce("SELECT horizon_s FROM retention WHERE layer = ?");
  const bool there = row.bind(1, static_cast<std::int64_t>(layer)).next() && !row.isNull(0);
  return there ? row.second(0) : kNoHorizon;
}

void Horizons::load() {
  for (const StoreLayer layer : kStoreLayers)
    m_horizons[static_cast<std::size_t>(layer)] = readHorizon(m_database, layer);
  m_frozen.clear();
  Statement frozen = m_database.prepareOnce("SELECT file_id, before_s FROM file_frozen");
  while (frozen.next())
    m_frozen.emplace(frozen.integer(0), frozen.second(1));
}

bool Horizons::raise(StoreLayer layer, std::int64_t horizon_s) {
  Statement save = m_database.prepareOnce("UPDATE retention SET horizon_s = ?2 WHERE layer = ?1");
  m_horizons[static_cast<std::size_t>(layer)] = horizon_s;
  return save.bind(1, static_cast<std::int64_t>(layer)).bind(2, horizon_s).run();
}

bool Horizons::trim(const std::vector<CommitRows::Run> &runs, Trimmed &trimmed) {
  std::array<std::int64_t, 3> rows{};
  std::array<std::int64_t, 3> readings{};
  for (const CommitRows::Run &run : runs) {
    const std::int64_t start = run.hour * kRunSeconds;
    if (start >= of(StoreLayer::Bronze)) // the latest of the three
      continue;
    const std::int64_t size = run.last_id - run.first_id + 1;
    trimmed.readings += size;
    for (const StoreLayer layer : kStoreLayers) {
      const auto at = static_cast<std::size_t>(layer);
      if (start >= of(layer))
        break;
      readings[at] += size;
      rows[at] += layer == StoreLayer::Bronze ? size : 0;
      if (layer == StoreLayer::Bronze ? !trimBronze(run) : !trimWindows(run, layer, rows[at]))
        return false;
    }
  }
  trimmed.silver_rows = rows[static_cast<std::size_t>(StoreLayer::Silver)];
  for (const StoreLayer layer : kStoreLayers)
    if (const auto at = static_cast<std::size_t>(layer);
        readings[at] > 0 && !count(layer, rows[at], readings[at]))
      return false;
  return true;
}

bool Horizons::trimBronze(const CommitRows::Run &run) {
  Statement readings = m_database.prepareOnce("DELETE FROM bronze WHERE id BETWEEN ?1 AND ?2");
  Statement index =
      m_database.prepareOnce("DELETE FROM bronze_run WHERE device_id = ?1 AND hour = ?2 AND first_id = ?3");
  return readings.bind(1, run.first_id).bind(2, run.last_id).run() &&
         index.bind(1, run.device).bind(2, run.hour).bind(3, run.first_id).run();
}

/// The windows that the run has brought back: within its hour, or its day for those of a day.
bool Horizons::trimWindows(const CommitRows::Run &run, StoreLayer layer, std::int64_t &rows) {
  for (const Level &level : kLevels) {
    if ((level.step_s == 1) != (layer == StoreLayer::Silver))
      continue;
    const std::int64_t span = std::max(level.step_s, kRunSeconds);
    const std::int64_t from = floorTo(run.hour * kRunSeconds, span);
    Statement windows = m_database.prepareOnce("DELETE FROM " + std::string(level.table) +
                                               " WHERE device_id = ?1 AND start_s >= ?2 AND start_s < ?3");
    if (!windows.bind(1, run.device).bind(2, from).bind(3, from + span).run())
      return false;
    rows += sqlite3_changes64(m_database.handle());
  }
  return true;
}

bool Horizons::count(StoreLayer layer, std::int64_t rows, std::int64_t readings) {
  Statement add = m_database.prepareOnce(
      "UPDATE retention SET rows_deleted = rows_deleted + ?2, too_late = too_late + ?3 WHERE layer = ?1");
  return add.bind(1, static_cast<std::int64_t>(layer)).bind(2, rows).bind(3, readings).run();
}

bool Horizons::freeze(std::int64_t file_id) {
  const std::int64_t before = of(StoreLayer::Bronze);
  m_frozen[file_id] = before;
  Statement save =
      m_database.prepareOnce("INSERT INTO file_frozen(file_id, before_s) VALUES(?1, ?2) ON CONFLICT(file_id)"
                             " DO UPDATE SET before_s = excluded.before_s");
  return save.bind(1, file_id).bind(2, before).run();
}

std::int64_t Horizons::dropFrozen(FileBatch &file) const {
  const auto frozen = m_frozen.find(file.checkpoint.id);
  if (frozen == m_frozen.end())
    return 0;
  Batch &batch = file.batch;
  const TimeUs before = frozen->second * kSecond;
  const auto isOld = [before](const ReadingRow &row) {
    return row.event_time_us != kNoTime && row.event_time_us < before; // without a time: it arrives now
  };
  if (std::none_of(batch.rows.begin(), batch.rows.end(), isOld))
    return 0;
  Batch kept;
  for (const std::string &device : batch.devices)
    kept.deviceIndex(device);
  for (const QuantityKey &key : batch.quantities())
    kept.quantityColumn(key.name, key.unit);
  std::int64_t dropped = 0;
  for (std::size_t row = 0; row < batch.rows.size(); ++row) {
    if (isOld(batch.rows[row])) {
      ++dropped;
      continue;
    }
    const std::size_t into = kept.addRow(batch.rows[row]);
    for (std::size_t column = 0; column < batch.quantities().size(); ++column)
      kept.setValue(into, column, batch.value(row, column));
  }
  kept.rescued = std::move(batch.rescued);
  kept.rejects = std::move(batch.rejects);
  kept.notes = std::move(batch.notes);
  kept.counts = batch.counts;
  batch = std::move(kept);
  return dropped;
}

} // namespace meteorograph
