// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/Quota.h"
#include "core/source/RollingFile.h"
#include "core/source/SimulatedLine.h"
#include "core/source/SimulatedSensor.h"
#include "core/source/Simulator.h"

#include <chrono>
#include <vector>

namespace meteorograph {

/// One run of the simulator. At each tick every device writes one line: mostly a reading, by the
/// given fractions a late reading or a bad line instead. Belongs to the thread that runs it.
class Simulation {
public:
  /// The options must have been checked. `start_us`: event time of the first tick.
  Simulation(const SimulatorOptions &options, TimeUs start_us);

  /// As simulate().
  Result<SimulatorReport> run(const std::atomic<bool> &stop);

private:
  struct SimulatedDevice {
    SimulatedSensor sensor;
    SimulatedLine line;
    TimeUs phase_us;            ///< its clock's constant lag
    TimeUs newest_us = kNoTime; ///< newest event time written
  };

  void makeDevices();
  TimeUs tickTime(std::int64_t tick) const;
  Result<void> writeTick(std::int64_t tick);
  void writeLine(SimulatedDevice &device, std::int64_t tick, TimeUs time_us);
  Result<void> rollFile(TimeUs time_us);
  Result<void> flush();
  Result<void> awaitTick(std::int64_t tick, const std::atomic<bool> &stop);
  void sleepUntil(TimeUs time_us, const std::atomic<bool> &stop) const;
  TimeUs now() const; ///< on the clock that ticks are due by

  const SimulatorOptions m_options;
  const TimeUs m_start_us;
  const std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
  const std::optional<std::int64_t> m_ticks; ///< absent: for ever
  const TimeUs m_interval_us;
  const TimeUs m_spread_us; ///< within which the devices' times of one tick lie
  Random m_random;
  Quota m_bad;
  Quota m_late;
  std::vector<SimulatedDevice> m_devices;
  RollingFile m_file;
  TimeUs m_file_span_us = kNoTime; ///< start of the span of time that the file belongs to
  std::string m_buffer;            ///< whole lines not yet in the file
  SimulatorReport m_report;
};

} // namespace meteorograph
