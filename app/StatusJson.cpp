// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RetentionReport.h"
#include "app/StatusReport.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

using Json = nlohmann::ordered_json;

Json timeOrNull(TimeUs time) { return time == kNoTime ? Json() : Json(formatIsoTime(time)); }

Json checkOf(const IntegrityHistory::Check &check, const char *scope) {
  return check.checked_us == kNoTime
             ? Json()
             : Json({{"time", formatIsoTime(check.checked_us)}, {"scope", scope}, {"result", check.found}});
}

/// The newest of the checks that the program made by itself or was asked for in the window, and the last
/// whole one.
Json checksOf(const IntegrityHistory &checks) {
  const bool full = checks.full.checked_us >= checks.quick.checked_us;
  return {{"last", full ? checkOf(checks.full, "full") : checkOf(checks.quick, "quick")},
          {"last_full", checkOf(checks.full, "full")},
          {"due_since", timeOrNull(checks.due_us)}};
}

Json layersOf(const Overview &overview) {
  const std::int64_t provisional = overview.provisional_windows;
  return {{"bronze", {{"readings", overview.bronze_rows}}},
          {"silver",
           {{"windows", overview.silver_rows},
            {"provisional", provisional},
            {"final", overview.silver_rows - provisional}}},
          // Gold is a view over silver: it has a row of averages for each window.
          {"gold", {{"windows", overview.silver_rows}}}};
}

Json recordsOf(const RecordCounts &counts) {
  return {{"records", counts.records},
          {"accepted", counts.accepted},
          {"quarantined", counts.quarantined},
          {"skipped", counts.skipped}};
}

Json devicesOf(const Overview &overview) {
  Json devices = Json::array();
  for (const DeviceStatus &device : overview.devices)
    devices.push_back({{"name", device.name},
                       {"readings", device.readings},
                       {"late", device.late},
                       {"first", timeOrNull(device.first_us)},
                       {"newest", timeOrNull(device.newest_us)},
                       {"watermark", timeOrNull(device.watermark_us)}});
  return devices;
}

Json numberOrNull(double value) { return std::isnan(value) ? Json() : Json(value); }

Json limitsOf(const QuantityLimits &limits) {
  return {{"low", numberOrNull(limits.low)},
          {"high", numberOrNull(limits.high)},
          {"spike", numberOrNull(limits.spike)},
          {"flat_seconds", limits.flat_us == 0 ? Json() : Json(static_cast<double>(limits.flat_us) / 1e6)}};
}

Json quantitiesOf(const Overview &overview) {
  Json quantities = Json::array();
  for (const Quantity &quantity : overview.quantities)
    quantities.push_back(
        {{"name", quantity.name}, {"unit", quantity.unit}, {"limits", limitsOf(quantity.limits)}});
  return quantities;
}

Json filesOf(const std::vector<FileStatus> &files) {
  Json list = Json::array();
  for (const FileStatus &file : files) {
    Json entry = {{"path", file.path},
                  {"generation", file.generation},
                  {"state", toString(file.state)},
                  {"format", file.format},
                  {"size", file.size},
                  {"offset", file.offset},
                  {"pending_bytes", file.pending_bytes}};
    entry.update(recordsOf(file.counts));
    entry.update({{"readings", file.readings}, {"late", file.late}});
    entry["error"] = file.error.empty() ? Json() : Json(file.error);
    list.push_back(std::move(entry));
  }
  return list;
}

Json sourcesOf(const StatusReport &report) {
  Json sources = Json::array();
  for (const SourceStatus &source : report.overview.sources) {
    const auto fault = std::ranges::find(report.faults, source.path, &SourceFault::path);
    sources.push_back({{"path", source.path},
                       {"files", source.files},
                       {"readings", source.readings},
                       {"following", source.following},
                       {"unreachable", fault == report.faults.end() ? Json() : Json(fault->reason)}});
  }
  return sources;
}

Json troublesOf(const StatusReport &report) {
  Json events = Json::array();
  for (const EventEntry &event : report.troubles)
    events.push_back({{"time", formatIsoTime(event.time_us)}, {"kind", event.kind}, {"text", event.text}});
  return events;
}

Json reasonsOf(const Overview &overview) {
  Json reasons = Json::object();
  for (const ReasonCount &reason : overview.quarantine_reasons)
    reasons[reason.reason] = reason.count;
  return reasons;
}

/// As Spark's StreamingQueryProgress has it, so that what reads that can read this. `queuedRows`,
/// `walBytes` and `longestBatchDuration` are ours.
Json progressOf(const Progress &at) {
  return {{"batchId", at.revision},
          {"timestamp", formatIsoTime(at.time_us)},
          {"numBatches", at.batches},
          {"batchDuration", at.batch_ms},
          {"longestBatchDuration", at.longest_batch_ms},
          {"numInputRows", at.input_rows},
          {"inputRowsPerSecond", at.input_rows_per_second},
          {"processedRowsPerSecond", at.processed_rows_per_second},
          {"eventTime", {{"watermark", timeOrNull(at.watermark_us)}}},
          {"numLateRows", at.late_rows},
          {"queuedRows", at.queued_rows},
          {"walBytes", at.wal_bytes}};
}

/// The state is the windows that are not final yet; they are in the store, none in memory alone.
Json stateOf(const StatusReport &report) {
  const LayerStatus &silver = report.retention.of(StoreLayer::Silver);
  const double row =
      silver.rows > 0 ? static_cast<double>(silver.bytes) / static_cast<double>(silver.rows) : 0;
  const std::int64_t rows = report.overview.provisional_windows;
  return Json::array({{{"operatorName", "windows"},
                       {"numRowsTotal", rows},
                       {"numRowsDroppedByWatermark", 0},
                       {"stateBytes", std::llround(row * static_cast<double>(rows))}}});
}

Json metricsOf(const StatusReport &report) {
  Json recent = Json::array();
  for (const Progress &at : report.progress)
    recent.push_back(progressOf(at));
  return {{"lastProgress", recent.empty() ? Json() : recent.back()},
          {"stateOperators", stateOf(report)},
          {"recentProgress", std::move(recent)}};
}

Json retentionOf(const StatusReport &report) {
  return Json::parse(retentionAsJson(report.retention, std::nullopt));
}

} // namespace

std::string statusAsJson(const StatusReport &report) {
  const Overview &overview = report.overview;
  Json document = {{"store", overview.store_path},
                   {"store_bytes", overview.store_bytes},
                   {"revision", overview.revision},
                   {"integrity", report.integrity.found},
                   {"integrity_whole", report.integrity.whole},
                   {"integrity_check", checksOf(report.checks)},
                   {"layers", layersOf(overview)}};
  document.update(recordsOf(overview.counts));
  document.update({{"readings", overview.readings},
                   {"late", overview.late},
                   {"pending_bytes", overview.pending_bytes},
                   {"first", timeOrNull(overview.first_us)},
                   {"newest", timeOrNull(overview.newest_us)}});
  document["devices"] = devicesOf(overview);
  document["quantities"] = quantitiesOf(overview);
  document["quarantine"] = reasonsOf(overview);
  document["sources"] = sourcesOf(report);
  document["troubles"] = troublesOf(report);
  document["retention"] = retentionOf(report);
  document["progress"] = metricsOf(report);
  document["files"] = filesOf(report.files);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace meteorograph
