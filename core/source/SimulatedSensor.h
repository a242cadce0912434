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

/// One BME280 in one place: a daily course, slow weather, a wandering of seconds to half an hour and
/// the sensor's noise, shown with the sensor's resolution (0.01 °C, 0.008 %RH, 0.18 Pa) and within
/// its limits. All but the noise depends on the time alone, so a late reading lies on the curve that
/// its neighbours drew. Reckons in whole numbers only: the same seed gives the same values on every
/// machine.
class SimulatedSensor {
public:
  explicit SimulatedSensor(std::uint64_t seed);

  /// What the sensor shows at that time. Only the noise differs from call to call.
  SimulatedValues read(TimeUs time_us);

private:
  Random m_random;
  std::int64_t m_temperature; ///< means of this place, in millionths of the unit
  std::int64_t m_humidity;
  std::int64_t m_pressure;
  std::int64_t m_amplitude; ///< of the daily course, in millionths of a °C
  TimeUs m_shift_us;        ///< how far this place's day and weather lag
  std::uint64_t m_temperatureSeed;
  std::uint64_t m_humiditySeed;
  std::uint64_t m_pressureSeed;
};

} // namespace meteorograph
