// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/Random.h"

#include <cstdint>
#include <optional>

namespace meteorograph {

/// Chooses a given share of a row of candidates at random places: of a known number of candidates
/// exactly round(share × number), as far as enough of them are fit; of an endless row each with the
/// share's probability.
class Quota {
public:
  Quota(double share, std::optional<std::int64_t> candidates);

  /// Is the next candidate chosen? One that is not fit never is, its place goes to a later one.
  bool take(Random &random, bool fit);

private:
  bool m_endless;
  std::int64_t m_wanted;    ///< still to be chosen; for an endless row the share, in billionths
  std::int64_t m_remaining; ///< candidates to come; for an endless row a billion
};

} // namespace meteorograph
