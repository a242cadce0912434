// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <utility>
#include <vector>

namespace meteorograph::bench {

/// Runs from its making on.
class Clock {
public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  }
  double milliseconds() const { return seconds() * 1e3; }

private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Adds the time that the work takes to `seconds`, and gives what the work gives.
template <class Work> decltype(auto) timed(double &seconds, Work &&work) {
  struct Adder {
    double &sum;
    Clock clock;
    ~Adder() { sum += clock.seconds(); }
  } adder{seconds, {}};
  return std::forward<Work>(work)();
}

/// The value below which the share of all values lies; `values` must not be empty.
double quantile(std::vector<double> values, double share);
inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

/// Runs two measurements `rounds` times, in turn, each going first every other time, so that what
/// the machine does besides falls on both alike.
template <class First, class Second> void alternate(int rounds, First &&first, Second &&second) {
  for (int round = 0; round < rounds; ++round) {
    if (round % 2 == 0)
      first();
    second();
    if (round % 2 == 1)
      first();
  }
}

} // namespace meteorograph::bench
