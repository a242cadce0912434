// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/Run.h"

#include "core/model/Time.h"

namespace meteorograph::bench {

/// A store of readings of temperature, humidity and pressure, one each interval without a gap, made
/// once a run by StoreWriter. Devices have the ids 1 to n, the quantities 1 to 3.
struct SampleStore {
  std::string path;
  int devices = 0;
  TimeUs from_us = 0;
  TimeUs to_us = 0;
  TimeUs interval_us = kSecond;
};
SampleStore sampleStore(const Run &run, int devices, int days, TimeUs interval = kSecond);

} // namespace meteorograph::bench
