// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/SeriesQuery.h"

#include "core/store/AnnotationTable.h"
#include "core/store/Horizons.h"
#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>

namespace meteorograph {

namespace {

/// Readings are read one by one only where a pixel column is narrower than this …
constexpr TimeUs kFinestColumn = 50 * kMillisecond;
/// … and the range holds at most about so many of them.
constexpr double kMaxReadings = 200'000;
/// A line breaks where the step exceeds this multiple of the device's median interval.
constexpr double kGapFactor = 2.5;
constexpr std::size_t kMaxStatements = 64;
/// Windows that are looked through for the value that a device holds when the range begins.
constexpr std::int64_t kHeldLookBack = 1000;
/// Rows between two looks at the cancel flag.
constexpr int kCancelEvery = 1024;

/// Averages at windows, asked for at times between them: on the straight line that a chart draws.
class AverageLine {
public:
  void add(TimeUs time, double value) { m_points.push_back({time, value}); }
  double at(TimeUs time) {
    while (m_points.size() > 1 && m_points[1].time <= time)
      m_points.pop_front();
    if (m_points.empty())
      return 0;
    const Point &a = m_points.front();
    if (m_points.size() == 1 || time <= a.time)
      return a.value;
    const Point &b = m_points[1];
    return a.value +
           (b.value - a.value) * static_cast<double>(time - a.time) / static_cast<double>(b.time - a.time);
  }
  bool empty() const { return m_points.empty(); }

private:
  struct Point {
    TimeUs time;
    double value;
  };
  std::deque<Point> m_points;
};

} // namespace

struct SeriesQuery::Plan {
  const Level *level = &kLevels[0];
  bool readings = false;                           ///< from bronze
  AverageSpan average;                             ///< never Automatic
  std::vector<std::optional<Quantity>> quantities; ///< as requested; nothing where unknown
  struct DeviceInfo {
    TimeUs cadence_us = 0;
    TimeUs watermark_us = kNoTime;
    bool holds = false;
  };
  std::vector<DeviceInfo> devices;
  TimeUs newest_us = kNoTime; ///< of the store; asked for only where a device holds its values
  const std::atomic<bool> *cancelled = nullptr;

  bool isCancelled() const { return cancelled && cancelled->load(std::memory_order_relaxed); }
  TimeUs gapFor(std::size_t device, TimeUs step_us) const {
    const TimeUs cadence = devices[device].cadence_us;
    return cadence == 0 || devices[device].holds
               ? 0
               : static_cast<TimeUs>(kGapFactor * static_cast<double>(std::max(cadence, step_us)));
  }
  std::vector<WindowFold::Line> lines(const SeriesRequest &request, std::size_t device,
                                      TimeUs step_us) const {
    const TimeUs gap = gapFor(device, step_us);
    const SeriesFold fold(request.from_us, request.to_us, request.columns, gap);
    std::vector<WindowFold::Line> made;
    for (const std::optional<Quantity> &quantity : quantities)
      made.push_back({fold, movingAverage(), {quantity ? quantity->limits : QuantityLimits(), step_us, gap}});
    return made;
  }
  MovingAverage movingAverage() const {
    return average.kind == AverageSpan::Kind::Windows
               ? MovingAverage::overWindows(static_cast<std::size_t>(std::max(average.windows, 1)))
               : MovingAverage::overDuration(average.duration_us);
  }
};

SeriesQuery::SeriesQuery(Database &database) : m_database(database) {
  (void)m_windows.attach(database); // a chart's statement fails where it did not succeed
}

Statement &SeriesQuery::statement(const std::string &sql) {
  auto [entry, fresh] = m_statements.try_emplace(sql);
  if (fresh || !entry->second)
    entry->second = m_database.prepare(sql);
  return entry->second;
}

SeriesQuery::Plan SeriesQuery::planFor(const SeriesRequest &request) {
  Plan plan;
  const TimeUs range = request.to_us - request.from_us;
  const TimeUs width = range / std::max(request.columns, 1);
  for (const Level &level : kLevels)
    if (level.step_s * kSecond <= width)
      plan.level = &level;
  // What silver has given up, the rollups still tell.
  const std::int64_t from = floorTo(request.from_us, kSecond) / kSecond;
  if (plan.level == &kLevels[0] && from < readHorizon(m_database, StoreLayer::Silver))
    plan.level = &kLevels[1];
  plan.average = request.average;
  if (plan.average.kind == AverageSpan::Kind::Automatic)
    plan.average = {AverageSpan::Kind::Duration, automaticSpan(range), 0};
  const std::vector<Quantity> known = loadQuantities(m_database);
  for (const QuantityId id : request.quantities) {
    const auto found =
        std::find_if(known.begin(), known.end(), [id](const Quantity &q) { return q.id == id; });
    plan.quantities.push_back(found == known.end() ? std::nullopt : std::optional(*found));
  }
  double readings = 0;
  const std::set<DeviceId> holding = readHolding(m_database);
  if (!holding.empty())
    plan.newest_us = m_database.time("SELECT max(newest_us) FROM device").value_or(kNoTime);
  Statement &info = statement("SELECT cadence_us, watermark_us FROM device WHERE id = ?");
  for (const DeviceId device : request.devices) {
    Plan::DeviceInfo &into = plan.devices.emplace_back();
    if (info.bind(1, device).next())
      into = {info.count(0), info.time(1), holding.contains(device)};
    info.reset();
    if (into.cadence_us > 0)
      readings += static_cast<double>(range) / static_cast<double>(into.cadence_us);
  }
  plan.readings =
      width < kFinestColumn && readings < kMaxReadings && from >= readHorizon(m_database, StoreLayer::Bronze);
  return plan;
}

Result<SeriesSet> SeriesQuery::run(const SeriesRequest &request, const std::atomic<bool> *cancelled) {
  if (request.to_us <= request.from_us || request.columns < 1)
    return fail(ErrorCode::Usage, "a chart needs a range of time and a width");
  const auto start = std::chrono::steady_clock::now();
  if (m_statements.size() > kMaxStatements)
    m_statements.clear();
  ReadTransaction transaction(m_database);
  Plan plan = planFor(request);
  plan.cancelled = cancelled;
  SeriesSet out;
  out.from_us = request.from_us;
  out.to_us = request.to_us;
  out.columns = request.columns;
  out.step_us = plan.readings ? 0 : plan.level->step_s * kSecond;
  const bool byWindows = plan.average.kind == AverageSpan::Kind::Windows;
  out.average_span_us = byWindows ? 0 : plan.average.duration_us;
  out.average_windows = byWindows ? plan.average.windows : 0;
  out.revision = m_database.count("SELECT revision FROM totals");
  out.lines.resize(request.quantities.size() * request.devices.size());
  for (std::size_t d = 0; d < request.devices.size(); ++d) {
    for (std::size_t q = 0; q < request.quantities.size(); ++q) {
      SeriesLine &line = out.lines[q * request.devices.size() + d];
      line.device = request.devices[d];
      line.quantity = request.quantities[q];
      line.cadence_us = plan.devices[d].cadence_us;
      line.watermark_us = plan.devices[d].watermark_us;
      line.held_until_us = plan.devices[d].holds ? plan.newest_us : kNoTime;
    }
    const bool ok = plan.readings ? readReadings(request, plan, d, out) : readWindows(request, plan, d, out);
    if (plan.isCancelled())
      return fail(ErrorCode::Cancelled, "the query was withdrawn");
    if (!ok)
      return tl::unexpected(m_database.error("cannot read the store"));
  }
  out.query_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return out;
}

namespace {

/// First bucket to read: far enough back for the average at `from` and for the line's way in.
std::int64_t leadIn(Statement &back, DeviceId device, std::int64_t from_s, const AverageSpan &average) {
  const std::int64_t windows = average.kind == AverageSpan::Kind::Windows ? average.windows : 1;
  std::int64_t start = from_s;
  if (back.bind(1, device).bind(2, from_s).bind(3, windows - 1).next() && !back.isNull(0))
    start = back.second(0);
  back.reset();
  if (average.kind == AverageSpan::Kind::Windows)
    return start;
  // The bucket before the range needs its own average too.
  return std::min(start, from_s) - average.duration_us / kSecond;
}

} // namespace

bool SeriesQuery::readWindows(const SeriesRequest &request, const Plan &plan, std::size_t device,
                              SeriesSet &out) {
  const std::string table = plan.level->table;
  const TimeUs step = plan.level->step_s * kSecond;
  const DeviceId id = request.devices[device];
  // A bucket counts by its start; those that begin before the range are the line's way in.
  const std::int64_t from = -floorTo(-request.from_us, kSecond) / kSecond;
  const std::int64_t to = -floorTo(-request.to_us, kSecond) / kSecond;
  Statement &back =
      statement("SELECT start_s FROM " + table +
                " WHERE device_id = ?1 AND start_s < ?2 ORDER BY start_s DESC LIMIT 1 OFFSET ?3");
  Statement &beyond =
      statement("SELECT min(start_s) FROM " + table + " WHERE device_id = ?1 AND start_s >= ?2");
  std::int64_t first = leadIn(back, id, from, plan.average);
  if (plan.devices[device].holds)
    first = std::min(first, heldFrom(table, id, from, plan.quantities));
  std::int64_t last = to;
  if (beyond.bind(1, id).bind(2, to).next() && !beyond.isNull(0))
    last = beyond.second(0);
  beyond.reset();
  // The table is its primary key's tree: its rows come in the order of time, which the fold needs.
  Statement &select = statement("SELECT " + WindowFold::terms(plan.quantities) + " FROM " + table +
                                " WHERE device_id = ?1 AND start_s >= ?2 AND start_s <= ?3");
  select.bind(1, id).bind(2, first).bind(3, last);
  std::vector<WindowFold::Line> lines = plan.lines(request, device, step);
  const bool ok = m_windows.run(select, lines, plan.cancelled);
  for (std::size_t q = 0; q < lines.size(); ++q)
    lines[q].fold.finish(out.lines[q * request.devices.size() + device]);
  return ok;
}

/// The window from which on each quantity's value at `from_s` is known, as far as one looks.
std::int64_t SeriesQuery::heldFrom(const std::string &table, DeviceId device, std::int64_t from_s,
                                   const std::vector<std::optional<Quantity>> &quantities) {
  std::int64_t start = from_s;
  for (const std::optional<Quantity> &quantity : quantities) {
    if (!quantity)
      continue;
    Statement &held = statement("SELECT max(start_s) FROM (SELECT start_s, " +
                                quotedName(quantity->column + "_count") + " AS held FROM " + table +
                                " WHERE device_id = ?1 AND start_s < ?2 ORDER BY start_s DESC LIMIT ?3)"
                                " WHERE held > 0");
    if (held.bind(1, device).bind(2, from_s).bind(3, kHeldLookBack).next() && !held.isNull(0))
      start = std::min(start, held.second(0));
    held.reset();
  }
  return start;
}

bool SeriesQuery::readReadings(const SeriesRequest &request, const Plan &plan, std::size_t device,
                               SeriesSet &out) {
  const DeviceId id = request.devices[device];
  const std::size_t quantities = plan.quantities.size();
  // The averages come from the windows of the same range.
  SeriesSet windows;
  windows.lines.resize(out.lines.size());
  SeriesRequest wide = request;
  wide.columns =
      static_cast<int>(std::min<TimeUs>((request.to_us - request.from_us) / kSecond + 2, 100'000)) * 4;
  if (!readWindows(wide, plan, device, windows))
    return false;
  std::vector<AverageLine> averages(quantities);
  for (std::size_t q = 0; q < quantities; ++q)
    for (const SeriesPoint &point : windows.lines[q * request.devices.size() + device].points)
      averages[q].add(point.last_us, point.average);

  // One reading before and behind the range lets the line reach the edges.
  const TimeUs reach = std::max(2 * plan.devices[device].cadence_us, kSecond);
  std::string columns;
  for (const std::optional<Quantity> &quantity : plan.quantities)
    columns += quantity ? ", b." + quotedName(quantity->column) : std::string(", NULL");
  Statement &rows =
      statement("SELECT b.event_time_us, b.flags & 1" + columns +
                " FROM bronze_run r CROSS JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id"
                " WHERE r.device_id = ?1 AND r.hour BETWEEN ?2 AND ?3 AND r.last_us >= ?4 AND"
                " r.first_us < ?5 AND b.event_time_us >= ?4 AND b.event_time_us < ?5 AND b.flags & 8 = 0"
                " ORDER BY b.event_time_us, b.id");
  const auto hour = [](TimeUs time) {
    return floorTo(time, kRunSeconds * kSecond) / (kRunSeconds * kSecond);
  };
  const TimeUs from = request.from_us - reach;
  const TimeUs to = request.to_us + reach;
  rows.bind(1, id).bind(2, hour(from)).bind(3, hour(to)).bind(4, from).bind(5, to);
  std::vector<WindowFold::Line> lines = plan.lines(request, device, 0);
  std::vector<bool> beyond(quantities, false);
  for (std::size_t q = 0; plan.devices[device].holds && q < quantities; ++q) {
    const std::vector<SeriesPoint> &points = windows.lines[q * request.devices.size() + device].points;
    if (points.empty() || points.front().last_us >= from)
      continue; // else the value that it holds when the range begins is further back than one reads
    const SeriesPoint &held = points.front();
    lines[q].fold.take({held.last_us, 1, held.last, held.last, held.last, held.average, false});
  }
  for (int seen = 1; rows.next(); ++seen) {
    if (seen % kCancelEvery == 0 && plan.isCancelled())
      break;
    Bucket bucket;
    bucket.start_us = rows.time(0);
    bucket.late = rows.integer(1) > 0;
    bucket.count = 1;
    for (std::size_t q = 0; q < quantities; ++q) {
      const int column = 2 + static_cast<int>(q);
      if (rows.isNull(column) || beyond[q])
        continue;
      bucket.sum = bucket.min = bucket.max = rows.real(column);
      bucket.average = averages[q].empty() ? bucket.sum : averages[q].at(bucket.start_us);
      lines[q].fold.take(bucket);
      lines[q].faults.take(bucket, lines[q].fold);
      beyond[q] = bucket.start_us >= request.to_us;
    }
  }
  const bool ok = !rows.failed();
  rows.reset();
  for (std::size_t q = 0; q < quantities; ++q)
    lines[q].fold.finish(out.lines[q * request.devices.size() + device]);
  return ok;
}

} // namespace meteorograph
