// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/WindowPages.h"

namespace meteorograph {

namespace {

constexpr int kColumnsOfAQuantity = 4;

std::string selectFrom(const char *table, const std::vector<Quantity> &quantities) {
  std::string columns;
  for (const Quantity &quantity : quantities)
    for (const char *suffix : {"_count", "_sum", "_min", "_max"})
      columns += ", " + quotedName(quantity.column + suffix);
  return "SELECT start_s" + columns + " FROM " + table +
         " WHERE device_id = ?1 AND start_s >= ?2 AND start_s < ?3 ORDER BY start_s LIMIT ?4";
}

} // namespace

WindowPages::WindowPages(Database &database, const char *table, const std::vector<Quantity> &quantities,
                         DeviceId device, std::int64_t from_s, std::int64_t to_s)
    : m_rows(database.prepareOnce(selectFrom(table, quantities))), m_quantities(quantities.size()),
      m_limit(static_cast<std::int64_t>(kPageValues / (1 + kColumnsOfAQuantity * m_quantities))),
      m_from_s(from_s), m_failed(!m_rows) {
  m_rows.bind(1, device).bind(3, to_s).bind(4, m_limit);
}

bool WindowPages::next() {
  m_windows.clear();
  if (m_last || m_failed)
    return false;
  m_rows.bind(2, m_from_s);
  std::int64_t rows = 0;
  while (m_rows.next()) {
    ++rows;
    const std::int64_t start = m_rows.second(0);
    if (start < m_from_s) { // there is no such time, or the table is damaged
      m_last = true;
      break;
    }
    m_from_s = start + 1;
    for (std::size_t q = 0; q < m_quantities; ++q) {
      const int column = 1 + kColumnsOfAQuantity * static_cast<int>(q);
      if (const std::int64_t count = m_rows.count(column); count > 0)
        m_windows.push_back(
            {q, start, count, m_rows.real(column + 1), m_rows.real(column + 2), m_rows.real(column + 3)});
    }
  }
  m_failed = m_rows.failed();
  m_last = m_last || rows < m_limit;
  m_rows.reset();
  return !m_failed;
}

} // namespace meteorograph
