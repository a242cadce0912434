// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace meteorograph::ui {

/// On for `dash`, off for `gap`, from length 0 on and for ever.
struct DashPattern {
  float dash = 0;
  float gap = 0;

  float length() const { return dash + gap; }

  /// Which part of [from, to] is on, 0 to 1.
  float shareOn(float from, float to) const {
    if (to - from < 1e-4F)
      return onUntil(from + 1e-2F) > onUntil(from) ? 1.0F : 0.0F;
    return (onUntil(to) - onUntil(from)) / (to - from);
  }

private:
  float onUntil(float at) const {
    const float periods = std::floor(at / length());
    const float rest = at - periods * length();
    return periods * dash + (rest < dash ? rest : dash);
  }
};

} // namespace meteorograph::ui
