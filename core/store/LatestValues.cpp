// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LatestValues.h"

#include "core/pipeline/MovingAverage.h"

#include <algorithm>
#include <limits>

namespace meteorograph {

namespace {

/// The span of LatestValue::average.
constexpr std::int64_t kSpan_s = 15;
/// Days with readings that are looked through.
constexpr std::int64_t kDays = 16;
constexpr std::int64_t kNoLimit = -1;

} // namespace

/// Starts and means of a device's windows in a range, newest first.
Statement &LatestValues::windows(std::size_t level) {
  if (m_windows[level])
    return m_windows[level];
  std::string sql = "SELECT start_s";
  for (const Quantity &quantity : m_quantities)
    sql += ", " + quotedName(quantity.column + "_sum") + " / " + quotedName(quantity.column + "_count");
  sql += " FROM " + std::string(kLevels[level].table) +
         " WHERE device_id = ?1 AND start_s >= ?2 AND start_s < ?3 ORDER BY start_s DESC LIMIT ?4";
  return m_windows[level] = m_database.prepare(sql);
}

/// Twice the span: whoever spoke in its newer half has a whole average.
void LatestValues::readLast(DeviceId device, Means &means) {
  Statement &rows = windows(0);
  rows.bind(1, device).bind(2, std::numeric_limits<std::int64_t>::min());
  rows.bind(3, std::numeric_limits<std::int64_t>::max()).bind(4, 2 * kSpan_s);
  std::int64_t newest = 0;
  for (bool first = true; rows.next(); first = false) {
    const std::int64_t start = rows.second(0);
    newest = first ? start : newest;
    if (start <= newest - 2 * kSpan_s)
      break;
    for (std::size_t q = 0; q < m_quantities.size(); ++q)
      if (const int column = 1 + static_cast<int>(q); !rows.isNull(column))
        if (!means[q].empty() || start > newest - kSpan_s)
          means[q].push_back({start * kSecond, rows.real(column)});
  }
  rows.reset();
}

void LatestValues::readOlder(DeviceId device, std::size_t quantity, std::vector<Mean> &means) {
  const std::optional<std::int64_t> last = newest(device, quantity);
  if (!last)
    return;
  const int column = 1 + static_cast<int>(quantity);
  Statement &rows = windows(0);
  rows.bind(1, device).bind(2, *last - kSpan_s + 1).bind(3, *last + 1).bind(4, kNoLimit);
  while (rows.next())
    if (!rows.isNull(column))
      means.push_back({rows.second(0) * kSecond, rows.real(column)});
}

/// Start of the newest 1 s window that holds the quantity: the day, then ever finer within it.
std::optional<std::int64_t> LatestValues::newest(DeviceId device, std::size_t quantity) {
  const int column = 1 + static_cast<int>(quantity);
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
  for (std::size_t level = kLevels.size(); level-- > 0;) {
    Statement &rows = windows(level);
    const bool days = level + 1 == kLevels.size();
    rows.bind(1, device).bind(2, from).bind(3, to).bind(4, days ? kDays : kNoLimit);
    bool found = false;
    while (!found && rows.next())
      if (!rows.isNull(column)) {
        from = rows.second(0);
        to = from + kLevels[level].step_s;
        found = true;
      }
    rows.reset();
    if (!found)
      return std::nullopt; // also where the silver behind a rollup has been given up
  }
  return from;
}

std::vector<LatestValue> LatestValues::of(DeviceId device) {
  std::vector<LatestValue> all;
  Means means(m_quantities.size());
  readLast(device, means);
  for (std::size_t q = 0; q < m_quantities.size(); ++q) {
    if (means[q].empty())
      readOlder(device, q, means[q]);
    if (means[q].empty())
      continue;
    MovingAverage average = MovingAverage::overDuration(kSpan_s * kSecond);
    double value = 0;
    for (auto mean = means[q].rbegin(); mean != means[q].rend(); ++mean)
      value = average.take(mean->start_us, mean->value);
    all.push_back({m_quantities[q].id, means[q].front().start_us, means[q].front().value, value});
  }
  return all;
}

} // namespace meteorograph
