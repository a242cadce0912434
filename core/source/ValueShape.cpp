// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ValueShape.h"

#include "core/source/TextEncoding.h"
#include "core/source/TimeWords.h"
#include "core/source/Units.h"

#include <algorithm>
#include <iterator>

namespace meteorograph {

namespace {

constexpr std::string_view kMissing[] = {"nan",     "na",          "n/a", "null", "none",
                                         "missing", "unavailable", "inf", "-nan", "unknown"};

/// What a logger writes below a name besides a unit: a timestamp, a record number, how it averaged.
constexpr std::string_view kAggregates[] = {"ts",  "rn",  "smp",  "avg",  "min", "max",    "tot",
                                            "std", "wvc", "samp", "mean", "sum", "sample", "total"};

std::size_t digitsAt(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && isDigit(text[at + count]))
    ++count;
  return count;
}

/// `-13,6e3`: its decimal sign, ' ' where it has none, '\0' where it is no number.
char signOfNumber(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = digitsAt(text, at);
  at += whole;
  char sign = ' ';
  std::size_t behind = 0;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    sign = text[at++];
    behind = digitsAt(text, at);
    at += behind;
  }
  if (whole + behind == 0 || (sign == ',' && (whole == 0 || behind == 0)))
    return '\0';
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    at += at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+') ? 2 : 1;
    const std::size_t exponent = digitsAt(text, at);
    at += exponent;
    if (exponent == 0)
      return '\0';
  }
  return at == text.size() ? sign : '\0';
}

template <std::size_t N> bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool isUnit(std::string_view value) {
  const bool brackets =
      (value.front() == '(' && value.back() == ')') || (value.front() == '[' && value.back() == ']');
  return brackets || isAggregate(value) || unitFromText(toUtf8(value)).kind != Unit::Kind::Unknown;
}

} // namespace

ValueShape shapeOfValue(std::string_view value) {
  value = trimmed(value);
  const bool rule = value.find_first_not_of("-=+_:") == value.npos; // an empty value as well
  if (rule || contains(kMissing, lowerWord(value)))
    return ValueShape::Missing;
  if (timeShapeOf(value) != TimeShape::None)
    return ValueShape::Time;
  return signOfNumber(value) != '\0' ? ValueShape::Number : ValueShape::Text;
}

char decimalOf(std::string_view value) {
  const char sign = signOfNumber(trimmed(value));
  return sign == ' ' ? '\0' : sign;
}

bool isPadding(std::string_view value) { return value.find_first_not_of(",; \t") == value.npos; }

LineShape shapeOfLine(std::span<const std::string> values) {
  LineShape shape;
  shape.values = values.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!isPadding(values[i]))
      shape.filled = i + 1;
    switch (isPadding(values[i]) ? ValueShape::Missing : shapeOfValue(values[i])) {
    case ValueShape::Number:
      ++shape.numbers;
      break;
    case ValueShape::Time:
      ++shape.times;
      break;
    case ValueShape::Text:
      ++shape.texts;
      break;
    case ValueShape::Missing:
      break;
    }
  }
  return shape;
}

bool isAggregate(std::string_view value) { return contains(kAggregates, lowerWord(value)); }

bool isLineOfUnits(std::span<const std::string> values) {
  std::size_t units = 0;
  std::size_t filled = 0;
  for (const std::string &raw : values) {
    const std::string_view value = trimmed(raw);
    filled += value.empty() ? 0 : 1;
    units += !value.empty() && isUnit(value) ? 1 : 0;
  }
  return units > 0 && units * 2 >= filled;
}

} // namespace meteorograph
