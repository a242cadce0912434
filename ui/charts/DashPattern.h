// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace meteorograph::ui {

/// On for `dash`, off for `gap`, from length 0 on and for ever.
class DashPattern {
public:
  DashPattern(float dash, float gap) : m_dash(dash), m_period(dash + gap), m_perPeriod(1 / (dash + gap)) {}

  float period() const { return m_period; }

  /// How much of [0, at] is on.
  float onUntil(float at) const {
    at = std::max(at, 0.0F);
    const auto periods = static_cast<float>(static_cast<int>(at * m_perPeriod));
    return periods * m_dash + std::min(at - periods * m_period, m_dash);
  }

  /// Which part of [from, to] is on, 0 to 1; to > from.
  float shareOn(float from, float to) const { return (onUntil(to) - onUntil(from)) / (to - from); }

private:
  float m_dash;
  float m_period;
  float m_perPeriod;
};

} // namespace meteorograph::ui
