// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/SqliteReader.h"

#include "core/source/TextEncoding.h"

#include <charconv>
#include <cmath>

namespace meteorograph {

namespace {

constexpr std::size_t kPieceBytes = 262'144;
/// As our own stores call themselves in their header (core/store/Schema.h).
constexpr std::int64_t kOwnApplicationId = 0x4d654731;

void appendNumber(std::string &text, double number) {
  char buffer[32];
  if (std::isfinite(number))
    text.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
  else
    text.append("null");
}

} // namespace

Result<void> SqliteReader::open() {
  Result<std::unique_ptr<ForeignDatabase>> opened = ForeignDatabase::open(path());
  if (!opened)
    return tl::unexpected(opened.error());
  ForeignDatabase &database = **opened;
  const bool own = database.integer("PRAGMA application_id") == kOwnApplicationId;
  std::optional<SensorTable> table = own ? std::nullopt : findSensorTable(database);
  if (std::optional<Error> failure = database.takeFailure())
    return tl::unexpected(std::move(*failure));
  if (own)
    m_refusal = "a store of this program, not sensor data; open it as a store";
  else if (!table)
    m_refusal = "a SQLite database without a table of readings (a time and numbers)";
  else
    m_table = std::move(*table);
  m_rows = database.prepare(m_table.query);
  m_database = std::move(*opened);
  return {};
}

Result<void> SqliteReader::produce(std::string &text) {
  if (!m_database)
    if (Result<void> opened = open(); !opened)
      return opened;
  if (!m_refusal.empty())
    return {};
  m_rows.restart(m_last);
  bool ordered = true; // but in a damaged file
  while (text.size() < kPieceBytes && m_rows.next() && (ordered = m_rows.integer(0) > m_last)) {
    m_last = m_rows.integer(0);
    appendRow(text);
  }
  m_rows.reset();
  std::optional<Error> failure = m_database->takeFailure();
  if (!text.empty())
    return {}; // what is wrong shows again
  if (failure)
    return tl::unexpected(std::move(*failure));
  return ordered ? Result<void>() : damaged("its rows are out of order");
}

void SqliteReader::appendRow(std::string &text) const {
  char separator = '{';
  for (std::size_t i = 0; i < m_table.keys.size(); ++i) {
    const int column = static_cast<int>(i) + 1;
    const bool blob = !m_rows.isInteger(column) && !m_rows.isReal(column) && !m_rows.isText(column) &&
                      !m_rows.isNull(column);
    if (blob)
      continue;
    text.push_back(std::exchange(separator, ','));
    text.append(m_table.keys[i]).push_back(':');
    if (m_rows.isInteger(column))
      text.append(std::to_string(m_rows.integer(column)));
    else if (m_rows.isReal(column))
      appendNumber(text, m_rows.real(column));
    else if (m_rows.isText(column))
      appendJsonString(text, toUtf8(m_rows.text(column)));
    else
      text.append("null");
  }
  text.append(separator == '{' ? "{}\n" : "}\n");
}

} // namespace meteorograph
