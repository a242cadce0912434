// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/LargeStore.h"

#include "core/store/Database.h"
#include "core/store/Levels.h"
#include "core/store/StoreWriter.h"

#include <array>
#include <filesystem>

namespace meteorograph::bench {

namespace {

constexpr int kDevices = 10;
constexpr std::array kNames{kTemperature, kHumidity, kPressure};

void execute(Database &database, const std::string &sql) {
  require(database.execute(sql), database.message());
}

/// Devices, quantities and their columns come from one reading each.
void makeTables(const SampleStore &store, const std::string &path) {
  std::vector<FileBatch> files(1);
  FileBatch &file = files.front();
  for (const std::string_view name : kNames)
    file.batch.quantityColumn(name, "");
  for (int device = 1; device <= kDevices; ++device) {
    ReadingRow row;
    row.device = file.batch.deviceIndex("device " + std::to_string(device));
    row.event_time_us = row.received_time_us = store.from_us;
    const std::size_t index = file.batch.addRow(row);
    for (std::size_t quantity = 0; quantity < kNames.size(); ++quantity)
      file.batch.setValue(index, quantity, 1);
    ++file.batch.counts.records;
    ++file.batch.counts.accepted;
  }
  file.checkpoint.id = 1;
  file.checkpoint.path = "/sample.json";
  require(require(StoreWriter::open({path}))->commit(files));
}

/// Values wander over a few thousand steps, none of which is a whole number.
void fillSilver(Database &database, const SampleStore &store) {
  std::string columns;
  std::string values;
  for (std::size_t quantity = 0; quantity < kNames.size(); ++quantity) {
    const std::string name(kNames[quantity]);
    const std::string value = "20.05 + (i * " + std::to_string(7919 + quantity * 2) + " % 4001) * 0.01";
    columns += ", " + name + "_count, " + name + "_sum, " + name + "_min, " + name + "_max";
    values += ", 1, " + value + ", " + value + ", " + value;
  }
  for (int device = 1; device <= kDevices; ++device)
    execute(database, "INSERT INTO silver(device_id, start_s, late" + columns +
                          ") WITH RECURSIVE second(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM second WHERE"
                          " i + 1 < " +
                          std::to_string((store.to_us - store.from_us) / kSecond) + ") SELECT " +
                          std::to_string(device) + ", " + std::to_string(store.from_us / kSecond) +
                          " + i, 0" + values + " FROM second");
}

void fillRollup(Database &database, const Level &level, const Level &finer) {
  std::string columns;
  std::string folds;
  for (const std::string_view of : kNames) {
    const std::string name(of);
    columns += ", " + name + "_count, " + name + "_sum, " + name + "_min, " + name + "_max";
    folds += ", sum(" + name + "_count), sum(" + name + "_sum), min(" + name + "_min), max(" + name + "_max)";
  }
  const std::string start = "start_s - start_s % " + std::to_string(level.step_s);
  execute(database, "INSERT INTO " + std::string(level.table) + "(device_id, start_s, late" + columns +
                        ") SELECT device_id, " + start + ", 0" + folds + " FROM " + finer.table +
                        " GROUP BY device_id, " + start);
}

void fill(const SampleStore &store, const std::string &path) {
  makeTables(store, path);
  Database database = require(Database::open(path, Database::Mode::ReadWrite));
  // Nobody needs it whole after a crash.
  execute(database, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  for (const Level &level : kLevels)
    execute(database, "DELETE FROM " + std::string(level.table));
  fillSilver(database, store);
  for (std::size_t level = 1; level < kLevels.size(); ++level)
    fillRollup(database, kLevels[level], kLevels[level - 1]);
  const std::string newest = std::to_string(store.to_us - kSecond);
  execute(database, "UPDATE totals SET silver_rows = (SELECT count(*) FROM silver);"
                    "UPDATE device SET cadence_us = 1000000, newest_us = " +
                        newest + ", watermark_us = " + newest + " - 600000000; PRAGMA journal_mode = WAL");
}

} // namespace

SampleStore largeStore(const Run &run) {
  constexpr TimeUs kFrom = 1'704'067'200 * kSecond; // 2024-01-01T00:00:00Z
  const TimeUs seconds = run.isQuick() ? 20'000 : run.size() == Size::Normal ? 2'500'000 : 10'000'000;
  SampleStore store{run.path("large.meteorograph"), kDevices, kFrom, kFrom + seconds * kSecond};
  if (std::filesystem::exists(store.path))
    return store;
  fill(store, store.path + ".unfinished");
  std::filesystem::rename(store.path + ".unfinished", store.path);
  return store;
}

} // namespace meteorograph::bench
