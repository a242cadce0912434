// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/StepBack.h"

#include <unistd.h>

namespace meteorograph {

namespace {
// About a third of what a thread gets that did not step back: enough that a load ends, and that nobody
// waits long for a lock that is held meanwhile.
constexpr int kNiceness = 5;
} // namespace

void stepBack() {
  // On Linux niceness is a thread's own, and threads inherit it from the one that starts them.
  [[maybe_unused]] const int now = ::nice(kNiceness);
}

} // namespace meteorograph
