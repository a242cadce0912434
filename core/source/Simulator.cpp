// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Simulator.h"

#include "core/source/Simulation.h"

#include <filesystem>
#include <system_error>

namespace meteorograph {

namespace {

constexpr int kMaxDevices = 100'000;
constexpr double kMinRate = 1e-6;
constexpr double kMaxRate = 100'000; ///< readings of a device stay some microseconds apart
constexpr double kMaxDuration = 1e10;
constexpr double kMaxLines = 1e15;

bool isFraction(double value) { return value >= 0 && value <= 1; }

const char *whatIsWrong(const SimulatorOptions &options) {
  if (options.folder.empty())
    return "the simulator needs a folder to write to";
  if (options.devices < 1 || options.devices > kMaxDevices)
    return "the number of devices must be 1 to 100000";
  if (!(options.rate_hz >= kMinRate && options.rate_hz <= kMaxRate))
    return "the rate must be 0.000001 to 100000 Hz";
  const double duration = options.duration_s.value_or(0);
  if (!(duration >= 0 && duration <= kMaxDuration))
    return "the duration must be 0 to 10000000000 seconds";
  if (duration * options.rate_hz * options.devices > kMaxLines)
    return "the simulation must not have more than 10^15 lines";
  if (!isFraction(options.late_fraction) || !isFraction(options.bad_fraction))
    return "a fraction must be 0 to 1";
  if (options.late_fraction + options.bad_fraction > 1)
    return "the fractions of late and bad lines must not exceed 1 together";
  const double end_us = static_cast<double>(options.start_us) + duration * 1e6;
  if (options.fast && (options.start_us < kEarliestTime + kDay || end_us > static_cast<double>(kLatestTime)))
    return "the simulated time must lie between the years 1 and 9999";
  return nullptr;
}

} // namespace

Result<SimulatorReport> simulate(const SimulatorOptions &options, const std::atomic<bool> &stop) {
  if (const char *wrong = whatIsWrong(options))
    return fail(ErrorCode::Usage, wrong);
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error)
    return fail(ErrorCode::Unwritable, "cannot create the folder " + options.folder + ": " + error.message());
  return Simulation(options, options.fast ? options.start_us : wallClockNow()).run(stop);
}

} // namespace meteorograph
