// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"
#include "core/source/Random.h"

#include <cstdint>

namespace meteorograph {

/// What the sensor shows, in whole steps of the last digit printed.
struct SimulatedValues {
  std::int64_t temperature_e2 = 0; ///< 0.01 °C
  std::int64_t humidity_e3 = 0;    ///< 0.001 %RH, a multiple of 8
  std::int64_t pressure_e4 = 0;    ///< 0.0001 hPa, a multiple of 18
};

/// One BME280 in one place: a daily course, slow weather, a wandering of some minutes and the
/// sensor's noise, shown with the sensor's resolution (0.01 °C, 0.008 %RH, 0.18 Pa) and within its
/// limits. Reckons in whole numbers only, so the same seed gives the same values on every machine.
class SimulatedSensor {
public:
  /// `interval_us`: time between two calls of read().
  SimulatedSensor(std::uint64_t seed, TimeUs interval_us);

  /// The next reading. `time_us` may step back for a late record.
  SimulatedValues read(TimeUs time_us);

private:
  /// A deviation that wanders around zero and forgets itself within some minutes.
  class Wander {
  public:
    Wander(std::int64_t sigma_micro, TimeUs interval_us);
    std::int64_t step(Random &random); ///< in millionths

  private:
    std::int64_t m_keepPpb; ///< what is kept of the deviation from one reading to the next
    std::int64_t m_stepNano;
    std::int64_t m_nano = 0;
  };

  Random m_random;
  std::int64_t m_temperature; ///< means of this place, in millionths of the unit
  std::int64_t m_humidity;
  std::int64_t m_pressure;
  std::int64_t m_amplitude; ///< of the daily course, in millionths of a °C
  TimeUs m_shift_us;        ///< how far this place's day and weather lag
  Wander m_temperatureWander;
  Wander m_humidityWander;
  Wander m_pressureWander;
};

} // namespace meteorograph
