// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace meteorograph {

/// The tables of windows, finest first: silver, then the rollups, each the aggregate of the one
/// before it. A day is a day in UTC.
struct Level {
  std::int64_t step_s;
  const char *table;
};
inline constexpr std::array<Level, 6> kLevels{{{1, "silver"},
                                               {10, "rollup_10s"},
                                               {60, "rollup_60s"},
                                               {600, "rollup_600s"},
                                               {3600, "rollup_3600s"},
                                               {86400, "rollup_1d"}}};

/// Hours of bronze runs: epoch hours, right below zero too.
constexpr std::int64_t kRunSeconds = 3600;

} // namespace meteorograph
