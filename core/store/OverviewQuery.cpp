// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/OverviewQuery.h"

#include "core/model/NaturalOrder.h"
#include "core/store/AnnotationTable.h"
#include "core/store/LatestValues.h"
#include "core/store/Schema.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// A device with a wrong clock may have nothing but provisional windows: counted no further.
constexpr std::int64_t kMostProvisional = 1'000'000;

} // namespace

Result<Overview> OverviewQuery::run() {
  Overview out;
  ReadTransaction transaction(m_database);
  if (!readTotals(out))
    return tl::unexpected(m_database.error("cannot read the store"));
  out.quantities = loadQuantities(m_database);
  sortForPeople(out.quantities);
  readDevices(out);
  countProvisional(out);
  readSources(out);
  readReasons(out);
  out.annotations = readAnnotations(m_database);
  return out;
}

bool OverviewQuery::readTotals(Overview &out) {
  Statement totals =
      m_database.prepareOnce("SELECT revision, records, accepted, quarantined, skipped, readings, late,"
                             " silver_rows FROM totals");
  if (!totals.next())
    return false;
  out.revision = totals.count(0);
  out.counts = {totals.count(1), totals.count(2), totals.count(3), totals.count(4)};
  out.readings = out.bronze_rows = totals.count(5);
  out.late = totals.count(6);
  out.silver_rows = totals.count(7);
  totals.reset();
  out.bronze_rows -= m_database.count("SELECT rows_deleted FROM retention WHERE layer = 0");
  out.files = m_database.count("SELECT sum(active) FROM folder");
  out.pending_bytes = m_database.count("SELECT sum(pending_bytes) FROM file WHERE pending_bytes > 0");
  return true;
}

void OverviewQuery::readDevices(Overview &out) {
  Statement rows = m_database.prepareOnce("SELECT id, name, readings, late, first_us, newest_us,"
                                          " watermark_us, cadence_us FROM device");
  LatestValues latest(m_database, out.quantities);
  const std::set<DeviceId> holding = readHolding(m_database);
  while (rows.next()) {
    DeviceStatus device{rows.integer(0),
                        std::string(rows.text(1)),
                        rows.count(2),
                        rows.count(3),
                        rows.time(4),
                        rows.time(5),
                        rows.time(6),
                        rows.count(7),
                        latest.of(rows.integer(0)),
                        holding.contains(rows.integer(0))};
    if (device.newest_us != kNoTime) {
      out.newest_us = std::max(out.newest_us, device.newest_us);
      out.first_us = out.first_us == kNoTime ? device.first_us : std::min(out.first_us, device.first_us);
    }
    out.devices.push_back(std::move(device));
  }
  std::sort(out.devices.begin(), out.devices.end(),
            [](const DeviceStatus &a, const DeviceStatus &b) { return naturallyBefore(a.name, b.name); });
}

void OverviewQuery::countProvisional(Overview &out) {
  Statement count = m_database.prepareOnce(
      "SELECT count(*) FROM (SELECT 1 FROM silver WHERE device_id = ?1 AND start_s > ?2 LIMIT ?3)");
  for (const DeviceStatus &device : out.devices) {
    const TimeUs watermark = device.watermark_us;
    // A window is final when its end has been reached by the watermark.
    const std::int64_t lastFinal =
        watermark == kNoTime ? watermark : floorTo(watermark, kSecond) / kSecond - 1;
    count.bind(1, device.id).bind(2, lastFinal).bind(3, kMostProvisional - out.provisional_windows);
    if (count.next())
      out.provisional_windows += count.integer(0);
    count.reset();
  }
}

void OverviewQuery::readSources(Overview &out) {
  Statement sources = m_database.prepareOnce("SELECT id, path, following, coalesce(mapping, '{}'),"
                                             " leave_out_duplicates FROM source ORDER BY id");
  constexpr const char *kSums = "SELECT sum(files), sum(readings), sum(quarantined), sum(failed) FROM folder"
                                " WHERE path >= ?1 AND path < ?2";
  // A source may be a single file; each half has its own index.
  constexpr const char *kOfFile =
      "SELECT state <> ?2, readings, quarantined, state = ?3 FROM file WHERE active = 1 AND path = ?1"
      " UNION ALL"
      " SELECT state <> ?2, readings, quarantined, state = ?3 FROM file WHERE active = 0 AND path = ?1";
  Statement folders = m_database.prepareOnce(kSums);
  Statement files = m_database.prepareOnce(kOfFile);
  while (sources.next()) {
    SourceStatus source;
    source.id = sources.integer(0);
    source.path = sources.text(1);
    source.following = sources.integer(2) != 0;
    source.settings.mapping = mappingFromJson(sources.text(3)).value_or(Mapping());
    source.settings.leave_out_duplicates = sources.integer(4) != 0;
    countFiles(source, folders, files);
    out.sources.push_back(std::move(source));
  }
}

void OverviewQuery::countFiles(SourceStatus &source, Statement &folders, Statement &files) {
  const std::string base = source.path == "/" ? std::string() : source.path;
  const std::string from = base + "/";
  const std::string to = base + "0"; // which follows '/'
  const auto add = [&source](Statement &row) {
    source.files += row.count(0);
    source.readings += row.count(1);
    source.quarantined += row.count(2);
    source.failed_files += row.count(3);
  };
  if (folders.bind(1, std::string_view(from)).bind(2, std::string_view(to)).next())
    add(folders);
  folders.reset();
  files.bind(1, std::string_view(source.path)).bind(2, static_cast<std::int64_t>(FileState::Replaced));
  files.bind(3, static_cast<std::int64_t>(FileState::Failed));
  while (files.next())
    add(files);
}

void OverviewQuery::readReasons(Overview &out) {
  Statement reasons = m_database.prepareOnce(
      "SELECT reason, records FROM quarantine_reason WHERE records > 0 ORDER BY records DESC, reason");
  while (reasons.next())
    out.quarantine_reasons.push_back({std::string(reasons.text(0)), reasons.count(1)});
}

} // namespace meteorograph
