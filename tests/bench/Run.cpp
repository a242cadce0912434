// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Run.h"

#include "tests/bench/Clock.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace meteorograph::bench {

namespace {

/// Four significant digits: what lies behind them differs from run to run.
double rounded(double value) {
  if (value == 0 || !std::isfinite(value))
    return value;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
  return unit >= 1 ? std::round(value / unit) * unit : std::round(value / unit) / std::round(1 / unit);
}

} // namespace

void require(bool condition, const std::string &what) {
  if (!condition)
    throw Failure(what);
}

bool Run::wants(const Figure &figure) const {
  return figure.smallest <= m_size && (m_only.empty() || m_only.contains(figure.name));
}

void Run::tell(const Figure &figure, const std::vector<double> &values,
               const std::vector<double> &limits) const {
  tell(figure, median(values), limits.empty() ? 0 : median(limits), values);
}

void Run::tell(const Figure &figure, double value, double limit, const std::vector<double> &rounds) const {
  if (!wants(figure))
    return;
  nlohmann::ordered_json line{{"name", figure.name}, {"value", rounded(value)}, {"unit", figure.unit}};
  if (isQuick())
    line["quick"] = true;
  if (limit > 0) {
    line["limit"] = rounded(limit);
    line["limit_name"] = figure.limit_name;
    line["ratio"] = rounded(value / limit);
  }
  line["rounds"] = rounds.size();
  line["lowest"] = rounded(*std::min_element(rounds.begin(), rounds.end()));
  line["highest"] = rounded(*std::max_element(rounds.begin(), rounds.end()));
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

} // namespace meteorograph::bench
