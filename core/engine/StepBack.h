// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace meteorograph {

/// Lets the calling thread, and those that it starts from now on, have less of the processor than others
/// where both want it, for good. For who opens an Engine beside a window: the engine's threads are started
/// by the one that opens it and by each other. A wish: where it is not granted, nothing changes.
void stepBack();

} // namespace meteorograph
