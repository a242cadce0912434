// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/WindowScan.h"

#include "tests/bench/Run.h"

#include "core/model/Quantity.h"
#include "core/store/Levels.h"

#include <array>
#include <span>

namespace meteorograph::bench {

namespace {

constexpr int kColumnsOfAQuantity = 4;

std::string selectFrom(TimeUs step_us, int quantities) {
  static constexpr std::array kNames{kTemperature, kHumidity, kPressure};
  std::string sql = "SELECT start_s";
  for (const std::string_view quantity : std::span(kNames).first(static_cast<std::size_t>(quantities)))
    for (const char *of : {"_count", "_sum", "_min", "_max"})
      sql += ", " + std::string(quantity) + of;
  for (const Level &level : kLevels)
    if (level.step_s * kSecond == step_us)
      return sql + " FROM " + level.table +
             " WHERE device_id = ? AND start_s >= ? AND start_s < ? ORDER BY start_s";
  throw Failure("there is no level of windows of this length");
}

} // namespace

WindowScan::WindowScan(const std::string &store, TimeUs step_us, int quantities)
    : m_database(require(Database::open(store, Database::Mode::ReadOnly))),
      m_select(m_database.prepare(selectFrom(step_us, quantities))),
      m_columns(1 + quantities * kColumnsOfAQuantity) {}

std::int64_t WindowScan::run(int devices, TimeUs from, TimeUs to) {
  std::int64_t rows = 0;
  volatile double sink = 0;
  for (std::int64_t device = 1; device <= devices; ++device) {
    m_select.bind(1, device).bind(2, from / kSecond).bind(3, to / kSecond);
    for (; m_select.next(); ++rows)
      for (int column = 0; column < m_columns; ++column)
        sink = sink + m_select.real(column);
  }
  return rows;
}

} // namespace meteorograph::bench
