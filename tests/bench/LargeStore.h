// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/SampleStore.h"

namespace meteorograph::bench {

/// A store whose silver and rollups are large: 25 million windows of ten devices at 1 Hz (quick
/// 200,000; full 100 million), without the readings behind them, as retention leaves it. Written
/// straight into the tables, once a run.
SampleStore largeStore(const Run &run);

} // namespace meteorograph::bench
