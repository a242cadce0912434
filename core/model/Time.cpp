// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Time.h"

#include <charconv>
#include <chrono>

namespace meteorograph {

namespace {

/// Reads exactly `count` digits at `position`, or returns −1.
int digits(std::string_view text, std::size_t position, std::size_t count) {
  if (position + count > text.size())
    return -1;
  int value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    const unsigned digit = static_cast<unsigned>(text[i]) - '0';
    if (digit > 9)
      return -1;
    value = value * 10 + static_cast<int>(digit);
  }
  return value;
}

bool isLeapYear(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int daysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && isLeapYear(year) ? 29 : kDays[month - 1];
}

/// `Z`, ` UTC`, `±hh:mm`, `±hhmm`, `±hh` or nothing; the offset in microseconds.
struct Zone {
  bool stated = false;
  TimeUs offset_us = 0;
};
std::optional<Zone> parseZone(std::string_view text) {
  if (text.empty())
    return Zone{};
  if (text == "Z" || text == "z" || text == " UTC" || text == " Z" || text == " GMT")
    return Zone{true, 0};
  if (text[0] == ' ')
    text.remove_prefix(1);
  if (text.empty() || (text[0] != '+' && text[0] != '-'))
    return std::nullopt;
  const int hours = digits(text, 1, 2);
  int minutes = 0;
  if (text.size() == 6 && text[3] == ':')
    minutes = digits(text, 4, 2);
  else if (text.size() == 5)
    minutes = digits(text, 3, 2);
  else if (text.size() != 3)
    return std::nullopt;
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59)
    return std::nullopt;
  const TimeUs offset = hours * kHour + minutes * kMinute;
  return Zone{true, text[0] == '-' ? -offset : offset};
}

} // namespace

TimeUs wallClockNow() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

TimeUs civilDayStart(int year, int month, int day) {
  using namespace std::chrono;
  const sys_days days = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                        std::chrono::day(static_cast<unsigned>(day));
  return TimeUs{days.time_since_epoch().count()} * kDay;
}

std::optional<IsoTime> parseIsoTime(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (text.size() < 10 || year < 1 || month < 1 || month > 12 || day < 1 || text[4] != '-' || text[7] != '-')
    return std::nullopt;
  if (day > daysInMonth(year, month))
    return std::nullopt;
  TimeUs time = civilDayStart(year, month, day);
  if (text.size() == 10)
    return IsoTime{time, false};
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
    return std::nullopt;
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || text[13] != ':')
    return std::nullopt;
  std::size_t position = 16;
  int second = 0;
  TimeUs fraction = 0;
  if (position < text.size() && text[position] == ':') {
    second = digits(text, position + 1, 2);
    if (second < 0 || second > 60)
      return std::nullopt;
    position += 3;
    if (position < text.size() && (text[position] == '.' || text[position] == ',')) {
      TimeUs scale = 100'000;
      const std::size_t first = ++position;
      for (; position < text.size() && text[position] >= '0' && text[position] <= '9'; ++position) {
        fraction += scale * (text[position] - '0');
        scale /= 10;
      }
      if (position == first)
        return std::nullopt;
    }
  }
  if (hour == 24 && (minute != 0 || second != 0 || fraction != 0))
    return std::nullopt;
  const std::optional<Zone> zone = parseZone(text.substr(position));
  if (!zone)
    return std::nullopt;
  time += hour * kHour + minute * kMinute + second * kSecond + fraction - zone->offset_us;
  return IsoTime{time, zone->stated};
}

int formatIsoTime(TimeUs time, char *buffer) {
  using namespace std::chrono;
  const TimeUs day = floorTo(time, kDay);
  const year_month_day date{sys_days{days{day / kDay}}};
  TimeUs rest = time - day;
  const auto put = [](char *&at, TimeUs value, int width) {
    for (int i = width - 1; i >= 0; --i, value /= 10)
      at[i] = static_cast<char>('0' + value % 10);
    at += width;
  };
  char *at = buffer;
  put(at, static_cast<int>(date.year()), 4);
  *at++ = '-';
  put(at, static_cast<unsigned>(date.month()), 2);
  *at++ = '-';
  put(at, static_cast<unsigned>(date.day()), 2);
  *at++ = 'T';
  put(at, rest / kHour, 2);
  rest %= kHour;
  *at++ = ':';
  put(at, rest / kMinute, 2);
  rest %= kMinute;
  *at++ = ':';
  put(at, rest / kSecond, 2);
  *at++ = '.';
  put(at, rest % kSecond, 6);
  *at++ = 'Z';
  return static_cast<int>(at - buffer);
}

std::string formatIsoTime(TimeUs time) {
  char buffer[32];
  return {buffer, static_cast<std::size_t>(formatIsoTime(time, buffer))};
}

std::optional<TimeUs> parseTimeExpression(std::string_view text, TimeUs now) {
  if (!text.starts_with("now")) {
    const std::optional<IsoTime> iso = parseIsoTime(text);
    return iso ? std::optional(iso->time_us) : std::nullopt;
  }
  text.remove_prefix(3);
  if (text.empty())
    return now;
  if (text.size() < 3 || (text[0] != '-' && text[0] != '+'))
    return std::nullopt;
  const TimeUs sign = text[0] == '-' ? -1 : 1;
  TimeUs unit = 0;
  switch (text.back()) {
  case 's':
    unit = kSecond;
    break;
  case 'm':
    unit = kMinute;
    break;
  case 'h':
    unit = kHour;
    break;
  case 'd':
    unit = kDay;
    break;
  case 'w':
    unit = 7 * kDay;
    break;
  default:
    return std::nullopt;
  }
  double amount = 0;
  const char *end = text.data() + text.size() - 1;
  const auto [stopped, error] = std::from_chars(text.data() + 1, end, amount, std::chars_format::fixed);
  if (error != std::errc{} || stopped != end || amount < 0 || amount * static_cast<double>(unit) > 1e18)
    return std::nullopt;
  return now + sign * static_cast<TimeUs>(amount * static_cast<double>(unit));
}

} // namespace meteorograph
