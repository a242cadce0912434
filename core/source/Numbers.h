// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/Units.h"

#include <optional>
#include <string_view>

namespace meteorograph {

/// A number as people and programs write it, and the unit behind it.
struct WrittenNumber {
  double value = 0;
  Unit unit;          ///< of "23.5 °C" or "45%"; Unknown for a bare number
  bool comma = false; ///< its decimal sign is a comma, though the file's is a point
};

/// A finite number that is the whole text but for blanks, with a decimal point. The common case, hot.
std::optional<double> readPlainNumber(std::string_view text);

/// The same for the way in which numbers mostly are written: digits and perhaps a sign and a decimal
/// sign, no blanks, no exponent, and few enough to be exact at once. Nothing for any other text. Hotter.
std::optional<double> readUsualNumber(std::string_view text, char decimal);

/// Any finite number: with the file's decimal sign, or with a comma that can be nothing else (a comma
/// before three digits may part thousands), and with a known unit behind it.
std::optional<WrittenNumber> readWrittenNumber(std::string_view text, char decimal);

/// What files write where there is no value: nothing, `nan`, `null`, `N/A`, dashes.
bool isAbsentText(std::string_view text);

} // namespace meteorograph
