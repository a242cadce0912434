// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// The words of a field's name in lower case: "HumidityRatio" and "humidity-ratio" are {humidity,
/// ratio}, "CO2" is {co2}, "pH" is {ph}. Letters of every script are kept, subscript digits become
/// digits, all other characters separate words. The name must be valid UTF-8.
std::vector<std::string> wordsOf(std::string_view name);

/// The words put together, for comparing names: "Date Time" and "date_time" are "datetime".
std::string plainName(std::string_view name);

/// Latin letters in lower case without their accents, `ß` as `ss`; accents of their own are left out.
std::string withoutAccents(std::string_view text);

/// A name for a quantity: never empty, never starting with a digit, at most kMaxNameBytes long.
std::string snakeCase(std::string_view name);
inline constexpr std::size_t kMaxNameBytes = 100; ///< longer ones are unreadable in any table

} // namespace meteorograph
