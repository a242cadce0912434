// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RetentionReport.h"

#include "app/CommandSupport.h"
#include "app/TextTable.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

using Json = nlohmann::ordered_json;

std::string size(double bytes) {
  constexpr std::array<const char *, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; std::abs(bytes) >= 1000 && unit + 1 < kUnits.size(); ++unit)
    bytes /= 1000;
  char text[32];
  std::snprintf(text, sizeof text, unit == 0 || std::abs(bytes) >= 100 ? "%.0f %s" : "%.1f %s", bytes,
                kUnits[unit]);
  return text;
}

std::string size(std::int64_t bytes) { return size(static_cast<double>(bytes)); }

std::string growth(const RetentionStatus &status, double bytes) {
  if (status.growth_span_us == 0)
    return "-";
  return (bytes >= 0 ? "+" : "") + size(bytes);
}

std::string hourOrDash(TimeUs time) {
  return time == kNoTime ? "-" : formatIsoTime(time).substr(0, 16) + "Z";
}

Json timeOrNull(TimeUs time) { return time == kNoTime ? Json() : Json(formatIsoTime(time)); }

Json layerOf(const RetentionStatus &status, const LayerStatus &layer) {
  const bool known = status.growth_span_us > 0;
  return {{"keep", toString(layer.limits)},
          {"max_age_seconds", layer.limits.age_us ? Json(*layer.limits.age_us / kSecond) : Json()},
          {"max_bytes", layer.limits.bytes ? Json(*layer.limits.bytes) : Json()},
          {"rows", layer.rows},
          {"bytes", layer.bytes},
          {"bytes_per_day", known ? Json(std::llround(layer.bytes_per_day)) : Json()},
          {"given_up_before", timeOrNull(layer.horizon_us)},
          {"given_up_rows", layer.rows_deleted},
          {"too_late_readings", layer.too_late},
          {"due_rows", layer.doomed_rows},
          {"due_bytes", layer.doomed_bytes},
          {"due_before", timeOrNull(layer.doomed_before_us)}};
}

Json forecastOf(const RetentionStatus &status) {
  using Forecast = RetentionStatus::Forecast;
  return {{"text", forecastText(status)},
          {"days",
           status.forecast == Forecast::Days ? Json(std::floor(status.days_until_full * 10) / 10) : Json()},
          {"known", status.forecast != Forecast::Unknown},
          {"warning", status.warns()}};
}

std::string layersOf(const RetentionStatus &status) {
  TextTable table({"Layer", "keep", "rows", "size", "a day", "due now", "given up before", "given up"},
                  "llrrrrlr");
  for (const StoreLayer layer : kStoreLayers) {
    const LayerStatus &at = status.of(layer);
    table.add({toString(layer), toString(at.limits), grouped(at.rows), size(at.bytes),
               growth(status, at.bytes_per_day), at.doomed_rows > 0 ? size(at.doomed_bytes) : "-",
               hourOrDash(at.horizon_us), grouped(at.rows_deleted)});
  }
  return table.text();
}

std::string doneText(const Retained &done) {
  return "Gave up " + counted(done.rows[0], "reading") + ", " + counted(done.rows[1], "window") +
         " of 1 s, " + grouped(done.rows[2]) + " wider ones; " + size(done.bytes) +
         " given back to the disk\n";
}

/// What is left beside the layers: less than their estimates can err by is no figure.
std::string otherText(const RetentionStatus &status) {
  const bool known = status.other_bytes > (status.store_bytes - status.free_bytes) / 100;
  return "; files, quarantine and the like " + (known ? size(status.other_bytes) : "under 1 %");
}

} // namespace

std::string forecastText(const RetentionStatus &status) {
  switch (status.forecast) {
  case RetentionStatus::Forecast::Unknown:
    return "when it will be full is not known yet: that takes an hour of growth";
  case RetentionStatus::Forecast::NotWithinAYear:
    return "not full within a year";
  case RetentionStatus::Forecast::Days:
    break;
  }
  const auto days = static_cast<std::int64_t>(status.days_until_full);
  return days < 1 ? "full in less than a day" : "full in about " + counted(days, "day");
}

std::string retentionAsJson(const RetentionStatus &status, const std::optional<Retained> &done) {
  Json layers = Json::object();
  for (const StoreLayer layer : kStoreLayers)
    layers[toString(layer)] = layerOf(status, status.of(layer));
  const bool known = status.growth_span_us > 0;
  Json document = {{"layers", std::move(layers)},
                   {"store_bytes", status.store_bytes},
                   {"free_bytes", status.free_bytes},
                   {"wal_bytes", status.wal_bytes},
                   {"other_bytes", status.other_bytes},
                   {"gives_back", status.gives_back},
                   {"disk_free_bytes", status.disk_free_bytes},
                   {"bytes_per_day", known ? Json(std::llround(status.bytes_per_day)) : Json()},
                   {"growth_seconds", status.growth_span_us / kSecond},
                   {"forecast", forecastOf(status)}};
  if (done)
    document["gave_up"] = {{"bronze", done->rows[0]},
                           {"silver", done->rows[1]},
                           {"rollups", done->rows[2]},
                           {"bytes_given_back", done->bytes}};
  return document.dump(2) + '\n';
}

std::string retentionAsText(const RetentionStatus &status, const std::optional<Retained> &done) {
  std::string text = done ? doneText(*done) + '\n' : "";
  TextTable head({"Store", size(status.store_bytes) + ", " + size(status.free_bytes) +
                               " of it free for use; log " + size(status.wal_bytes) + otherText(status)},
                 "ll");
  head.add({"Growth",
            status.growth_span_us == 0 ? "not known yet" : growth(status, status.bytes_per_day) + " a day"});
  head.add({"Disk", size(status.disk_free_bytes) + " free, " + forecastText(status) +
                        (status.warns() ? " (!)" : "")});
  text += head.text() + '\n' + layersOf(status);
  if (!status.gives_back && !status.settings().off())
    text += "\nThis store was made by an earlier version: what is given up makes room within its file, which"
            " does not get smaller.\n";
  return text;
}

} // namespace meteorograph
