// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SpanLanes.h"

namespace meteorograph::ui {

/// On for `dash`, off for `gap`, from length 0 on and for ever.
class DashPattern {
public:
  DashPattern(float dash, float gap) : m_dash(dash), m_period(dash + gap), m_perPeriod(1 / (dash + gap)) {}

  /// How much of [0, at] is on.
  Floats onUntil(Floats at) const {
    at = greater(at, Floats{});
    const Floats periods = floats(whole(at * m_perPeriod));
    return periods * m_dash + lesser(at - periods * m_period, floats(m_dash));
  }

  /// Which part of [from, to] is on, 0 to 1; to > from.
  Floats shareOn(Floats from, Floats to) const { return (onUntil(to) - onUntil(from)) / (to - from); }

private:
  float m_dash;
  float m_period;
  float m_perPeriod;
};

} // namespace meteorograph::ui
