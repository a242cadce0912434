// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/HeaderFacts.h"

#include "core/source/FieldNames.h"
#include "core/source/TextEncoding.h"
#include "core/source/TimeText.h"
#include "core/source/ZoneClock.h"

#include <algorithm>
#include <iterator>

namespace meteorograph {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestValue = 64; ///< a longer one is a sentence
constexpr std::string_view kLogger = "LGR S/N:";

constexpr std::string_view kZoneKeys[] = {"timezone", "tz", "zeitzone", "utcoffset", "gmtoffset"};
constexpr std::string_view kDeviceKeys[] = {
    "serialnumber",       "serialno",     "serial",    "sn",          "device",     "deviceid",
    "devicename",         "deviceserial", "logger",    "loggerid",    "loggername", "loggersn",
    "loggerserialnumber", "station",      "stationid", "stationname", "sensorid",   "sensorname",
    "deviceserialnumber"};

constexpr std::string_view kForeignWords[] = {
    "datum",    "zeit",     "uhrzeit",     "temperatur",  "feuchte", "luftfeuchte", "luftdruck", "fecha",
    "hora",     "humedad",  "heure",       "temperatura", "tijd",    "ora",         "umidita",   "humidite",
    "pression", "messzeit", "zeitstempel", "horodatage",  "presion", "vochtigheid"};

template <std::size_t N> bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Where `UTC` or `GMT` stands as a word of its own.
std::size_t findZoneWord(std::string_view name) {
  for (std::size_t i = 0; i + 3 <= name.size(); ++i) {
    const std::string_view word = name.substr(i, 3);
    const bool zone = word == "UTC" || word == "GMT" || word == "utc" || word == "gmt" || word == "Utc";
    if (zone && (i == 0 || !isLetter(name[i - 1])) && (i + 3 == name.size() || !isLetter(name[i + 3])))
      return i;
  }
  return npos;
}

std::string_view withoutEnds(std::string_view name) {
  while (!name.empty() && std::string_view(" ,;:_-/([").find(name.back()) != npos)
    name.remove_suffix(1);
  return name;
}

/// "dmy", "mdy" or "ymd", where a pattern such as `dd/mm/yyyy` stands in the text.
std::string orderOf(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if (const char lower = static_cast<char>(c | 0x20);
        isLetter(c) && (letters.empty() || letters.back() != lower))
      letters.push_back(lower);
  for (const std::string_view order : {"dmy", "mdy", "ymd"})
    if (letters.starts_with(order))
      return std::string(order);
  return {};
}

/// What stands in the last brackets, where it is a zone.
std::optional<NamedZone> zoneInBrackets(std::string_view name) {
  if (!name.ends_with(')') && !name.ends_with(']'))
    return std::nullopt;
  const std::size_t open = name.find_last_of(name.back() == ')' ? '(' : '[');
  if (open == npos)
    return std::nullopt;
  const std::string_view inside = trimmed(name.substr(open + 1, name.size() - open - 2));
  const bool zone =
      inside.size() > 1 && (offsetFromText(inside) || (inside.find('/') != npos && isKnownZone(inside)));
  return zone ? std::optional(NamedZone{std::string(inside), std::string(withoutEnds(name.substr(0, open)))})
              : std::nullopt;
}

} // namespace

std::optional<NamedZone> zoneOfName(std::string_view name) {
  name = trimmed(name);
  if (auto zone = zoneInBrackets(name))
    return zone;
  const std::size_t at = findZoneWord(name);
  if (at == npos)
    return std::nullopt;
  std::size_t end = at + 3;
  while (end < name.size() && std::string_view("+-:0123456789").find(name[end]) != npos)
    ++end;
  const std::string_view zone = name.substr(at, end - at);
  const std::string_view before = withoutEnds(name.substr(0, at));
  std::string rest(before.empty() ? trimmed(name.substr(end)) : before);
  if (offsetFromText(zone))
    return NamedZone{std::string(zone), std::move(rest)};
  return NamedZone{"UTC", std::move(rest)};
}

std::string loggerOfName(std::string_view name) {
  const std::size_t at = name.find(kLogger);
  if (at == npos)
    return {};
  name = name.substr(at + kLogger.size());
  return std::string(trimmed(name.substr(0, name.find_first_of(",)"))));
}

DateOrder orderOfName(std::string_view name) {
  const std::size_t open = name.find_last_of("([");
  const std::string order = open == npos ? std::string() : orderOf(name.substr(open));
  return order == "dmy" ? DateOrder::DayFirst : order == "mdy" ? DateOrder::MonthFirst : DateOrder::Undecided;
}

std::string withoutRemarks(std::string_view name) {
  for (const std::string_view remark : {"(LGR S/N:", "(SEN S/N:", "(LBL:"})
    if (const std::size_t at = name.find(remark); at != npos)
      name = name.substr(0, at);
  if (const std::size_t open = name.find_last_of("(["); open != npos && !orderOf(name.substr(open)).empty())
    name = name.substr(0, open);
  return std::string(trimmed(name));
}

bool isForeignName(std::string_view name) {
  const auto foreign = [](char32_t c) {
    return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x400 && c < 0x530) ||
           (c >= 0x3040 && c < 0xFE00);
  };
  for (std::size_t i = 0; i < name.size();)
    if (foreign(nextCodePoint(name, i)))
      return true;
  const std::vector<std::string> words = wordsOf(name);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string &word) { return contains(kForeignWords, word); });
}

std::optional<TitleFact> factOfTitle(std::string_view line) {
  line = trimmed(line);
  while (!line.empty() && std::string_view("#/%;\"' ").find(line.front()) != npos)
    line.remove_prefix(1);
  const std::size_t sign = line.find_first_of(":;=,\t");
  if (sign == npos || sign > kLongestValue)
    return std::nullopt;
  std::string_view value = line.substr(sign + 1);
  while (!value.empty() && std::string_view("\"' ,;\t").find(value.front()) != npos)
    value.remove_prefix(1);
  while (!value.empty() && std::string_view("\"' ,;\t").find(value.back()) != npos)
    value.remove_suffix(1);
  if (value.empty() || value.size() > kLongestValue || value.find_first_of(",;\t") != npos)
    return std::nullopt;
  const std::string key = plainName(toUtf8(line.substr(0, sign)));
  if (contains(kZoneKeys, key) && isKnownZone(value))
    return TitleFact{TitleFact::Kind::Zone, std::string(value)};
  if (contains(kDeviceKeys, key))
    return TitleFact{TitleFact::Kind::Device, toUtf8(value)};
  return std::nullopt;
}

} // namespace meteorograph
