// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Clock.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::bench {

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (values[above] - values[below]) * (place - std::floor(place));
}

} // namespace meteorograph::bench
