// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/model/Time.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

namespace meteorograph {

/// What `meteorograph simulate` and the demo write.
struct SimulatorOptions {
  std::string folder; ///< created when absent
  int devices = 3;
  double rate_hz = 1;                    ///< of each device
  std::optional<double> duration_s = 60; ///< absent: for ever
  double late_fraction = 0;              ///< 0 to 1
  double bad_fraction = 0;               ///< 0 to 1
  std::uint64_t seed = 1;
  TimeUs start_us = 1'704'067'200 * kSecond; ///< 2024-01-01T00:00:00Z; only with `fast`
  bool fast = false;                         ///< do not sleep; bytes depend on the options alone
};

struct SimulatorReport {
  std::int64_t readings = 0; ///< good lines, late ones included
  std::int64_t late = 0;
  std::int64_t bad = 0;
  std::int64_t files = 0;
};

/// Writes NDJSON in the shape that Azure Stream Analytics gives to the Raspberry Pi web simulator's
/// messages, plus pressure, into rolled files. Blocks until done or until `stop` is set (answered
/// within 200 ms); the current file is then closed with whole lines only.
///
/// At each of the ticks (those of 0, 1/rate, 2/rate … seconds that lie before the duration's end)
/// every device writes exactly one line, so that there are devices × rate × duration lines. Of all
/// lines the given fractions are late readings and bad lines, at random places; their number is the
/// fraction rounded to a whole line (for ever: each line by chance). A late one lies 10 min 1 s to 1 h
/// behind the newest written for its device and is never a device's first; a bad one is a single line
/// of no JSON, and never the first of a file.
///
/// Files are `YYYY/MM/DD/HH/YYYY-MM-DDThh-mm-ss.ffffffZ.json` below the folder, named by their first
/// tick: a new one each full ten minutes (live: each full minute) and at 4 MiB. A file of that name
/// is overwritten.
Result<SimulatorReport> simulate(const SimulatorOptions &options, const std::atomic<bool> &stop);

} // namespace meteorograph
