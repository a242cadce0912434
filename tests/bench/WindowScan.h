// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"
#include "core/store/Database.h"

#include <string>

namespace meteorograph::bench {

/// Reads windows of one level by a bare SELECT, every column of the first of temperature, humidity and
/// pressure, and does nothing with them: what SQLite alone needs for the rows.
class WindowScan {
public:
  /// `step_us`: which level, 1 s for silver.
  WindowScan(const std::string &store, TimeUs step_us, int quantities = 3);
  /// Windows of the devices 1 to `devices` that start in [from, to).
  std::int64_t run(int devices, TimeUs from, TimeUs to);

private:
  Database m_database;
  Statement m_select;
  int m_columns;
};

} // namespace meteorograph::bench
