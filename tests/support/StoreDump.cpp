// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/StoreDump.h"

#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <QByteArray>

#include <algorithm>
#include <filesystem>

using namespace meteorograph;

namespace {

std::string number(double value) { return QByteArray::number(value, 'g', 15).toStdString(); }

} // namespace

std::string dumpStore(StoreReader &reader, bool with_files) {
  std::string out;
  std::vector<std::string> bronze;
  ExportRequest request;
  request.layer = Layer::Bronze;
  (void)reader.exportBronze(request, [&](const BronzeRow &row) {
    std::string text = formatIsoTime(row.event_time_us) + " " + std::string(row.device);
    for (const double value : row.values)
      text += " " + number(value);
    if (with_files)
      text += " " + std::filesystem::path(std::string(row.file)).filename().string() + ":" +
              std::to_string(row.line);
    bronze.push_back(text + "\n");
    return true;
  });
  std::sort(bronze.begin(), bronze.end()); // readings of one time may come in any order
  for (const std::string &line : bronze)
    out += line;
  return out + dumpWindows(reader);
}

std::string dumpWindows(StoreReader &reader) {
  std::string out;
  ExportRequest request;
  request.layer = Layer::Silver;
  for (const TimeUs window : {kSecond, 10 * kSecond, 60 * kSecond, 600 * kSecond, 3600 * kSecond}) {
    request.window_us = window;
    (void)reader.exportSilver(request, [&](const SilverRow &row) {
      out += std::to_string(window) + " " + formatIsoTime(row.start_us) + " " + std::string(row.device) +
             " " + std::string(row.quantity) + " " + std::to_string(row.count) + " " +
             QByteArray::number(row.mean, 'g', 11).toStdString() + " " + number(row.min) + " " +
             number(row.max) + "\n";
      return true;
    });
  }
  request.layer = Layer::Gold;
  (void)reader.exportGold(request, [&](const GoldRow &row) {
    out += formatIsoTime(row.start_us) + " " + std::string(row.device) + " " + std::string(row.quantity) +
           " " + QByteArray::number(row.ma_8, 'g', 11).toStdString() + " " +
           QByteArray::number(row.ma_15s, 'g', 11).toStdString() + " " +
           QByteArray::number(row.ma_60s, 'g', 11).toStdString() + "\n";
    return true;
  });
  return out;
}

QString storeInconsistency(const std::string &store) {
  Result<Database> opened = Database::open(store, Database::Mode::ReadOnly);
  Database &database = *opened;
  const auto difference = [&database](const std::string &a, const std::string &b) {
    return database
               .integer("SELECT count(*) FROM (SELECT * FROM (" + a + ") EXCEPT SELECT * FROM (" + b + "))")
               .value_or(-1) +
           database
               .integer("SELECT count(*) FROM (SELECT * FROM (" + b + ") EXCEPT SELECT * FROM (" + a + "))")
               .value_or(-1);
  };
  for (const Quantity &quantity : loadQuantities(database)) {
    const std::string q = quotedName(quantity.column);
    const auto column = [&](const char *suffix) { return quotedName(quantity.column + suffix); };
    for (const Level &level : kLevels) {
      const std::string step = std::to_string(level.step_s);
      const std::string start = floorDivide(secondOf("event_time_us"), level.step_s) + " * " + step;
      const std::string expected = "SELECT device_id, " + start + " AS s, sum(flags & 1), count(" + q +
                                   "), round(sum(" + q + "), 6), min(" + q + "), max(" + q +
                                   ") FROM bronze WHERE flags & 8 = 0 GROUP BY 1, 2";
      const std::string held = "SELECT device_id, start_s AS s, late, coalesce(" + column("_count") +
                               ", 0), round(" + column("_sum") + ", 6), " + column("_min") + ", " +
                               column("_max") + " FROM " + level.table;
      if (const std::int64_t rows = difference(expected, held); rows != 0)
        return QString::fromLatin1(level.table) + ": " + QString::number(rows) + " rows differ";
    }
  }
  const Overview seen = *(*StoreReader::open(store))->overview();
  const std::int64_t bronze = database.integer("SELECT count(*) FROM bronze").value_or(-1);
  const std::int64_t silver = database.integer("SELECT count(*) FROM silver").value_or(-1);
  const std::int64_t rejected = database.integer("SELECT count(*) FROM quarantine").value_or(-1);
  if (bronze != seen.bronze_rows || silver != seen.silver_rows)
    return QString("totals say %1 and %2 rows, there are %3 and %4")
        .arg(seen.bronze_rows)
        .arg(seen.silver_rows)
        .arg(bronze)
        .arg(silver);
  if (difference("SELECT reason, count(*) FROM quarantine GROUP BY 1",
                 "SELECT reason, records FROM quarantine_reason WHERE records <> 0") != 0)
    return "the reasons of quarantine are counted wrongly";
  if (difference("SELECT sum(active), sum(state <> 5), sum(state = 3), sum(readings), sum(quarantined),"
                 " rtrim(path, replace(path, '/', '')) AS folder FROM file GROUP BY folder",
                 "SELECT active, files, failed, readings, quarantined, path FROM folder WHERE EXISTS"
                 " (SELECT 1 FROM file WHERE rtrim(file.path, replace(file.path, '/', '')) = folder.path)") !=
      0)
    return "the sums of folders are wrong";
  if (rejected != seen.counts.quarantined)
    return "quarantine holds another number of records than counted";
  if (seen.counts.records != seen.counts.accepted + seen.counts.quarantined + seen.counts.skipped)
    return "records are not accounted for";
  return {};
}
