// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/BronzePages.h"

#include "core/store/Levels.h"
#include "core/store/WindowPages.h"

#include <algorithm>
#include <limits>

namespace meteorograph {

namespace {

constexpr int kFixedColumns = 4;
constexpr TimeUs kRunUs = kRunSeconds * kSecond;

std::string selectReadings(const std::vector<Quantity> &quantities) {
  std::string columns;
  for (const Quantity &quantity : quantities)
    columns += ", b." + quotedName(quantity.column);
  return "SELECT b.event_time_us, b.id, b.file_id, b.line" + columns +
         " FROM bronze_run r CROSS JOIN bronze b ON b.id BETWEEN r.first_id AND r.last_id"
         " WHERE r.device_id = ?1 AND r.hour BETWEEN ?2 AND ?3 AND r.last_us >= ?4 AND r.first_us < ?5"
         " AND r.last_id > ?6 AND b.event_time_us >= ?4 AND b.event_time_us < ?5 AND b.id > ?6";
}

std::int64_t hourOf(TimeUs time) { return floorTo(time, kRunUs) / kRunUs; }

} // namespace

BronzePages::BronzePages(Database &database, const std::vector<Quantity> &quantities, DeviceId device,
                         TimeUs from_us, TimeUs to_us)
    : m_runs(database.prepareOnce("SELECT hour, sum(last_id - first_id + 1) FROM bronze_run"
                                  " WHERE device_id = ?1 AND hour >= ?2 GROUP BY hour ORDER BY hour")),
      m_rows(database.prepareOnce(selectReadings(quantities))), m_quantities(quantities.size()),
      m_limit(kPageValues / (kFixedColumns + m_quantities)), m_from_us(std::max(from_us, kEarliestTime)),
      m_to_us(std::min(to_us, kLatestTime + kSecond)), m_hour(hourOf(m_from_us)),
      m_failed(!m_runs || !m_rows) {
  m_runs.bind(1, device);
  m_rows.bind(1, device);
}

/// As many whole hours as make up a page, or one that makes up several.
bool BronzePages::nextHours() {
  std::int64_t first = m_hour;
  std::size_t readings = 0;
  m_runs.bind(2, m_hour);
  while (readings < m_limit && m_runs.next()) {
    const std::int64_t hour = std::min(m_runs.integer(0), hourOf(kLatestTime));
    if (hour < m_hour) // there is no such time, or the index is damaged
      break;
    first = readings == 0 ? hour : first;
    m_hour = hour + 1;
    readings += static_cast<std::size_t>(std::max<std::int64_t>(m_runs.count(1), 1));
  }
  m_failed = m_runs.failed();
  m_runs.reset();
  m_next_us = std::max(first * kRunUs, m_from_us);
  m_end_us = std::min(m_hour * kRunUs, m_to_us);
  if (m_failed || readings == 0 || m_next_us >= m_end_us)
    return false;
  const bool dense = m_hour - first == 1 && readings > m_limit;
  const auto pages = static_cast<TimeUs>(dense ? readings / m_limit + 1 : 1);
  m_width_us = (m_end_us - m_next_us + pages - 1) / pages;
  return true;
}

/// False when there are too many readings for a page.
bool BronzePages::readSlice() {
  const TimeUs to = std::min(m_next_us + m_width_us, m_end_us);
  m_readings.clear();
  m_values.clear();
  m_rows.bind(2, hourOf(m_next_us)).bind(3, hourOf(to - 1)).bind(4, m_next_us).bind(5, to);
  m_rows.bind(6, m_after_id);
  const std::size_t most = 2 * m_limit;
  while (m_readings.size() < most && m_rows.next()) {
    m_readings.push_back(
        {m_rows.time(0), m_rows.integer(1), m_rows.integer(2), m_rows.count(3), m_values.size()});
    for (std::size_t q = 0; q < m_quantities; ++q) {
      const int column = kFixedColumns + static_cast<int>(q);
      m_values.push_back(m_rows.isNull(column) ? std::numeric_limits<double>::quiet_NaN()
                                               : m_rows.real(column));
    }
  }
  m_failed = m_rows.failed();
  m_rows.reset();
  return m_readings.size() < most;
}

void BronzePages::sort() {
  const auto before = [](const Reading &a, const Reading &b) {
    return a.time_us != b.time_us ? a.time_us < b.time_us : a.id < b.id;
  };
  if (!std::is_sorted(m_readings.begin(), m_readings.end(), before))
    std::sort(m_readings.begin(), m_readings.end(), before);
}

bool BronzePages::next() {
  m_readings.clear();
  if (m_failed || (m_next_us >= m_end_us && !nextHours()))
    return false;
  bool whole = readSlice();
  for (; !whole && !m_failed && m_width_us > 1; whole = readSlice())
    m_width_us = (m_width_us + 1) / 2;
  if (m_failed)
    return false;
  sort();
  if (whole) {
    m_next_us += m_width_us;
    m_after_id = 0;
    if (m_readings.size() < m_limit / 2) // behind a crowd
      m_width_us *= 2;
  } else {
    m_after_id = m_readings.back().id; // runs, and so the readings of one moment, come in their order
  }
  return true;
}

} // namespace meteorograph
