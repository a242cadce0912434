// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TimeReader.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace meteorograph {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Two digits, or 100 or more when they are none.
unsigned twoDigits(const char *at) {
  const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

struct EpochScale {
  double below; ///< exclusive bound of the magnitude
  TimeUs numerator;
  TimeUs denominator;
};
constexpr double kSmallestEpoch = 1e8;
constexpr EpochScale kEpochScales[] = {
    {1e11, kSecond, 1}, {1e14, kMillisecond, 1}, {1e17, 1, 1}, {9e18, 1, 1'000}};

const EpochScale *scaleOf(double magnitude) {
  if (!(magnitude >= kSmallestEpoch))
    return nullptr;
  for (const EpochScale &scale : kEpochScales)
    if (magnitude < scale.below)
      return &scale;
  return nullptr;
}

/// The digits behind the point in microseconds, exactly, where one whole unit is `unit` of them.
TimeUs fractionUs(std::string_view digits, TimeUs unit) {
  TimeUs sum = 0;
  for (std::size_t i = 0; i < digits.size() && unit >= 10; ++i) {
    unit /= 10;
    sum += unit * (digits[i] - '0');
  }
  return sum;
}

TimeUs floorDivide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

} // namespace

std::optional<TimeUs> parseEpochTime(std::string_view text) {
  std::int64_t whole = 0;
  const char *end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, whole);
  const std::string_view rest(stopped, static_cast<std::size_t>(end - stopped));
  if (error != std::errc{})
    return std::nullopt;
  const EpochScale *scale = scaleOf(std::abs(static_cast<double>(whole)));
  const bool exact = rest.empty() || (rest[0] == '.' && rest.find_first_not_of("0123456789", 1) == rest.npos);
  if (exact) {
    if (scale == nullptr)
      return std::nullopt;
    const TimeUs fraction = rest.empty() ? 0 : fractionUs(rest.substr(1), scale->numerator);
    const TimeUs time =
        scale->denominator > 1 ? floorDivide(whole, scale->denominator) : whole * scale->numerator;
    return whole < 0 ? time - fraction : time + fraction;
  }
  double value = 0; // 1.458117704e12
  const auto [stop, failed] = std::from_chars(text.data(), end, value);
  scale = failed == std::errc{} && stop == end ? scaleOf(std::abs(value)) : nullptr;
  if (scale == nullptr)
    return std::nullopt;
  return std::llround(value * static_cast<double>(scale->numerator) /
                      static_cast<double>(scale->denominator));
}

bool isTimeOfDay(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon > 2 || text.size() < colon + 3)
    return false;
  for (std::size_t i = 0; i < colon; ++i)
    if (!isDigit(text[i]))
      return false;
  return isDigit(text[colon + 1]) && isDigit(text[colon + 2]);
}

bool looksLikeTime(std::string_view text) {
  constexpr TimeUs kFrom = 946'684'800 * kSecond;
  constexpr TimeUs kTo = 4'102'444'800 * kSecond;
  if (text.size() > 10 && parseIsoTime(text))
    return true;
  const std::optional<TimeUs> time = parseEpochTime(text);
  return time && *time >= kFrom && *time < kTo;
}

std::optional<TimeReader::Reading> TimeReader::read(std::string_view text) {
  const std::optional<TimeUs> time = readAny(text);
  return time ? std::optional(Reading{*time, 0}) : std::nullopt;
}

std::optional<TimeReader::Reading> TimeReader::read(std::span<const Part> parts) {
  std::string text;
  for (const Part &part : parts)
    text.append(text.empty() ? "" : " ").append(part.text);
  return read(text);
}

std::optional<TimeUs> TimeReader::readUs(std::string_view text) { return readAny(text); }

std::optional<TimeUs> TimeReader::readAny(std::string_view text) {
  if (const std::optional<TimeUs> time = readCommonIso(text))
    return time;
  if (const std::optional<IsoTime> iso = parseIsoTime(text))
    return iso->time_us;
  return parseEpochTime(text);
}

bool TimeReader::rememberDate(std::string_view date) {
  const std::optional<IsoTime> day = parseIsoTime(date);
  if (!day)
    return false;
  std::memcpy(m_date, date.data(), sizeof m_date);
  m_dayStart = day->time_us;
  return true;
}

// `YYYY-MM-DDThh:mm:ss[.f…][Z]`, hot: once a time field, several a record.
std::optional<TimeUs> TimeReader::readCommonIso(std::string_view text) {
  if (text.size() < 19)
    return std::nullopt;
  const char *at = text.data();
  const bool known = m_dayStart != kNoTime && std::memcmp(at, m_date, sizeof m_date) == 0;
  if (!known && !rememberDate(text.substr(0, sizeof m_date)))
    return std::nullopt;
  const unsigned hour = twoDigits(at + 11);
  const unsigned minute = twoDigits(at + 14);
  const unsigned second = twoDigits(at + 17);
  if ((at[10] != 'T' && at[10] != ' ') || at[13] != ':' || at[16] != ':' || hour > 23 || minute > 59 ||
      second > 59)
    return std::nullopt;
  TimeUs time = m_dayStart + hour * kHour + minute * kMinute + second * kSecond;
  std::size_t i = 19;
  if (i < text.size() && text[i] == '.') {
    const std::size_t first = ++i;
    TimeUs unit = kSecond / 10;
    for (; i < text.size() && isDigit(text[i]); ++i, unit /= 10)
      time += unit * (text[i] - '0');
    if (i == first)
      return std::nullopt;
  }
  const bool ends = i == text.size() || (i + 1 == text.size() && text[i] == 'Z');
  return ends ? std::optional(time) : std::nullopt;
}

} // namespace meteorograph
