// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TimeText.h"

#include "core/source/TextEncoding.h"
#include "core/source/TimeWords.h"

#include <string>

namespace meteorograph {

namespace {

constexpr std::size_t kLongestText = 80; ///< a longer one is no time
constexpr std::size_t kLongestWord = 20;
constexpr int kDaysInMonth[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr TimeUs kFarthestOffset = 18 * kHour;

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 127;
}

int valueOf(std::string_view digits) {
  int value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return value;
}

/// Reads a text from left to right; each step takes one number, word or sign.
class TimeScanner {
public:
  explicit TimeScanner(std::string_view text) : m_text(text) {}

  std::optional<TimeText> run() {
    while (m_at < m_text.size())
      if (!step())
        return std::nullopt;
    finishNamedDate();
    const bool rest = m_month != 0 || m_day != 0 || m_year != 0;
    if (rest || (!m_time.hasDate() && !m_time.of_day))
      return std::nullopt;
    return m_time;
  }

private:
  char peek(std::size_t ahead = 0) const {
    return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
  }
  std::string_view digits() {
    const std::size_t begin = m_at;
    while (isDigit(peek()))
      ++m_at;
    return m_text.substr(begin, m_at - begin);
  }

  bool step() {
    const char c = peek();
    if (isDigit(c))
      return number();
    if (isLetter(c))
      return word();
    if (c == '(' || c == '[')
      return remark(c == '(' ? ')' : ']');
    if ((c == '+' || c == '-') && m_time.of_day && isDigit(peek(1)))
      return offset();
    ++m_at;
    if (c == '/' || c == '-' || c == '.') // between the parts of a named date, or it and the time
      return m_month != 0 || m_day != 0 || m_year != 0 || (m_time.hasDate() && !m_time.of_day);
    return c == ' ' || c == ',' || c == '\t' || c == '_';
  }

  bool number() {
    const std::size_t begin = m_at;
    const std::string_view first = digits();
    const char next = peek();
    const bool more = isDigit(peek(1));
    if (first.size() <= 2 && more && (next == ':' || next == 'h' || next == 'H'))
      return clock(first);
    const bool dated = m_time.hasDate() || m_month != 0;
    if (!dated && more && (next == '-' || next == '/' || next == '.')) {
      if (numericDate(first))
        return true;
      m_at = begin + first.size();
    }
    if (first.size() <= 2 && more && next == '.')
      return clock(first);
    return lone(first);
  }

  /// `2024-02-07`, `07/02/24`, `7.2.2024`: behind its first number.
  bool numericDate(std::string_view first) {
    const char sign = m_text[m_at++];
    const std::string_view second = digits();
    if (peek() != sign || second.size() > 2)
      return false;
    ++m_at;
    const std::string_view third = digits();
    if (first.size() == 4 && third.size() <= 2 && !third.empty())
      return setDate(valueOf(first), valueOf(second), valueOf(third));
    if (first.size() > 2 || (third.size() != 2 && third.size() != 4))
      return false;
    const int a = valueOf(first);
    const int b = valueOf(second);
    m_time.two_digit_year = third.size() == 2;
    const int year = m_time.two_digit_year ? fullYear(valueOf(third)) : valueOf(third);
    if (m_time.two_digit_year && a > 31) // `94-02-07`
      return setDate(fullYear(a), b, valueOf(third));
    if (sign == '.')
      return setDate(year, b, a);
    if (year < 1 || a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12))
      return false;
    m_time.year = year;
    m_time.month = a;
    m_time.day = b;
    m_time.order_open = true;
    return true;
  }

  bool setDate(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > kDaysInMonth[month - 1])
      return false;
    m_time.year = year;
    m_time.month = month;
    m_time.day = day;
    return true;
  }

  /// `18:18`, `6:18:25.5`, `18.00.00`, `18h30`: behind its hour.
  bool clock(std::string_view hour) {
    const char sign = m_text[m_at++];
    const std::string_view minute = digits();
    if (minute.size() != 2 || m_time.of_day)
      return false;
    std::string_view second;
    std::string_view fraction;
    if ((peek() == sign || (sign != '.' && peek() == ':')) && isDigit(peek(1))) {
      ++m_at;
      second = digits();
      if (second.size() != 2)
        return false;
      const bool colon = peek() == ':' && isDigit(peek(3)) && !isDigit(peek(4));
      if ((peek() == '.' || peek() == ',' || colon) && isDigit(peek(1))) {
        ++m_at;
        fraction = digits();
      }
    }
    return setClock(valueOf(hour), valueOf(minute), valueOf(second), fraction);
  }

  bool setClock(int hour, int minute, int second, std::string_view fraction) {
    if (hour > 24 || minute > 59 || second > 60)
      return false;
    m_time.of_day = hour * kHour + minute * kMinute + second * kSecond + fractionUs(fraction, kSecond);
    return hour < 24 || *m_time.of_day == kDay;
  }

  /// A number without a sign: a part of a named date, or a date or time of day in digits.
  bool lone(std::string_view number) {
    const std::size_t size = number.size();
    finishNamedDate();
    const bool begun = m_month != 0 || m_day != 0 || m_year != 0;
    if (m_time.hasDate() && !m_time.of_day && (size == 4 || size == 6))
      return compactClock(number);
    if (!m_time.hasDate() && !begun && (size == 8 || size == 10 || size == 12 || size == 14 || size == 17))
      return setDate(valueOf(number.substr(0, 4)), valueOf(number.substr(4, 2)),
                     valueOf(number.substr(6, 2))) &&
             (size == 8 || compactClock(number.substr(8)));
    if (m_time.hasDate())
      return false;
    if (size == 4 && m_year == 0) {
      m_year = valueOf(number);
    } else if (size <= 2 && m_day == 0) {
      m_day = valueOf(number);
    } else if (size == 2 && m_year == 0 && m_month != 0) {
      m_time.two_digit_year = true;
      m_year = fullYear(valueOf(number));
    } else {
      return false;
    }
    return m_year != 0 || m_day != 0;
  }

  bool compactClock(std::string_view number) {
    if (number.size() == 2)
      return setClock(valueOf(number), 0, 0, {});
    const std::string_view second = number.size() >= 6 ? number.substr(4, 2) : std::string_view{};
    std::string_view fraction = number.size() > 6 ? number.substr(6) : std::string_view{};
    if (fraction.empty() && !second.empty() && (peek() == '.' || peek() == ',') && isDigit(peek(1))) {
      ++m_at;
      fraction = digits();
    }
    return setClock(valueOf(number.substr(0, 2)), valueOf(number.substr(2, 2)), valueOf(second), fraction);
  }

  void finishNamedDate() {
    if (m_month == 0 || m_day == 0 || m_year == 0 || m_time.hasDate() || !setDate(m_year, m_month, m_day))
      return;
    m_month = m_day = m_year = 0;
  }

  bool word() {
    const std::size_t begin = m_at;
    while (isLetter(peek()))
      ++m_at;
    if (m_at - begin > kLongestWord)
      return false;
    const std::string word = lowerWord(m_text.substr(begin, m_at - begin));
    const bool afterClock = m_time.of_day.has_value();
    if (afterClock && !m_time.twelve_hours && (word == "am" || word == "pm" || word == "a" || word == "p"))
      return halfOfDay(word[0] == 'p');
    if (afterClock)
      if (const std::optional<TimeUs> zone = offsetFromWord(word))
        return namedZone(*zone);
    if (word == "t" || word == "at" || word == "um")
      return m_time.hasDate() || m_month != 0;
    if (word == "uhr")
      return afterClock;
    if (word == "de" || word == "of" || word == "th" || word == "st" || word == "nd" || word == "rd")
      return m_day != 0;
    if (const int month = m_time.hasDate() || m_month != 0 ? 0 : monthFromWord(word))
      return (m_month = month) != 0;
    return isWeekday(word) && !afterClock;
  }

  /// `AM`, `a`, `p.m.`, `p. m.`: behind its first letters.
  bool halfOfDay(bool afternoon) {
    while (peek() == '.' || (peek() == ' ' && (peek(1) == 'm' || peek(1) == 'M')) || peek() == 'm' ||
           peek() == 'M')
      ++m_at;
    const TimeUs hour = *m_time.of_day / kHour;
    m_time.twelve_hours = true;
    if (afternoon && hour < 12)
      *m_time.of_day += 12 * kHour;
    else if (!afternoon && hour == 12)
      *m_time.of_day -= 12 * kHour;
    return true;
  }

  bool namedZone(TimeUs zone) {
    if (m_time.offset)
      return false;
    if (zone == 0 && (peek() == '+' || peek() == '-') && isDigit(peek(1)))
      return offset();
    m_time.offset = zone;
    return true;
  }

  /// `+05:30`, `-0500`, `+2`.
  bool offset() {
    const bool west = m_text[m_at++] == '-';
    const std::string_view number = digits();
    int minutes = 0;
    if (number.size() == 4) {
      minutes = valueOf(number.substr(2));
    } else if (number.size() <= 2 && peek() == ':') {
      ++m_at;
      const std::string_view rest = digits();
      if (rest.size() != 2)
        return false;
      minutes = valueOf(rest);
    } else if (number.size() > 2) {
      return false;
    }
    const int hours = valueOf(number.size() == 4 ? number.substr(0, 2) : number);
    const TimeUs offset = hours * kHour + minutes * kMinute;
    if (m_time.offset || minutes > 59 || offset > kFarthestOffset)
      return false;
    m_time.offset = west ? -offset : offset;
    return true;
  }

  /// `(CET)` or `[Europe/Berlin]` behind an offset only repeats it.
  bool remark(char end) {
    const std::size_t close = m_text.find(end, m_at);
    if (!m_time.offset || close == std::string_view::npos)
      return false;
    m_at = close + 1;
    return true;
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  TimeText m_time;
  int m_year = 0; ///< of a date whose month is named, until all three have come
  int m_month = 0;
  int m_day = 0;
};

} // namespace

std::optional<TimeText> parseTimeText(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kLongestText)
    return std::nullopt;
  return TimeScanner(text).run();
}

TimeUs fractionUs(std::string_view digits, TimeUs unit) {
  TimeUs sum = 0;
  for (std::size_t i = 0; i < digits.size() && unit >= 10; ++i) {
    unit /= 10;
    sum += unit * (digits[i] - '0');
  }
  return sum;
}

std::optional<TimeUs> dayStartOf(int year, int month, int day) {
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return std::nullopt;
  if (day > kDaysInMonth[month - 1] || (month == 2 && day == 29 && !leap))
    return std::nullopt;
  return civilDayStart(year, month, day);
}

int fullYear(int two_digits) { return two_digits + (two_digits >= 69 ? 1900 : 2000); }

std::optional<TimeUs> offsetFromText(std::string_view text) {
  std::string time = "00:00 ";
  time += trimmed(text);
  const std::optional<TimeText> read = time.size() > 6 ? parseTimeText(time) : std::nullopt;
  return read && !read->hasDate() && !read->twelve_hours ? read->offset : std::nullopt;
}

} // namespace meteorograph
