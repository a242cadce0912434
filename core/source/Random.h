// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace meteorograph {

/// A small pseudo-random generator (SplitMix64) whose numbers are the same on every machine, unlike
/// the distributions of the standard library. A value; for simulation, not for secrets.
class Random {
public:
  explicit Random(std::uint64_t seed) : m_state(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  /// 0 to bound − 1; `bound` > 0. Its bias is below bound ÷ 2^64.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
  }

  /// Bell-shaped around 0 with standard deviation `sigma`, never beyond 3.5 of it.
  std::int64_t bell(std::int64_t sigma) {
    const std::uint64_t bits = next();
    const auto part = [bits](int shift) { return static_cast<std::int64_t>(bits >> shift & 0xffff); };
    const std::int64_t sum = part(0) + part(16) + part(32) + part(48) - 2 * 65'535;
    return sum * sigma / kBellDeviation;
  }

private:
  static constexpr std::int64_t kBellDeviation = 37'837; ///< of a sum of four 16-bit numbers

  std::uint64_t m_state;
};

} // namespace meteorograph
