// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// A point in time or a duration: microseconds, UTC, since 1970-01-01T00:00:00Z. Negative before.
using TimeUs = std::int64_t;

inline constexpr TimeUs kNoTime = std::numeric_limits<TimeUs>::min();
inline constexpr TimeUs kMillisecond = 1'000;
inline constexpr TimeUs kSecond = 1'000'000;
inline constexpr TimeUs kMinute = 60 * kSecond;
inline constexpr TimeUs kHour = 60 * kMinute;
inline constexpr TimeUs kDay = 24 * kHour;

/// Times outside of these are no sensor's: years 0001 to 9999, what ISO 8601 writes in four digits.
inline constexpr TimeUs kEarliestTime = -62'135'596'800 * kSecond;
inline constexpr TimeUs kLatestTime = 253'402'300'799 * kSecond;

/// The wall clock, replaceable in tests. May be called from any thread.
using WallClock = std::function<TimeUs()>;
TimeUs wallClockNow();

/// Largest multiple of `step` that is not after `time`; right below zero too.
constexpr TimeUs floorTo(TimeUs time, TimeUs step) {
  const TimeUs rest = time % step;
  return rest < 0 ? time - rest - step : time - rest;
}

/// Microseconds of a civil UTC date; `month` 1 to 12, `day` 1 to 31, not checked.
TimeUs civilDayStart(int year, int month, int day);

/// Reads ISO 8601: `YYYY-MM-DD`, then optionally `T` or a space and `hh:mm[:ss[.f…]]`, then
/// optionally `Z`, ` UTC`, `±hh:mm`, `±hhmm` or `±hh`. Any number of fractional digits (`.` or `,`);
/// those beyond microseconds are cut off, never rounded. A time without a zone is UTC; `zoned` tells.
/// Leap second 60 becomes the next second. Nothing on any other text.
struct IsoTime {
  TimeUs time_us = 0;
  bool zoned = false;
};
std::optional<IsoTime> parseIsoTime(std::string_view text);

/// `2024-01-01T00:00:00.000000Z`, always with six fractional digits.
std::string formatIsoTime(TimeUs time);
/// The same into a buffer of at least 28 characters; returns the length written.
int formatIsoTime(TimeUs time, char *buffer);

/// Reads a time as a person gives it: ISO 8601 (naive = UTC), `now`, `now-6h`, `now+30s`; units
/// s, m, h, d, w. Nothing on any other text.
std::optional<TimeUs> parseTimeExpression(std::string_view text, TimeUs now);

} // namespace meteorograph
