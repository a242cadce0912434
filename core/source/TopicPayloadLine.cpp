// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TopicPayloadLine.h"

#include "core/source/TextEncoding.h"
#include "core/source/TimeReader.h"
#include "core/source/ValueShape.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace meteorograph {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kBlanks = " \t";

bool isNumber(std::string_view text) {
  double value = 0;
  const char *end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stopped == end;
}

/// The line's first word, or two where these are a date and a time of day.
std::string_view leadingTime(std::string_view line) {
  const std::size_t first = line.find_first_of(kBlanks);
  if (first == npos)
    return {};
  const std::string_view word = line.substr(0, first);
  const std::size_t next = std::min(line.find_first_not_of(kBlanks, first), line.size());
  const std::string_view rest = line.substr(next);
  const std::string_view second = rest.substr(0, rest.find_first_of(kBlanks));
  if (word.size() == 10 && isTimeOfDay(second) && parseIsoTime(word))
    return line.substr(0, next + second.size());
  return shapeOfValue(word) == ValueShape::Time ? word : std::string_view();
}

/// Parts and letters, as topics have and dates, fractions and addresses do not.
bool isTopic(std::string_view text) {
  const std::size_t slash = text.find('/');
  const bool letters = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>((c | 0x20) - 'a') < 26 || static_cast<unsigned char>(c) > 127;
  });
  return slash != npos && letters && text.find("://") == npos && text.find_first_of(",;\"{}|=") == npos;
}

} // namespace

TopicPayloadLine splitTopicPayload(std::string_view line) {
  line = trimmed(line);
  TopicPayloadLine parts;
  parts.time = leadingTime(line);
  const std::string_view rest = trimmed(line.substr(parts.time.size()));
  std::size_t split = std::min(rest.find(" {"), rest.find("\t{"));
  if (split == npos) { // topics may hold blanks, and numbers do not
    split = rest.find_last_of(kBlanks);
    if (split == npos || !isNumber(rest.substr(split + 1)))
      split = rest.find_first_of(kBlanks);
  }
  parts.topic = trimmed(rest.substr(0, split));
  if (split != npos)
    parts.payload = trimmed(rest.substr(split));
  return parts;
}

bool looksLikeTopicPayload(std::string_view line) {
  const TopicPayloadLine parts = splitTopicPayload(line);
  return isTopic(parts.topic) && (parts.isObject() || isNumber(parts.payload));
}

} // namespace meteorograph
