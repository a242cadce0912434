// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TimeWords.h"

#include <algorithm>
#include <iterator>

namespace meteorograph {

namespace {

struct Stem {
  std::string_view text;
  int number;
};

/// A month's name begins so in one of the languages; no two months share one.
constexpr Stem kMonths[] = {
    {"jan", 1},  {"jän", 1},  {"gen", 1},  {"ene", 1},  {"feb", 2},  {"fév", 2},  {"fev", 2},  {"mar", 3},
    {"mär", 3},  {"mrz", 3},  {"mrt", 3},  {"maa", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},  {"may", 5},
    {"mai", 5},  {"mag", 5},  {"mei", 5},  {"jun", 6},  {"juin", 6}, {"giu", 6},  {"jul", 7},  {"juil", 7},
    {"lug", 7},  {"aug", 8},  {"aoû", 8},  {"aout", 8}, {"ago", 8},  {"sep", 9},  {"set", 9},  {"oct", 10},
    {"okt", 10}, {"ott", 10}, {"out", 10}, {"nov", 11}, {"dec", 12}, {"déc", 12}, {"dez", 12}, {"dic", 12},
};
constexpr std::size_t kLongestMonth = 11; ///< "septiembre" and the like

constexpr std::string_view kWeekdays[] = {
    "mon",        "monday", "tue",      "tues", "tuesday",  "wed",       "wednesday", "thu",
    "thur",       "thurs",  "thursday", "fri",  "friday",   "sat",       "saturday",  "sun",
    "sunday",     "mo",     "montag",   "di",   "dienstag", "mi",        "mittwoch",  "do",
    "donnerstag", "fr",     "freitag",  "sa",   "samstag",  "sonnabend", "so",        "sonntag",
    "lun",        "lundi",  "mardi",    "mer",  "mercredi", "jeu",       "jeudi",     "ven",
    "vendredi",   "sam",    "samedi",   "dim",  "dimanche", "lunes",     "martes",    "mié",
    "miércoles",  "jue",    "jueves",   "vie",  "viernes",  "sáb",       "sábado",    "dom",
    "domingo"};

struct ZoneWord {
  std::string_view text;
  int minutes;
};
constexpr ZoneWord kZones[] = {{"z", 0},      {"utc", 0},    {"gmt", 0},    {"ut", 0},      {"wet", 0},
                               {"west", 60},  {"cet", 60},   {"mez", 60},   {"met", 60},    {"cest", 120},
                               {"mesz", 120}, {"mest", 120}, {"eet", 120},  {"eest", 180},  {"msk", 180},
                               {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},  {"mst", -420},
                               {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480},
                               {"hst", -600}, {"jst", 540},  {"kst", 540},  {"aest", 600},  {"aedt", 660}};

} // namespace

std::string lowerWord(std::string_view word) {
  std::string lower(word);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto byte = static_cast<unsigned char>(lower[i]);
    if (byte >= 'A' && byte <= 'Z')
      lower[i] = static_cast<char>(byte + 32);
    else if (i > 0 && lower[i - 1] == '\xC3' && byte >= 0x80 && byte <= 0x9E)
      lower[i] = static_cast<char>(byte + 32);
  }
  return lower;
}

int monthFromWord(std::string_view word) {
  if (word.size() > kLongestMonth)
    return 0;
  for (const Stem &month : kMonths)
    if (word.starts_with(month.text))
      return month.number;
  return 0;
}

bool isWeekday(std::string_view word) {
  return std::find(std::begin(kWeekdays), std::end(kWeekdays), word) != std::end(kWeekdays);
}

std::optional<TimeUs> offsetFromWord(std::string_view word) {
  for (const ZoneWord &zone : kZones)
    if (zone.text == word)
      return zone.minutes * kMinute;
  return std::nullopt;
}

} // namespace meteorograph
