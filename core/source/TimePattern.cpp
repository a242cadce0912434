// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TimePattern.h"

#include "core/source/TextEncoding.h"
#include "core/source/TimeWords.h"

#include <charconv>

namespace meteorograph {

namespace {

constexpr std::string_view kDirectives = "YymdeHIMSfbBhaApjzZs%";

std::string_view spelledOut(char directive) {
  switch (directive) {
  case 'F':
    return "%Y-%m-%d";
  case 'D':
    return "%m/%d/%y";
  case 'T':
    return "%H:%M:%S";
  case 'R':
    return "%H:%M";
  default:
    return {};
  }
}

/// Takes a text apart along a pattern.
class PatternReader {
public:
  explicit PatternReader(std::string_view text) : m_rest(text) {}

  bool literal(char c) {
    if (c == ' ') {
      const std::size_t blanks = std::min(m_rest.find_first_not_of(" \t"), m_rest.size());
      m_rest.remove_prefix(blanks);
      return blanks > 0;
    }
    if (!m_rest.starts_with(c))
      return false;
    m_rest.remove_prefix(1);
    return true;
  }

  bool directive(char c) {
    switch (c) {
    case 'Y':
      return number(m_year, 4, 4, 1, 9999);
    case 'y':
      m_twoDigits = true;
      return number(m_year, 2, 2, 0, 99);
    case 'm':
      return number(m_month, 1, 2, 1, 12);
    case 'e':
    case 'd':
      if (c == 'e' && m_rest.starts_with(' '))
        m_rest.remove_prefix(1);
      return number(m_day, 1, 2, 1, 31);
    case 'j':
      return number(m_dayOfYear, 1, 3, 1, 366);
    case 'H':
      return number(m_hour, 1, 2, 0, 24);
    case 'I':
      return number(m_hour, 1, 2, 1, 12);
    case 'M':
      return number(m_minute, 1, 2, 0, 59);
    case 'S':
      return number(m_second, 1, 2, 0, 60);
    case 's':
      return epoch();
    case 'f':
      return fraction();
    case 'z':
      return offset();
    case '%':
      return literal('%');
    default:
      return word(c);
    }
  }

  std::optional<TimeText> result() const {
    if (!m_rest.empty())
      return std::nullopt;
    TimeText time;
    time.offset = m_offset;
    if (m_isEpoch)
      return atEpoch(time);
    if (!setDate(time) || !setClock(time))
      return std::nullopt;
    return time;
  }

private:
  bool number(int &into, std::size_t least, std::size_t most, int from, int to) {
    std::size_t size = 0;
    int value = 0;
    for (; size < most && size < m_rest.size() && isDigit(m_rest[size]); ++size)
      value = value * 10 + (m_rest[size] - '0');
    if (size < least || value < from || value > to)
      return false;
    m_rest.remove_prefix(size);
    into = value;
    return true;
  }

  bool fraction() {
    const std::size_t size = std::min(m_rest.find_first_not_of("0123456789"), m_rest.size());
    m_fraction = fractionUs(m_rest.substr(0, size), kSecond);
    m_rest.remove_prefix(size);
    return size > 0;
  }

  bool epoch() {
    std::int64_t seconds = 0;
    const auto [stopped, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), seconds);
    if (error != std::errc{} || seconds < kEarliestTime / kSecond || seconds > kLatestTime / kSecond)
      return false;
    m_rest.remove_prefix(static_cast<std::size_t>(stopped - m_rest.data()));
    m_isEpoch = true;
    m_epoch = seconds * kSecond;
    return true;
  }

  bool offset() {
    std::size_t size = 0;
    while (size < m_rest.size() && (isDigit(m_rest[size]) || m_rest[size] == ':' ||
                                    (size == 0 && std::string_view("+-Zz").find(m_rest[0]) != m_rest.npos)))
      ++size;
    m_offset = offsetFromText(m_rest.substr(0, size));
    m_rest.remove_prefix(size);
    return m_offset.has_value();
  }

  bool word(char c) {
    std::size_t size = 0;
    while (size < m_rest.size() && ((static_cast<unsigned char>(m_rest[size]) | 0x20) >= 'a'))
      ++size;
    const std::string word = lowerWord(m_rest.substr(0, size));
    m_rest.remove_prefix(size);
    if (c == 'b' || c == 'B' || c == 'h')
      return (m_month = monthFromWord(word)) != 0;
    if (c == 'Z')
      return (m_offset = offsetFromWord(word)).has_value();
    if (c != 'p')
      return isWeekday(word);
    m_half = word == "pm" || word == "p" ? 2 : 1;
    return word == "am" || word == "pm" || word == "a" || word == "p";
  }

  std::optional<TimeText> atEpoch(TimeText time) const {
    const TimeUs day = floorTo(m_epoch, kDay);
    const std::string date = formatIsoTime(day);
    time.year = std::stoi(date.substr(0, 4));
    time.month = std::stoi(date.substr(5, 2));
    time.day = std::stoi(date.substr(8, 2));
    time.of_day = m_epoch - day + m_fraction;
    time.offset = 0;
    return time;
  }

  bool setDate(TimeText &time) const {
    if (m_year < 0)
      return m_month == 0 && m_day == 0 && m_dayOfYear == 0;
    time.year = m_twoDigits ? fullYear(m_year) : m_year;
    time.two_digit_year = m_twoDigits;
    time.month = m_month == 0 ? 1 : m_month;
    time.day = m_day == 0 ? 1 : m_day;
    for (int rest = m_dayOfYear; rest > 0 && m_dayOfYear > 0; time.day = rest) {
      const auto start = dayStartOf(time.year, time.month, 1);
      const auto next = time.month < 12 ? dayStartOf(time.year, time.month + 1, 1) : std::nullopt;
      const int days = next ? static_cast<int>((*next - *start) / kDay) : 31;
      if (rest <= days) {
        time.day = rest;
        return true;
      }
      rest -= days;
      if (++time.month > 12)
        return false;
    }
    return true;
  }

  bool setClock(TimeText &time) const {
    if (m_hour < 0)
      return m_minute < 0 && m_second < 0;
    int hour = m_hour;
    time.twelve_hours = m_half != 0;
    if (m_half == 2 && hour < 12)
      hour += 12;
    else if (m_half == 1 && hour == 12)
      hour = 0;
    time.of_day =
        hour * kHour + std::max(m_minute, 0) * kMinute + std::max(m_second, 0) * kSecond + m_fraction;
    return hour < 24 || *time.of_day == kDay;
  }

  std::string_view m_rest;
  int m_year = -1;
  bool m_twoDigits = false;
  int m_month = 0;
  int m_day = 0;
  int m_dayOfYear = 0;
  int m_hour = -1;
  int m_minute = -1;
  int m_second = -1;
  int m_half = 0; ///< 1: before noon, 2: after
  TimeUs m_fraction = 0;
  bool m_isEpoch = false;
  TimeUs m_epoch = 0;
  std::optional<TimeUs> m_offset;
};

} // namespace

std::optional<TimePattern> TimePattern::compile(std::string_view pattern) {
  std::string plain;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == ' ' && plain.ends_with(' '))
      continue;
    plain.push_back(c);
    if (c != '%')
      continue;
    if (++i == pattern.size())
      return std::nullopt;
    if (const std::string_view longer = spelledOut(pattern[i]); !longer.empty())
      plain.replace(plain.size() - 1, 1, longer);
    else if (kDirectives.find(pattern[i]) != kDirectives.npos)
      plain.push_back(pattern[i]);
    else
      return std::nullopt;
  }
  if (plain.find('%') == plain.npos)
    return std::nullopt;
  return TimePattern(std::move(plain));
}

std::optional<TimeText> TimePattern::read(std::string_view text) const {
  PatternReader reader(trimmed(text));
  for (std::size_t i = 0; i < m_pattern.size(); ++i) {
    const bool good = m_pattern[i] == '%' ? reader.directive(m_pattern[++i]) : reader.literal(m_pattern[i]);
    if (!good)
      return std::nullopt;
  }
  return reader.result();
}

} // namespace meteorograph
