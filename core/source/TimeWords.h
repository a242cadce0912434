// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// ASCII and the Western European letters (in UTF-8) in lower case.
std::string lowerWord(std::string_view word);

/// 1 to 12 for a month's name in English, German, French, Spanish, Italian, Dutch or Portuguese, short
/// or in full; 0 for other words. All take lower case.
int monthFromWord(std::string_view word);
bool isWeekday(std::string_view word);

/// What the usual abbreviations of zones (`utc`, `cest`, `pst`) mean, east of UTC; nothing for others.
std::optional<TimeUs> offsetFromWord(std::string_view word);

} // namespace meteorograph
