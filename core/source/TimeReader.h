// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meteorograph {

/// Reads times as sensors write them: ISO 8601 (see parseIsoTime()) or a count of seconds,
/// milliseconds, microseconds or nanoseconds since 1970, told apart by magnitude. Remembers the last
/// date, since successive readings share it. One a parser, on its thread.
class TimeReader {
public:
  struct Reading {
    TimeUs time_us = 0;
    std::uint8_t flags = 0; ///< kRepeatedHour, kMissingHour
  };
  /// A text and the format that its mapping gives it, or none.
  struct Part {
    std::string_view text;
    std::string_view format;
  };
  /// Any time that can be told from the text alone.
  std::optional<Reading> read(std::string_view text);
  /// Several parts of one time, in the mapping's order.
  std::optional<Reading> read(std::span<const Part> parts);
  /// The same as read(text), without its flags.
  std::optional<TimeUs> readUs(std::string_view text);

private:
  std::optional<TimeUs> readAny(std::string_view text);
  std::optional<TimeUs> readCommonIso(std::string_view text);
  bool rememberDate(std::string_view date);

  char m_date[10] = {};
  TimeUs m_dayStart = kNoTime;
};

/// The epoch count alone. Counts below 100,000,000 (1973 as seconds) are uptimes or dates in digits.
std::optional<TimeUs> parseEpochTime(std::string_view text);

/// `18:00`, `7:05:30.25`: a time of day that waits for its date.
bool isTimeOfDay(std::string_view text);

/// For tables without names: an ISO date with a time, or an epoch count of the years 2000 to 2100.
bool looksLikeTime(std::string_view text);

} // namespace meteorograph
