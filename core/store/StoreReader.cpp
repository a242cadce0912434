// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreReader.h"

#include "core/model/Path.h"
#include "core/pipeline/MovingAverage.h"
#include "core/store/Database.h"
#include "core/store/LayerExport.h"
#include "core/store/Schema.h"
#include "core/store/SeriesQuery.h"
#include "core/store/SourceTable.h"

#include <algorithm>
#include <filesystem>

namespace meteorograph {

namespace {

/// Windows looked back at for a device's latest values.
constexpr std::int64_t kLatestWindows = 16;

std::int64_t bytesOnDisk(const std::string &path) {
  std::int64_t bytes = 0;
  for (const char *suffix : {"", "-wal"}) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path + suffix, error);
    bytes += error ? 0 : static_cast<std::int64_t>(size);
  }
  return bytes;
}

} // namespace

struct StoreReader::Impl {
  Impl(std::string p, Database d) : path(std::move(p)), database(std::move(d)), series(database) {}
  std::string path;
  Database database;
  SeriesQuery series;

  Error error() const { return database.error("cannot read the store"); }
  void readDevices(Overview &out);
  void readLatest(DeviceStatus &device, const std::vector<Quantity> &quantities);
  void readSources(Overview &out);
};

StoreReader::StoreReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StoreReader::~StoreReader() = default;

Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string &path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return fail(ErrorCode::StoreUnusable, "there is no store at " + path);
  Result<Database> database = Database::open(path, Database::Mode::ReadOnly);
  if (!database)
    return tl::unexpected(database.error());
  if (Result<void> checked = checkStore(*database, path, false); !checked)
    return tl::unexpected(checked.error());
  if (!database->integer("SELECT count(*) FROM totals"))
    return fail(ErrorCode::StoreUnusable, path + " cannot be read as a store: " + database->message());
  return std::unique_ptr<StoreReader>(new StoreReader(std::make_unique<Impl>(path, std::move(*database))));
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
  std::vector<Quantity> all = loadQuantities(m_impl->database);
  sortForPeople(all);
  return all;
}

void StoreReader::Impl::readDevices(Overview &out) {
  Statement rows = database.prepareOnce("SELECT id, name, readings, late, first_us, newest_us, watermark_us,"
                                        " cadence_us FROM device ORDER BY name");
  while (rows.next()) {
    DeviceStatus device{rows.integer(0),
                        std::string(rows.text(1)),
                        rows.integer(2),
                        rows.integer(3),
                        rows.time(4),
                        rows.time(5),
                        rows.time(6),
                        rows.integer(7),
                        {}};
    if (device.newest_us != kNoTime) {
      out.newest_us = std::max(out.newest_us, device.newest_us);
      out.first_us = out.first_us == kNoTime ? device.first_us : std::min(out.first_us, device.first_us);
    }
    out.devices.push_back(std::move(device));
  }
  Statement provisional =
      database.prepareOnce("SELECT count(*) FROM silver WHERE device_id = ?1 AND start_s > ?2");
  for (DeviceStatus &device : out.devices) {
    readLatest(device, out.quantities);
    const TimeUs watermark = device.watermark_us;
    // A window is final when its end has been reached by the watermark.
    const std::int64_t lastFinal =
        watermark == kNoTime ? watermark : floorTo(watermark, kSecond) / kSecond - 1;
    if (provisional.bind(1, device.id).bind(2, lastFinal).next())
      out.provisional_windows += provisional.integer(0);
    provisional.reset();
  }
}

void StoreReader::Impl::readLatest(DeviceStatus &device, const std::vector<Quantity> &quantities) {
  if (quantities.empty())
    return;
  std::string columns;
  for (const Quantity &quantity : quantities)
    columns += ", " + quotedName(quantity.column + "_sum") + " / " + quotedName(quantity.column + "_count");
  Statement rows = database.prepareOnce("SELECT start_s" + columns +
                                        " FROM silver WHERE device_id = ?1 ORDER BY start_s DESC LIMIT ?2");
  struct Mean {
    TimeUs start_us;
    double value;
  };
  std::vector<std::vector<Mean>> means(quantities.size());
  rows.bind(1, device.id).bind(2, kLatestWindows);
  while (rows.next())
    for (std::size_t q = 0; q < quantities.size(); ++q)
      if (!rows.isNull(1 + static_cast<int>(q)))
        means[q].push_back({rows.integer(0) * kSecond, rows.real(1 + static_cast<int>(q))});
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    if (means[q].empty())
      continue;
    MovingAverage average = MovingAverage::overDuration(15 * kSecond);
    double value = 0;
    for (auto mean = means[q].rbegin(); mean != means[q].rend(); ++mean)
      value = average.take(mean->start_us, mean->value);
    device.latest.push_back({quantities[q].id, means[q].front().start_us, means[q].front().value, value});
  }
}

void StoreReader::Impl::readSources(Overview &out) {
  Statement sources = database.prepareOnce("SELECT id, path, following, coalesce(mapping, '{}'),"
                                           " leave_out_duplicates FROM source ORDER BY id");
  while (sources.next()) {
    SourceStatus source;
    source.id = sources.integer(0);
    source.path = sources.text(1);
    source.following = sources.integer(2) != 0;
    source.settings.mapping = mappingFromJson(sources.text(3)).value_or(Mapping());
    source.settings.leave_out_duplicates = sources.integer(4) != 0;
    out.sources.push_back(std::move(source));
  }
  if (out.sources.empty())
    return;
  Statement files = database.prepareOnce("SELECT path, readings, quarantined, state FROM file");
  while (files.next())
    for (SourceStatus &source : out.sources) {
      if (!isBelow(files.text(0), source.path))
        continue;
      const auto state = static_cast<FileState>(files.integer(3));
      source.files += state != FileState::Replaced;
      source.readings += files.integer(1);
      source.quarantined += files.integer(2);
      source.failed_files += state == FileState::Failed;
    }
}

Result<Overview> StoreReader::overview() {
  Database &database = m_impl->database;
  Overview out;
  out.store_path = m_impl->path;
  out.store_bytes = bytesOnDisk(m_impl->path);
  ReadTransaction transaction(database);
  Statement totals =
      database.prepareOnce("SELECT revision, records, accepted, quarantined, skipped, readings, late,"
                           " silver_rows FROM totals");
  if (!totals.next())
    return tl::unexpected(m_impl->error());
  out.revision = totals.integer(0);
  out.counts = {totals.integer(1), totals.integer(2), totals.integer(3), totals.integer(4)};
  out.readings = out.bronze_rows = totals.integer(5);
  out.late = totals.integer(6);
  out.silver_rows = totals.integer(7);
  totals.reset();
  out.files = database.integer("SELECT count(*) FROM file WHERE active = 1").value_or(0);
  out.pending_bytes =
      database.integer("SELECT sum(pending_bytes) FROM file WHERE pending_bytes > 0").value_or(0);
  if (Result<std::vector<Quantity>> known = quantities())
    out.quantities = std::move(*known);
  m_impl->readDevices(out);
  m_impl->readSources(out);
  Statement reasons =
      database.prepareOnce("SELECT reason, count(*) FROM quarantine GROUP BY reason ORDER BY 2 DESC, 1");
  while (reasons.next())
    out.quarantine_reasons.push_back({std::string(reasons.text(0)), reasons.integer(1)});
  return out;
}

Result<std::vector<FileStatus>> StoreReader::files(std::int64_t limit, std::int64_t skip) {
  std::vector<FileStatus> all;
  Statement rows = m_impl->database.prepareOnce(
      "SELECT id, path, generation, state, format, size, \"offset\" + tail_bytes, pending_bytes, records, "
      "accepted,"
      " quarantined, skipped, readings, late, error, mapping FROM file ORDER BY path, generation LIMIT ? "
      "OFFSET ?");
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
                   rows.integer(5),
                   rows.integer(6),
                   rows.integer(7),
                   {rows.integer(8), rows.integer(9), rows.integer(10), rows.integer(11)},
                   rows.integer(12),
                   rows.integer(13),
                   std::string(rows.text(14)),
                   mapping()});
  if (rows.failed())
    return tl::unexpected(m_impl->error());
  return all;
}

Result<std::vector<QuarantinedRecord>> StoreReader::quarantine(std::int64_t limit, std::int64_t after_id) {
  std::vector<QuarantinedRecord> all;
  Statement rows =
      m_impl->database.prepareOnce("SELECT q.id, f.path, q.line, q.\"offset\", q.reason, q.text, q.file_id "
                                   "FROM quarantine q JOIN file f ON f.id = q.file_id"
                                   " WHERE q.id > ? ORDER BY q.id LIMIT ?");
  rows.bind(1, after_id).bind(2, limit);
  while (rows.next())
    all.push_back({rows.integer(0), std::string(rows.text(1)), rows.integer(2), rows.integer(3),
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
    all.push_back({rows.integer(0), rows.integer(1), std::string(rows.text(2)), std::string(rows.text(3))});
  if (rows.failed())
    return tl::unexpected(m_impl->error());
  return all;
}

Result<std::string> StoreReader::integrity() {
  Statement check = m_impl->database.prepareOnce("PRAGMA quick_check(1)");
  if (!check.next())
    return tl::unexpected(m_impl->error());
  return std::string(check.text(0));
}

Result<SeriesSet> StoreReader::series(const SeriesRequest &request, const std::atomic<bool> *cancelled) {
  return m_impl->series.run(request, cancelled);
}

Result<void> StoreReader::exportBronze(const ExportRequest &request,
                                       const std::function<bool(const BronzeRow &)> &row) {
  return LayerExport(m_impl->database, request).bronze(row);
}

Result<void> StoreReader::exportSilver(const ExportRequest &request,
                                       const std::function<bool(const SilverRow &)> &row) {
  return LayerExport(m_impl->database, request).silver(row);
}

Result<void> StoreReader::exportGold(const ExportRequest &request,
                                     const std::function<bool(const GoldRow &)> &row) {
  return LayerExport(m_impl->database, request).gold(row);
}

} // namespace meteorograph
