// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Units.h"

#include "core/source/TextEncoding.h"

#include <algorithm>
#include <cctype>

namespace meteorograph {

namespace {

using Kind = Unit::Kind;

struct Spelling {
  std::string_view text; ///< lower case, without blanks and degree signs
  Kind kind;
  std::string_view shown;
};

constexpr Spelling kSpellings[] = {
    {"c", Kind::Celsius, "°C"},
    {"degc", Kind::Celsius, "°C"},
    {"celsius", Kind::Celsius, "°C"},
    {"degcelsius", Kind::Celsius, "°C"},
    {"f", Kind::Fahrenheit, "°F"},
    {"degf", Kind::Fahrenheit, "°F"},
    {"fahrenheit", Kind::Fahrenheit, "°F"},
    {"k", Kind::Kelvin, "K"},
    {"kelvin", Kind::Kelvin, "K"},
    {"degk", Kind::Kelvin, "K"},
    {"%", Kind::Percent, "%"},
    {"%rh", Kind::Percent, "%"},
    {"%rf", Kind::Percent, "%"},
    {"%hr", Kind::Percent, "%"},
    {"%r.h.", Kind::Percent, "%"},
    {"%r.f.", Kind::Percent, "%"},
    {"percent", Kind::Percent, "%"},
    {"pct", Kind::Percent, "%"},
    {"rh%", Kind::Percent, "%"},
    {"hpa", Kind::HectoPascal, "hPa"},
    {"mbar", Kind::HectoPascal, "hPa"},
    {"mb", Kind::HectoPascal, "hPa"},
    {"millibar", Kind::HectoPascal, "hPa"},
    {"pa", Kind::Pascal, "Pa"},
    {"pascal", Kind::Pascal, "Pa"},
    {"kpa", Kind::KiloPascal, "kPa"},
    {"mmhg", Kind::MmHg, "mmHg"},
    {"torr", Kind::MmHg, "mmHg"},
    {"inhg", Kind::InHg, "inHg"},
    {"ppm", Kind::Other, "ppm"},
    {"ppb", Kind::Other, "ppb"},
    {"lux", Kind::Other, "lux"},
    {"lx", Kind::Other, "lux"},
    {"v", Kind::Other, "V"},
    {"mv", Kind::Other, "mV"},
    {"a", Kind::Other, "A"},
    {"ma", Kind::Other, "mA"},
    {"w", Kind::Other, "W"},
    {"kw", Kind::Other, "kW"},
    {"wh", Kind::Other, "Wh"},
    {"kwh", Kind::Other, "kWh"},
    {"w/m2", Kind::Other, "W/m²"},
    {"w/m²", Kind::Other, "W/m²"},
    {"wm-2", Kind::Other, "W/m²"},
    {"m/s", Kind::Other, "m/s"},
    {"km/h", Kind::Other, "km/h"},
    {"kph", Kind::Other, "km/h"},
    {"mph", Kind::Other, "mph"},
    {"mm", Kind::Other, "mm"},
    {"cm", Kind::Other, "cm"},
    {"m", Kind::Other, "m"},
    {"km", Kind::Other, "km"},
    {"mm/h", Kind::Other, "mm/h"},
    {"in", Kind::Other, "in"},
    {"deg", Kind::Other, "°"},
    {"degrees", Kind::Other, "°"},
    {"db", Kind::Other, "dB"},
    {"dba", Kind::Other, "dBA"},
    {"dbm", Kind::Other, "dBm"},
    {"g/m3", Kind::Other, "g/m³"},
    {"g/m**3", Kind::Other, "g/m³"},
    {"g/m³", Kind::Other, "g/m³"},
    {"g/kg", Kind::Other, "g/kg"},
    {"mmol/mol", Kind::Other, "mmol/mol"},
    {"µg/m3", Kind::Other, "µg/m³"},
    {"µg/m³", Kind::Other, "µg/m³"},
    {"ug/m3", Kind::Other, "µg/m³"},
    {"µg/m^3", Kind::Other, "µg/m³"},
    {"ug/m^3", Kind::Other, "µg/m³"},
    {"hz", Kind::Other, "Hz"},
    {"min", Kind::Other, "min"},
    {"s", Kind::Other, "s"},
    {"ms", Kind::Other, "ms"},
    {"µs/cm", Kind::Other, "µS/cm"},
    {"uv", Kind::Other, "UV"},
};

/// Units so short or so common as words that a name may end in them without meaning them.
constexpr std::string_view kNoWords[] = {"a",  "m", "s",   "v",  "w",  "in", "min",
                                         "uv", "k", "deg", "ma", "mb", "ms", "%"};

void replaceAll(std::string &text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string plainUnit(std::string_view text) {
  std::string plain(trimmed(text));
  replaceAll(plain, "\u2103", "c"); // the one-character °C and °F
  replaceAll(plain, "\u2109", "f");
  replaceAll(plain, "\u03BC", "\u00B5"); // Greek mu
  replaceAll(plain, "\u00B0", "");
  replaceAll(plain, "\u00BA", "");
  replaceAll(plain, " ", "");
  std::transform(plain.begin(), plain.end(), plain.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return plain;
}

} // namespace

Unit unitFromText(std::string_view text) {
  if (trimmed(text) == "\u00B0")
    return {Kind::Other, "°"};
  const std::string plain = plainUnit(text);
  for (const Spelling &spelling : kSpellings)
    if (spelling.text == plain)
      return {spelling.kind, std::string(spelling.shown)};
  return {};
}

Unit unitFromWord(std::string_view word) {
  if (std::find(std::begin(kNoWords), std::end(kNoWords), word) != std::end(kNoWords))
    return {};
  return unitFromText(word);
}

Unit unitOf(Kind kind) {
  for (const Spelling &spelling : kSpellings)
    if (spelling.kind == kind)
      return {kind, std::string(spelling.shown)};
  return {};
}

double toCanonical(double value, Kind from) {
  switch (from) {
  case Kind::Fahrenheit:
    return (value - 32) * 5 / 9;
  case Kind::Kelvin:
    return value - 273.15;
  case Kind::Pascal:
    return value / 100;
  case Kind::KiloPascal:
    return value * 10;
  case Kind::MmHg:
    return value * 1.33322387415; // 13.5951 g/cm³ · 9.80665 m/s² · 1 mm
  case Kind::InHg:
    return value * 33.8638866667;
  default:
    return value;
  }
}

Kind guessPressureUnit(double first_value) {
  if (first_value > 20'000)
    return Kind::Pascal;
  if (first_value >= 50 && first_value <= 120)
    return Kind::KiloPascal;
  if (first_value >= 25 && first_value <= 32)
    return Kind::InHg;
  return Kind::HectoPascal;
}

Kind guessTemperatureUnit(double first_value) {
  return first_value >= 220 && first_value <= 330 ? Kind::Kelvin : Kind::Celsius;
}

} // namespace meteorograph
