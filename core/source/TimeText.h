// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <optional>
#include <string_view>

namespace meteorograph {

/// What a text says of a time: a date, a time of day, an offset from UTC, each if it is there. A plain
/// value, so that several texts can be put together.
struct TimeText {
  int year = 0; ///< 0: no date
  int month = 0;
  int day = 0;
  /// `03/04/2024`: `month` holds the first number and `day` the second, and which is which is not said.
  bool order_open = false;
  bool two_digit_year = false;
  std::optional<TimeUs> of_day; ///< up to and including 24 h
  std::optional<TimeUs> offset; ///< east of UTC
  bool twelve_hours = false;    ///< it says AM or PM

  bool hasDate() const { return year != 0; }
};

/// Reads what people and instruments write: `dd.MM.yyyy HH:mm:ss`, `MM/dd/yy hh:mm:ss AM`, `yyyy/MM/dd`,
/// `07 Feb 2024`, `Wed, 7 Feb 2024 18:18:25 +0100`, `yyyyMMddHHmmss`, `18.00.00`, with fractions of any
/// length (`.` or `,`; cut off behind microseconds), AM and PM, `Z`, `UTC`, `GMT+2`, `+05:30`. A number
/// alone is a date only with 8, 10, 12, 14 or 17 digits. Nothing when any part of the text is not understood
/// or out of range; that a month has the day is not checked.
std::optional<TimeText> parseTimeText(std::string_view text);

/// The digits behind the point in microseconds, exactly, where one whole unit is `unit` of them.
TimeUs fractionUs(std::string_view digits, TimeUs unit);

/// Start of the day, or nothing where the calendar has no such day. Heeds no `order_open`.
std::optional<TimeUs> dayStartOf(int year, int month, int day);

/// The four digits of a year that was written in two: 69 to 99 are of the last century.
int fullYear(int two_digits);

/// `Z`, `UTC`, `GMT-05:00`, `UTC+2`, `+0530`: microseconds east of UTC.
std::optional<TimeUs> offsetFromText(std::string_view text);

} // namespace meteorograph
