// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Numbers.h"

#include "core/source/TextEncoding.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace meteorograph {

namespace {

/// Longer texts are no number with a unit.
constexpr std::size_t kLongestWritten = 64;

struct Parsed {
  double value = 0;
  std::string_view rest;
};

std::optional<Parsed> parse(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-')
    text.remove_prefix(1);
  Parsed parsed;
  const char *end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, parsed.value);
  if (error != std::errc{} || !std::isfinite(parsed.value))
    return std::nullopt;
  parsed.rest = {stopped, static_cast<std::size_t>(end - stopped)};
  return parsed;
}

/// Whether the one comma at `at` must be a decimal sign.
bool isDecimalComma(std::string_view text, std::size_t at) {
  const auto isDigit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  std::size_t digits = 0;
  while (isDigit(at + 1 + digits))
    ++digits;
  const bool zero = at > 0 && text[at - 1] == '0' && (at == 1 || !isDigit(at - 2));
  return digits > 0 && at > 0 && isDigit(at - 1) && (digits != 3 || zero);
}

} // namespace

std::optional<double> readPlainNumber(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-')
    text.remove_prefix(1);
  double value = 0;
  const char *end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<double> readUsualNumber(std::string_view text, char decimal) {
  constexpr std::size_t kDigits = 19;                      // fit 64 bits
  constexpr std::uint64_t kExact = std::uint64_t{1} << 53; // … and these a double
  // Both are exact doubles, so that one division rounds as it should.
  static constexpr double kPowers[kDigits + 1] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                                  1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
  const char *at = text.data();
  const char *const end = at + text.size();
  const bool negative = at != end && *at == '-';
  at += negative ? 1 : 0;
  std::uint64_t number = 0;
  const auto takeDigits = [&] {
    const char *const first = at;
    for (; at != end && isDigit(*at); ++at)
      number = number * 10 + static_cast<unsigned char>(*at - '0');
    return static_cast<std::size_t>(at - first);
  };
  const std::size_t whole = takeDigits();
  std::size_t behind = 0;
  if (at != end && (*at == '.' || *at == decimal)) {
    ++at;
    behind = takeDigits();
    if (behind == 0)
      return std::nullopt;
  }
  if (at != end || whole == 0 || whole + behind > kDigits || number > kExact)
    return std::nullopt;
  const double value = static_cast<double>(number) / kPowers[behind];
  return negative ? -value : value;
}

std::optional<WrittenNumber> readWrittenNumber(std::string_view text, char decimal) {
  text = trimmed(text);
  if (text.size() > kLongestWritten)
    return std::nullopt;
  std::string written(text);
  WrittenNumber number;
  const std::size_t comma = written.find(',');
  if (comma != std::string::npos) {
    number.comma = decimal != ',';
    if (written.find(',', comma + 1) != std::string::npos ||
        written.substr(0, comma).find('.') != std::string::npos ||
        (number.comma && !isDecimalComma(written, comma)))
      return std::nullopt;
    written[comma] = '.';
  }
  const std::optional<Parsed> parsed = parse(written);
  if (!parsed)
    return std::nullopt;
  number.value = parsed->value;
  if (parsed->rest.empty())
    return number;
  std::string_view unit = parsed->rest;
  if (unit.starts_with("\u00A0"))
    unit.remove_prefix(2);
  number.unit = unitFromText(unit);
  return number.unit.kind == Unit::Kind::Unknown ? std::nullopt : std::optional(std::move(number));
}

bool isAbsentText(std::string_view text) {
  static constexpr std::string_view kAbsent[] = {"nan", "inf", "infinity", "null",
                                                 "na",  "n/a", "none",     "#n/a"};
  text = trimmed(text);
  if (text.find_first_not_of('-') == std::string_view::npos)
    return true;
  if (text.front() == '-' || text.front() == '+')
    text.remove_prefix(1);
  std::string lower(text.substr(0, 9));
  for (char &c : lower)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return std::find(std::begin(kAbsent), std::end(kAbsent), lower) != std::end(kAbsent);
}

} // namespace meteorograph
