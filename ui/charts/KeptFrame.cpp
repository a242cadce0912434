// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/KeptFrame.h"

#include <utility>

namespace meteorograph::ui {

bool KeptFrame::isSame(FrameKey next) {
  if (next == m_key)
    return true;
  m_key = std::move(next);
  picture = {};
  return false;
}

} // namespace meteorograph::ui
