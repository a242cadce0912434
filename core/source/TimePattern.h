// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/TimeText.h"

#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// Reads times by a pattern as strptime() has it, but exactly: the whole text must match.
///
/// `%Y` four digits; `%m %d %e %H %I %M %S` one or two; `%y` two; `%j` the day of the year; `%f` a
/// fraction of any length, cut off behind microseconds; `%b %B %h` a month's name and `%a %A` a weekday
/// in any of the languages of TimeWords; `%p` AM or PM; `%z` an offset (`Z`, `+05:30`, `+0530`, `+05`);
/// `%Z` a usual abbreviation of a zone; `%s` whole seconds since 1970; `%F %D %T %R` as strptime(); `%%`.
/// A blank matches one or more blanks; any other character matches itself.
class TimePattern {
public:
  /// Nothing when the pattern holds anything else behind a `%`.
  static std::optional<TimePattern> compile(std::string_view pattern);
  std::optional<TimeText> read(std::string_view text) const;

private:
  explicit TimePattern(std::string pattern) : m_pattern(std::move(pattern)) {}
  std::string m_pattern; ///< with `%F` and the like spelt out
};

} // namespace meteorograph
