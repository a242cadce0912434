// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StoreSize.h"

#include "core/store/Horizons.h"
#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <cmath>
#include <filesystem>

namespace meteorograph {

namespace {

/// Pages of a table that are looked at, and days of rollups: some milliseconds of work.
constexpr std::int64_t kSampledPages = 48;
constexpr std::int64_t kSampledDays = 48;
constexpr std::int64_t kSampledRuns = 4096;
/// Growth is told from samples of at most a week, and at least an hour.
constexpr TimeUs kLongestGrowth = 7 * kDay;
constexpr TimeUs kShortestGrowth = kHour;

double ratio(double a, double b) { return b > 0 ? a / b : 0; }

/// Bytes on disk for a row, with what its page wastes and its overflow; 0 where the table is empty.
double rowBytes(Database &database, const std::string &table) {
  Statement pages =
      database.prepareOnce("SELECT sum(pgsize), sum(CASE pagetype WHEN 'leaf' THEN ncell END) FROM"
                           " (SELECT pgsize, pagetype, ncell FROM dbstat WHERE name = ?1 LIMIT ?2)");
  pages.bind(1, std::string_view(table)).bind(2, kSampledPages);
  return pages.next() ? ratio(pages.real(0), pages.real(1)) : 0;
}

/// A row of bronze with its part of the run that it belongs to.
double bronzeRowBytes(Database &database) {
  Statement runs =
      database.prepareOnce("SELECT count(*), sum(n) FROM (SELECT last_id - first_id + 1 AS n FROM"
                           " bronze_run LIMIT ?)");
  const double share = runs.bind(1, kSampledRuns).next() ? ratio(runs.real(0), runs.real(1)) : 0;
  return rowBytes(database, "bronze") + share * rowBytes(database, "bronze_run");
}

/// Counts the rollups of some hours of some days, evenly chosen: from few of a finer level to all.
LayerSize rollupSize(Database &database) {
  const std::int64_t days = database.count("SELECT count(*) FROM rollup_1d");
  std::array<double, kLevels.size()> seen{}; // rows of each level; of those finer than an hour: in one hour
  double sampled = 0;
  Statement some = database.prepareOnce(
      "SELECT device_id, start_s FROM (SELECT device_id, start_s, row_number() OVER () AS n FROM rollup_1d)"
      " WHERE n % ?1 = 0 LIMIT ?2");
  some.bind(1, std::max<std::int64_t>(days / kSampledDays, 1)).bind(2, kSampledDays);
  Statement hours = database.prepareOnce("SELECT count(*), max(start_s) FROM rollup_3600s WHERE"
                                         " device_id = ?1 AND start_s >= ?2 AND start_s < ?2 + 86400");
  std::vector<Statement> counts;
  for (const Level &level : kLevels)
    counts.push_back(database.prepareOnce("SELECT count(*) FROM " + std::string(level.table) +
                                          " WHERE device_id = ?1 AND start_s >= ?2 AND start_s < ?2 + 3600"));
  while (some.next()) {
    ++sampled;
    const std::int64_t device = some.integer(0);
    if (!hours.bind(1, device).bind(2, some.integer(1)).next() || hours.isNull(1)) {
      hours.reset();
      continue;
    }
    seen[4] += hours.real(0);
    for (std::size_t i = 1; i < 4; ++i) {
      if (counts[i].bind(1, device).bind(2, hours.integer(1)).next())
        seen[i] += counts[i].real(0);
      counts[i].reset();
    }
    hours.reset();
  }
  double rows = static_cast<double>(days);
  double bytes = rows * rowBytes(database, kLevels[5].table);
  const double allHours = static_cast<double>(days) * ratio(seen[4], sampled);
  for (std::size_t i = 1; i < 5; ++i) {
    const double all = i == 4 ? allHours : allHours * ratio(seen[i], sampled);
    rows += all;
    bytes += all * rowBytes(database, kLevels[i].table);
  }
  return {std::llround(rows), ratio(bytes, rows)};
}

/// Days of the store with how much they hold, from `horizon_s` on.
struct DayWeight {
  std::int64_t start_s;
  double weight;
};
std::vector<DayWeight> dayWeights(Database &database, std::int64_t horizon_s) {
  std::string weight = "0.0";
  for (const Quantity &quantity : loadQuantities(database))
    weight += " + coalesce(" + quotedName(quantity.column + "_count") + ", 0)";
  Statement rows = database.prepareOnce("SELECT start_s, sum(" + weight +
                                        ") FROM rollup_1d WHERE start_s > ?1 - 86400 GROUP BY 1 ORDER BY 1");
  std::vector<DayWeight> days;
  rows.bind(1, std::max(horizon_s, kNoHorizon + 86400));
  while (rows.next())
    days.push_back({rows.second(0), std::clamp(rows.real(1), 0.0, 1e18)});
  return days;
}

/// How much of the layer lies before a time: a part of one.
double shareBefore(const std::vector<DayWeight> &days, std::int64_t horizon_s) {
  double before = 0;
  double all = 0;
  for (const DayWeight &day : days) {
    all += day.weight;
    const double part = static_cast<double>(horizon_s - day.start_s) / 86400;
    before += day.weight * std::clamp(part, 0.0, 1.0);
  }
  return ratio(before, all);
}

/// The time before which so large a share lies.
std::int64_t timeOfShare(const std::vector<DayWeight> &days, double share) {
  double all = 0;
  for (const DayWeight &day : days)
    all += day.weight;
  double before = 0;
  for (const DayWeight &day : days) {
    if (before + day.weight >= share * all)
      return day.start_s + std::llround(86400 * ratio(share * all - before, day.weight));
    before += day.weight;
  }
  return days.empty() ? kNoHorizon : days.back().start_s + 86400;
}

void foretell(Database &database, const RetentionSettings &asked, TimeUs now, RetentionStatus &out) {
  std::int64_t limit = std::numeric_limits<std::int64_t>::max(); // no later than the layer before
  for (const StoreLayer layer : kStoreLayers) {
    LayerStatus &status = out.of(layer);
    const LayerLimits &limits = asked.of(layer);
    const std::int64_t present = readHorizon(database, layer);
    std::int64_t horizon = std::max(present, horizonOfAge(database, layer, limits, now));
    const std::vector<DayWeight> days = dayWeights(database, present);
    if (limits.bytes && status.bytes > *limits.bytes) {
      const double share = 1 - ratio(static_cast<double>(*limits.bytes), static_cast<double>(status.bytes));
      const std::int64_t step = horizonStep(layer);
      const std::int64_t latest = horizonOfAge(database, layer, {TimeUs{0}, {}}, now);
      horizon = std::max(horizon, std::min(latest, floorTo(timeOfShare(days, share) + step - 1, step)));
    }
    horizon = std::min(horizon, limit);
    if (horizon != kNoHorizon)
      horizon = floorTo(horizon, horizonStep(layer));
    limit = horizon;
    if (horizon <= present)
      continue;
    const double share = shareBefore(days, horizon);
    status.doomed_before_us = horizon * kSecond;
    status.doomed_rows = std::llround(share * static_cast<double>(status.rows));
    status.doomed_bytes = std::llround(share * static_cast<double>(status.bytes));
  }
}

/// From the oldest sample of the last week, which may have been taken by another run of the program.
void readGrowth(Database &database, const StoreSizes &sizes, TimeUs now, RetentionStatus &out) {
  Statement then =
      database.prepareOnce("SELECT time_us, used_bytes, bronze_rows, silver_rows FROM size_sample"
                           " WHERE time_us >= ?1 AND time_us <= ?2 ORDER BY time_us LIMIT 1");
  if (!then.bind(1, now - kLongestGrowth).bind(2, now - kShortestGrowth).next())
    return;
  out.growth_span_us = now - then.time(0);
  const double days = static_cast<double>(out.growth_span_us) / static_cast<double>(kDay);
  out.bytes_per_day = static_cast<double>(sizes.used_bytes() - then.count(1)) / days;
  const auto grown = [&](StoreLayer layer, int column) {
    const LayerSize &size = sizes.of(layer);
    return out.of(layer).bytes_per_day =
               static_cast<double>(size.rows - then.count(column)) * size.row_bytes / days;
  };
  const double rest = out.bytes_per_day - grown(StoreLayer::Bronze, 2) - grown(StoreLayer::Silver, 3);
  // What is left is the rollups' and that of files and quarantine, by their sizes.
  const double rollups = static_cast<double>(out.of(StoreLayer::Rollups).bytes);
  out.of(StoreLayer::Rollups).bytes_per_day =
      rest * ratio(rollups, rollups + static_cast<double>(out.other_bytes));
}

void forecast(RetentionStatus &out) {
  constexpr double kYear = 365;
  if (out.growth_span_us == 0)
    return;
  const double room = static_cast<double>(out.disk_free_bytes + out.free_bytes);
  out.days_until_full = out.bytes_per_day > 0 ? room / out.bytes_per_day : kYear + 1;
  out.forecast = out.days_until_full > kYear ? RetentionStatus::Forecast::NotWithinAYear
                                             : RetentionStatus::Forecast::Days;
}

std::int64_t fileBytes(const std::string &path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

} // namespace

StoreSizes measureSizes(Database &database) {
  StoreSizes sizes;
  const std::int64_t page = database.integer("PRAGMA page_size").value_or(0);
  sizes.store_bytes = page * database.integer("PRAGMA page_count").value_or(0);
  sizes.free_bytes = page * database.integer("PRAGMA freelist_count").value_or(0);
  sizes.layers = {{{database.count("SELECT readings - (SELECT rows_deleted FROM retention WHERE"
                                   " layer = 0) FROM totals"),
                    bronzeRowBytes(database)},
                   {database.count("SELECT silver_rows FROM totals"), rowBytes(database, "silver")},
                   rollupSize(database)}};
  double all = 0;
  for (const LayerSize &layer : sizes.layers)
    all += static_cast<double>(layer.bytes());
  // The first pages may be emptier than the others.
  if (const double most = static_cast<double>(sizes.used_bytes()); all > most)
    for (LayerSize &layer : sizes.layers)
      layer.row_bytes *= most / all;
  return sizes;
}

RetentionSettings readRetentionSettings(Database &database) {
  RetentionSettings settings;
  Statement row = database.prepareOnce("SELECT max_age_us, max_bytes FROM retention WHERE layer = ?");
  for (const StoreLayer layer : kStoreLayers) {
    LayerLimits &limits = settings.of(layer);
    if (!row.bind(1, static_cast<std::int64_t>(layer)).next())
      continue;
    if (!row.isNull(0))
      limits.age_us = row.count(0);
    if (!row.isNull(1))
      limits.bytes = row.count(1);
    row.reset();
  }
  return settings;
}

std::int64_t horizonStep(StoreLayer layer) {
  return layer == StoreLayer::Rollups ? kLevels.back().step_s : kRunSeconds;
}

std::int64_t horizonOfAge(Database &database, StoreLayer layer, const LayerLimits &limits, TimeUs now) {
  const std::optional<std::int64_t> newest = database.time("SELECT max(newest_us) FROM device");
  if (!limits.age_us || !newest)
    return kNoHorizon;
  const TimeUs reference = std::min(now, *newest);
  return floorTo(reference - *limits.age_us, horizonStep(layer) * kSecond) / kSecond;
}

std::optional<std::int64_t> oldestOf(Database &database, StoreLayer layer) {
  // One look into the index a device.
  constexpr std::array<const char *, 3> kOldest{
      "SELECT min((SELECT hour * 3600 FROM bronze_run r WHERE r.device_id = d.id ORDER BY hour LIMIT 1)) FROM"
      " device d",
      "SELECT min((SELECT start_s FROM silver s WHERE s.device_id = d.id ORDER BY start_s LIMIT 1)) FROM"
      " device d",
      "SELECT min((SELECT start_s FROM rollup_10s s WHERE s.device_id = d.id ORDER BY start_s LIMIT 1)) FROM"
      " device d"};
  Statement oldest = database.prepareOnce(kOldest[static_cast<std::size_t>(layer)]);
  const bool there = oldest.next() && !oldest.isNull(0);
  return there ? std::optional(floorTo(oldest.second(0), horizonStep(layer))) : std::nullopt;
}

Result<RetentionStatus> readRetention(Database &database, const std::string &path,
                                      const std::optional<RetentionSettings> &asked, TimeUs now) {
  RetentionStatus out;
  ReadTransaction transaction(database);
  const StoreSizes sizes = measureSizes(database);
  out.store_bytes = sizes.store_bytes;
  out.free_bytes = sizes.free_bytes;
  out.other_bytes = sizes.used_bytes();
  out.wal_bytes = fileBytes(path + "-wal");
  out.gives_back = database.integer("PRAGMA auto_vacuum").value_or(0) == 2;
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(path, error);
  out.disk_free_bytes = error ? 0 : static_cast<std::int64_t>(space.available);
  const RetentionSettings settings = readRetentionSettings(database);
  Statement row =
      database.prepareOnce("SELECT horizon_s, rows_deleted, too_late FROM retention WHERE layer = ?");
  for (const StoreLayer layer : kStoreLayers) {
    LayerStatus &status = out.of(layer);
    if (!row || !row.bind(1, static_cast<std::int64_t>(layer)).next())
      break;
    if (!row.isNull(0))
      status.horizon_us = row.second(0) * kSecond;
    status.rows_deleted = row.count(1);
    status.too_late = row.count(2);
    row.reset();
  }
  if (!row)
    return fail(ErrorCode::StoreUnusable,
                path + " was written by an earlier version; ingest or open it once to bring it up to date");
  if (row.failed())
    return tl::unexpected(database.error("cannot read the store"));
  for (const StoreLayer layer : kStoreLayers) {
    LayerStatus &status = out.of(layer);
    status.limits = settings.of(layer);
    status.rows = sizes.of(layer).rows;
    status.bytes = sizes.of(layer).bytes();
    out.other_bytes -= status.bytes;
  }
  readGrowth(database, sizes, now, out);
  forecast(out);
  foretell(database, asked.value_or(settings), now, out);
  return out;
}

} // namespace meteorograph
