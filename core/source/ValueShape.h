// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/TimeReader.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace meteorograph {

/// What a value of a table looks like, whatever its column is called.
enum class ValueShape : std::uint8_t { Missing, Number, Time, Text };
ValueShape shapeOfValue(std::string_view value);

/// `13.6`: '.'; `13,6`: ','; '\0' for anything else, whole numbers too.
char decimalOf(std::string_view value);

/// How many values of a line look like what.
struct LineShape {
  std::size_t values = 0;
  std::size_t filled = 0; ///< up to the last that is not empty
  std::size_t numbers = 0;
  std::size_t times = 0;
  std::size_t texts = 0;

  std::size_t shown() const { return numbers + times + texts; }
  bool onlyNumbers() const { return times + texts == 0 && numbers > 1; }
};
LineShape shapeOfLine(std::span<const std::string> values);

/// Delimiters alone: what some programs pad their lines with.
bool isPadding(std::string_view value);

/// `Smp`, `Avg`: how a logger took its values, and no unit.
bool isAggregate(std::string_view value);

/// `(°C)`, `degC`, `Smp`: most values of the line are units, or what loggers write in the same place.
bool isLineOfUnits(std::span<const std::string> values);

} // namespace meteorograph
