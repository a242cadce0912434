// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LayerExport.h"

#include "core/pipeline/MovingAverage.h"
#include "core/store/Levels.h"
#include "core/store/Schema.h"

#include <algorithm>
#include <limits>

namespace meteorograph {

namespace {

/// Rows in a page: enough for speed, few enough for a short transaction.
constexpr std::int64_t kPageRows = 20'000;
constexpr std::size_t kCachedFiles = 10'000;
constexpr std::int64_t kEndOfTime = std::numeric_limits<std::int64_t>::max() / kSecond;

template <class T> bool wanted(const std::vector<T> &list, T id) {
  return list.empty() || std::find(list.begin(), list.end(), id) != list.end();
}

const char *tableFor(TimeUs window_us) {
  for (const Level &level : kLevels)
    if (level.step_s * kSecond == window_us)
      return level.table;
  return nullptr;
}

} // namespace

LayerExport::LayerExport(Database &database, const ExportRequest &request)
    : m_database(database), m_request(request),
      m_file(database.prepareOnce("SELECT path FROM file WHERE id = ?")) {
  Statement rows = m_database.prepareOnce("SELECT id, name FROM device ORDER BY name");
  while (rows.next())
    if (wanted(request.devices, DeviceId{rows.integer(0)}))
      m_devices.push_back({rows.integer(0), std::string(rows.text(1))});
  const std::vector<Quantity> known = loadQuantities(m_database);
  for (const QuantityId id : request.quantities)
    for (const Quantity &quantity : known)
      if (quantity.id == id)
        m_quantities.push_back(quantity);
  if (request.quantities.empty())
    m_quantities = known;
  if (request.quantities.empty() && request.layer == Layer::Bronze)
    sortForPeople(m_quantities);
  if (request.layer != Layer::Bronze)
    std::sort(m_quantities.begin(), m_quantities.end(),
              [](const Quantity &a, const Quantity &b) { return a.name < b.name; });
}

std::int64_t LayerExport::firstSecond() const {
  return m_request.from_us ? -floorTo(-*m_request.from_us, kSecond) / kSecond : -kEndOfTime;
}

std::int64_t LayerExport::endSecond() const {
  return m_request.to_us ? -floorTo(-*m_request.to_us, kSecond) / kSecond : kEndOfTime;
}

const std::string &LayerExport::fileName(std::int64_t id) {
  const auto found = m_files.find(id);
  if (found != m_files.end())
    return found->second;
  if (m_files.size() > kCachedFiles)
    m_files.clear();
  std::string path;
  if (m_file.bind(1, id).next())
    path = m_file.text(0);
  m_file.reset();
  return m_files.emplace(id, std::move(path)).first->second;
}

Result<void> LayerExport::bronze(const std::function<bool(const BronzeRow &)> &row) {
  bool more = true;
  for (const Device &device : m_devices)
    if (more && !bronzeOfDevice(device, row, more))
      return tl::unexpected(error());
  return {};
}

bool LayerExport::bronzeOfDevice(const Device &device, const std::function<bool(const BronzeRow &)> &row,
                                 bool &more) {
  const TimeUs from = m_request.from_us.value_or(std::numeric_limits<TimeUs>::min());
  const TimeUs to = m_request.to_us.value_or(std::numeric_limits<TimeUs>::max());
  constexpr TimeUs kHourUs = kRunSeconds * kSecond;
  std::int64_t hour = m_request.from_us ? floorTo(from, kHourUs) / kHourUs : -kEndOfTime;
  std::string columns;
  for (const Quantity &quantity : m_quantities)
    columns += ", b." + quotedName(quantity.column);
  Statement runs =
      m_database.prepareOnce("SELECT hour, sum(last_id - first_id + 1) FROM bronze_run WHERE device_id"
                             " = ?1 AND hour >= ?2 GROUP BY hour ORDER BY hour");
  Statement rows = m_database.prepareOnce("SELECT b.event_time_us, b.file_id, b.line" + columns +
                                          " FROM bronze_run r CROSS JOIN bronze b ON b.id BETWEEN r.first_id "
                                          "AND r.last_id WHERE r.device_id = ?1 AND"
                                          " r.hour BETWEEN ?2 AND ?3 AND b.event_time_us >= ?4 AND "
                                          "b.event_time_us < ?5 ORDER BY b.event_time_us, b.id");
  if (!runs || !rows)
    return false;
  std::vector<double> values(m_quantities.size());
  for (bool left = true; left && more;) {
    // A page is as many whole hours as make up enough rows.
    std::int64_t first = 0, last = 0, count = 0;
    runs.bind(1, device.id).bind(2, hour);
    left = false;
    while (runs.next()) {
      first = count == 0 ? runs.integer(0) : first;
      last = runs.integer(0);
      count += std::max<std::int64_t>(runs.integer(1), 1);
      left = count >= kPageRows;
      if (left)
        break;
    }
    runs.reset();
    if (count == 0 || (m_request.to_us && first * kHourUs >= to))
      return !runs.failed();
    rows.bind(1, device.id).bind(2, first).bind(3, last).bind(4, from).bind(5, to);
    while (more && rows.next()) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        const int column = 3 + static_cast<int>(i);
        values[i] = rows.isNull(column) ? std::numeric_limits<double>::quiet_NaN() : rows.real(column);
      }
      more = row({rows.integer(0), device.name, values, fileName(rows.integer(1)), rows.integer(2)});
    }
    if (rows.failed())
      return false;
    rows.reset();
    hour = last + 1;
  }
  return true;
}

bool LayerExport::windowsOfDevice(const Device &device, const char *table, std::int64_t from_s,
                                  const WindowHandler &handler, bool &more) {
  std::string columns;
  for (const Quantity &quantity : m_quantities)
    for (const char *suffix : {"_count", "_sum", "_min", "_max"})
      columns += ", " + quotedName(quantity.column + suffix);
  Statement rows = m_database.prepareOnce("SELECT start_s" + columns + " FROM " + table +
                                          " WHERE device_id = ?1 AND start_s >= ?2 AND start_s < ?3"
                                          " ORDER BY start_s LIMIT ?4");
  std::int64_t next = from_s;
  for (bool left = true; left && more;) {
    rows.bind(1, device.id).bind(2, next).bind(3, endSecond()).bind(4, kPageRows);
    std::int64_t count = 0;
    while (more && rows.next()) {
      ++count;
      next = rows.integer(0) + 1;
      for (std::size_t q = 0; more && q < m_quantities.size(); ++q) {
        const int column = 1 + 4 * static_cast<int>(q);
        if (const std::int64_t held = rows.integer(column); held > 0)
          more = handler(q, {rows.integer(0), held, rows.real(column + 1), rows.real(column + 2),
                             rows.real(column + 3)});
      }
    }
    if (!rows || rows.failed())
      return false;
    rows.reset();
    left = count == kPageRows;
  }
  return true;
}

Result<void> LayerExport::silver(const std::function<bool(const SilverRow &)> &row) {
  const char *table = tableFor(m_request.window_us);
  if (!table)
    return fail(ErrorCode::Usage, "there are no windows of that width");
  bool more = true;
  for (const Device &device : m_devices) {
    const auto handler = [&](std::size_t q, const Window &window) {
      return row({window.start_s * kSecond, device.name, m_quantities[q].name, window.count,
                  window.sum / static_cast<double>(window.count), window.min, window.max});
    };
    if (more && !windowsOfDevice(device, table, firstSecond(), handler, more))
      return tl::unexpected(error());
  }
  return {};
}

/// From where to read so that every average at the first exported window is whole: 60 s back, and
/// for each quantity seven windows that hold it.
std::int64_t LayerExport::goldLeadIn(const Device &device) {
  const std::int64_t from = firstSecond();
  if (!m_request.from_us)
    return from;
  std::int64_t start = from - 60;
  for (const Quantity &quantity : m_quantities) {
    Statement back =
        m_database.prepareOnce("SELECT start_s FROM silver WHERE device_id = ?1 AND start_s < ?2 AND " +
                               quotedName(quantity.column + "_count") + " > 0 ORDER BY start_s DESC LIMIT 7");
    back.bind(1, device.id).bind(2, from);
    while (back.next())
      start = std::min(start, back.integer(0));
  }
  return start;
}

Result<void> LayerExport::gold(const std::function<bool(const GoldRow &)> &row) {
  struct Averages {
    MovingAverage eight = MovingAverage::overWindows(8);
    MovingAverage quarter = MovingAverage::overDuration(15 * kSecond);
    MovingAverage minute = MovingAverage::overDuration(60 * kSecond);
  };
  bool more = true;
  for (const Device &device : m_devices) {
    std::vector<Averages> averages(m_quantities.size());
    const auto handler = [&](std::size_t q, const Window &window) {
      const TimeUs start = window.start_s * kSecond;
      const double mean = window.sum / static_cast<double>(window.count);
      GoldRow out{start,
                  device.name,
                  m_quantities[q].name,
                  mean,
                  averages[q].eight.take(start, mean),
                  averages[q].quarter.take(start, mean),
                  averages[q].minute.take(start, mean)};
      return window.start_s < firstSecond() || row(out);
    };
    if (more && !windowsOfDevice(device, "silver", goldLeadIn(device), handler, more))
      return tl::unexpected(error());
  }
  return {};
}

} // namespace meteorograph
