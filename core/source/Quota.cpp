// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Quota.h"

#include <cmath>

namespace meteorograph {

namespace {
constexpr std::int64_t kBillion = 1'000'000'000;
} // namespace

Quota::Quota(double share, std::optional<std::int64_t> candidates)
    : m_endless(!candidates),
      m_wanted(std::llround(share * static_cast<double>(candidates.value_or(kBillion)))),
      m_remaining(candidates.value_or(kBillion)) {}

bool Quota::take(Random &random, bool fit) {
  const bool chosen = m_wanted > 0 && m_remaining > 0 && random.below(m_remaining) < m_wanted && fit;
  if (!m_endless) {
    --m_remaining;
    m_wanted -= chosen ? 1 : 0;
  }
  return chosen;
}

} // namespace meteorograph
