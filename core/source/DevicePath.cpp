// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordParser.h"

#include "core/source/TextEncoding.h"

#include <vector>

namespace meteorograph {

namespace {

constexpr std::string_view kSeparators = "-_. ()";

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isSeparator(char c) { return kSeparators.find(c) != std::string_view::npos; }

std::vector<std::string_view> partsOf(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".")
      parts.push_back(part);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return parts;
}

/// A file type or a number of rotation, as what stands behind the last point of a name.
bool isEnding(std::string_view ending) {
  if (ending.empty() || ending.size() > 8)
    return false;
  const bool number = isDigit(ending.front());
  for (const char c : ending)
    if (!isDigit(c) && (number || !isLetter(c)))
      return false;
  return !number || ending.size() <= 3;
}

/// "log.csv.1.gz" is "log".
std::string_view stemOf(std::string_view name) {
  for (;;) {
    const std::size_t point = name.rfind('.');
    if (point == std::string_view::npos || point == 0 || !isEnding(name.substr(point + 1)))
      return name;
    name = name.substr(0, point);
  }
}

/// Reads along a name, as far as it goes.
class NameReader {
public:
  NameReader(std::string_view name, std::size_t at) : m_name(name), m_at(at) {}

  std::size_t position() const { return m_at; }
  bool atDigit() const { return m_at < m_name.size() && isDigit(m_name[m_at]); }

  /// So many digits whose number is in the range; else nothing is read.
  bool number(std::size_t digits, int least, int most) {
    if (m_at + digits > m_name.size())
      return false;
    int value = 0;
    for (std::size_t i = m_at; i < m_at + digits; ++i) {
      if (!isDigit(m_name[i]))
        return false;
      value = value * 10 + (m_name[i] - '0');
    }
    if (value < least || value > most)
      return false;
    m_at += digits;
    return true;
  }

  /// One of these characters, if it is there; NUL if not.
  char oneOf(std::string_view characters) {
    if (m_at < m_name.size() && characters.find(m_name[m_at]) != std::string_view::npos)
      return m_name[m_at++];
    return '\0';
  }

private:
  std::string_view m_name;
  std::size_t m_at;
};

/// `T10:15:00Z`, `_1015`, ` 10-15`, or nothing.
NameReader behindTimeOfDay(NameReader at) {
  const NameReader before = at;
  at.oneOf("T _-");
  if (!at.number(2, 0, 23))
    return before;
  at.oneOf("-_.:h");
  if (!at.number(2, 0, 59))
    return before;
  NameReader seconds = at;
  seconds.oneOf("-_.:");
  if (seconds.number(2, 0, 59))
    at = seconds;
  at.oneOf("Z");
  return at.atDigit() ? before : at;
}

/// The end of a date (with or without day and time) at `begin`; `begin` itself when there is none.
std::size_t endOfDate(std::string_view name, std::size_t begin) {
  if (begin > 0 && (isDigit(name[begin - 1]) || isLetter(name[begin - 1])))
    return begin;
  NameReader at(name, begin);
  if (!at.number(4, 1900, 2099))
    return begin;
  const char separator = at.oneOf("-_.");
  if (!at.number(2, 1, 12))
    return begin;
  NameReader day = at;
  const bool same = separator == '\0' || day.oneOf(std::string_view(&separator, 1)) != '\0';
  if (same && day.number(2, 1, 31))
    at = behindTimeOfDay(day);
  return at.atDigit() ? begin : at.position();
}

std::string withoutDates(std::string_view name) {
  std::string rest;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t end = endOfDate(name, i);
    if (end == i)
      rest.push_back(name[i++]);
    else
      i = end;
  }
  return rest;
}

/// Separators at both ends, and numbers at the end that only count the files: "part-000012" is "part".
std::string_view withoutCounters(std::string_view name) {
  while (!name.empty() && isSeparator(name.front()))
    name.remove_prefix(1);
  for (;;) {
    while (!name.empty() && isSeparator(name.back()))
      name.remove_suffix(1);
    std::size_t digits = 0;
    while (digits < name.size() && isDigit(name[name.size() - 1 - digits]))
      ++digits;
    const bool counts = digits > 0 && (digits == name.size() || isSeparator(name[name.size() - 1 - digits]));
    if (!counts)
      return name;
    name.remove_suffix(digits);
  }
}

} // namespace

std::string deviceFromPath(std::string_view path) {
  constexpr std::string_view kKey = "device=";
  const std::vector<std::string_view> parts = partsOf(path);
  for (std::size_t i = 0; i + 1 < parts.size(); ++i)
    if (parts[i].starts_with(kKey) && parts[i].size() > kKey.size())
      return std::string(parts[i].substr(kKey.size()));
  if (parts.empty())
    return {};
  const std::string stem = withoutDates(stemOf(parts.back()));
  const std::string_view device = withoutCounters(stem);
  if (!device.empty())
    return std::string(device);
  return std::string(parts.size() > 1 ? parts[parts.size() - 2] : parts.back());
}

} // namespace meteorograph
