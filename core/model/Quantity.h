// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

using DeviceId = std::int64_t;
using QuantityId = std::int64_t;

/// Canonical names of the three quantities that the instrument is about, and their units.
inline constexpr std::string_view kTemperature = "temperature"; // °C
inline constexpr std::string_view kHumidity = "humidity";       // %RH
inline constexpr std::string_view kPressure = "pressure";       // hPa

/// A store holds at most so many quantities (a wide silver row has four columns for each, and
/// SQLite takes 2,000 columns a table); further ones stay in rescued data.
inline constexpr std::size_t kMaxQuantities = 400;

/// What marks a value as a likely fault of the sensor. Such values are marked, never dropped. NaN:
/// not checked.
struct QuantityLimits {
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  double spike = std::numeric_limits<double>::quiet_NaN(); ///< step up and back down (or down and up)
  std::int64_t flat_us = 0;                                ///< unchanged for so long; 0: not checked
};
/// Those of a BME280 for temperature (−40 to 85 °C), humidity (0 to 100 %RH) and pressure (300 to
/// 1100 hPa), by its data sheet; none for other quantities.
QuantityLimits defaultLimits(std::string_view quantity);

/// A quantity as the store knows it. `name` is snake_case, `unit` may be empty.
struct Quantity {
  QuantityId id = 0;
  std::string name;
  std::string unit;
  std::string column; ///< its column in bronze; silver has column_count, _sum, _min, _max
  QuantityLimits limits;
};

/// A device as the store knows it.
struct Device {
  DeviceId id = 0;
  std::string name;
};

} // namespace meteorograph
