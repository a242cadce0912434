// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/DamagedTable.h"

#include <algorithm>

namespace meteorograph {

namespace {
/// A gap that is no wider is left: a page of readings holds more.
constexpr std::int64_t kLeastGap = 32;
constexpr std::int64_t kLastKey = INT64_MAX - 1; // it has a next one
/// A wrong key may make a gap as wide as keys can be: it is looked through in no more parts, within a second.
constexpr std::int64_t kMostParts = 4096;
} // namespace

DamagedTable::DamagedTable(Database &database, std::string table, std::vector<std::string> columns,
                           std::string key, std::string condition)
    : m_database(database), m_table(std::move(table)), m_columns(quotedName(key)), m_key(quotedName(key)),
      m_condition(std::move(condition)) {
  for (const std::string &column : columns)
    m_columns += ", " + quotedName(column);
  const std::string range = select(m_columns) + " BETWEEN ?1 AND ?2 ORDER BY " + m_key;
  m_upwards = m_database.prepare(range);
  m_downwards = m_database.prepare(range + " DESC");
  m_last =
      m_database.prepare(select(m_key) + " > ?1 AND " + m_key + " <= ?2 ORDER BY " + m_key + " DESC LIMIT 1");
}

std::string DamagedTable::select(const std::string &columns) const {
  return "SELECT " + columns + " FROM " + quotedName(m_table) + " WHERE " + m_condition + " AND " + m_key;
}

/// `reached`: the last key that was handed over; unchanged where none was.
DamagedTable::End DamagedTable::run(std::int64_t first, std::int64_t last, bool upwards, const Row &row,
                                    std::int64_t &reached) {
  Statement &rows = upwards ? m_upwards : m_downwards;
  rows.bind(1, first).bind(2, last);
  End end = End::Reached;
  while (end == End::Reached && rows.next()) {
    const std::int64_t key = rows.integer(0);
    if (key < first || key > last || (upwards ? key < reached : key > reached))
      end = End::Damaged; // out of its order
    else if (!row(rows))
      end = End::Refused;
    else
      reached = key;
  }
  if (end == End::Reached && rows.failed())
    end = End::Damaged;
  rows.reset();
  return end;
}

/// A wrong key ends a walk too soon, without any error.
bool DamagedTable::isAbove(std::int64_t key, std::int64_t last) {
  const bool above = m_last.bind(1, key).bind(2, last).next() && m_last.integer(0) > key;
  m_last.reset();
  return above;
}

void DamagedTable::addGap(std::int64_t first, std::int64_t last) {
  if (!m_gaps.empty() && m_gaps.back().last + 1 == first)
    m_gaps.back().last = last;
  else
    m_gaps.push_back({first, last});
}

bool DamagedTable::read(std::int64_t first, std::int64_t last, const Row &row) {
  return read(first, last, 0, row);
}

/// `least`: a gap that is no wider is left; 0: the first one says how wide.
bool DamagedTable::read(std::int64_t first, std::int64_t last, std::int64_t least, const Row &row) {
  if (first > last)
    return true;
  std::int64_t low = first - 1;
  End end = run(first, last, true, row, low);
  if (end == End::Refused || (end == End::Reached && !isAbove(low, last)))
    return end != End::Refused;
  std::int64_t high = last + 1;
  end = run(low + 1, last, false, row, high);
  if (end != End::Damaged)
    return end != End::Refused;
  const std::int64_t gap = high - low - 1;
  least = std::max({least, kLeastGap, least == 0 ? gap / kMostParts : 0});
  if (gap <= least) {
    addGap(low + 1, high - 1);
    return true;
  }
  const std::int64_t middle = low + (high - low) / 2;
  return read(low + 1, middle, least, row) && read(middle + 1, high - 1, least, row);
}

/// Some key behind which nothing can be read: where the last page is damaged, the next power of two behind
/// what can be found by jumps.
std::int64_t DamagedTable::bound() {
  Statement last = m_database.prepareOnce(select(m_key) + " >= 0 ORDER BY " + m_key + " DESC LIMIT 1");
  if (last.next())
    return std::min(last.integer(0), kLastKey);
  if (!last.failed())
    return 0;
  std::int64_t found = 0;
  Statement next = m_database.prepareOnce(select(m_key) + " >= ?1 ORDER BY " + m_key + " LIMIT 1");
  for (int power = 0; power < 40; ++power) {
    if (next.bind(1, std::int64_t{1} << power).next())
      found = std::clamp(next.integer(0), found, kLastKey / 2);
    next.reset();
  }
  return found * 2;
}

bool DamagedTable::readAll(const Row &row) {
  const std::int64_t last = bound();
  if (last == 0) {
    Statement any = m_database.prepareOnce(select(m_key) + " >= 0 LIMIT 1");
    if (!any.next() && any.failed())
      addGap(0, INT64_MAX);
    return true;
  }
  return read(0, last, row);
}

} // namespace meteorograph
