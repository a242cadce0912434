// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace meteorograph {

/// A unit as a file states it. Those that we turn into a canonical one (°C, %RH, hPa) are told
/// apart; any other known one is only a text beside the quantity.
struct Unit {
  enum class Kind {
    Unknown,
    Celsius,
    Fahrenheit,
    Kelvin,
    Percent,
    HectoPascal,
    Pascal,
    KiloPascal,
    MmHg,
    InHg,
    Other
  };
  Kind kind = Kind::Unknown;
  std::string text; ///< as shown to people: "°C", "ppm"; empty when unknown

  bool isTemperature() const {
    return kind == Kind::Celsius || kind == Kind::Fahrenheit || kind == Kind::Kelvin;
  }
  bool isPressure() const { return kind >= Kind::HectoPascal && kind <= Kind::InHg; }
  bool operator==(const Unit &) const = default;
};

/// What stands in a header's brackets, a name's last word or a sibling field; Unknown for other text.
Unit unitFromText(std::string_view text);
/// The same, but only what is safe as the last word of a name: `temp_c`, `pressure_hpa`.
Unit unitFromWord(std::string_view word);
Unit unitOf(Unit::Kind kind);

/// °C for temperatures, hPa for pressures; other values stay as they are.
double toCanonical(double value, Unit::Kind from);

/// A file that does not state its pressure's unit: what its first value looks like. The magnitudes do
/// not overlap at any place where people live; what fits none (the web simulator writes 10 to 12) is
/// taken as hPa.
Unit::Kind guessPressureUnit(double first_value);
/// The same for temperatures: what no room and no weather has in °C is in K. (°F cannot be told.)
Unit::Kind guessTemperatureUnit(double first_value);

} // namespace meteorograph
