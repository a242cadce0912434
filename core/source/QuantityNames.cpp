// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/QuantityNames.h"

#include "core/source/FieldNames.h"
#include "core/source/FieldWords.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <span>

namespace meteorograph {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr int kRankOfSynonym = 2;
constexpr int kRankOfQualifier = 3;
constexpr int kRankOfPressureElsewhere = 20;
constexpr int kMostQualifiers = 3;
constexpr std::size_t kLongestNumber = 6;
/// Behind or before a qualifier without a gap, shorter names are too often part of another word.
constexpr std::size_t kShortestGluedName = 3;

/// Units that may end a name without a word of their own: `pressurehPa`, `tempf`.
constexpr std::string_view kGluedUnits[] = {"celsius", "fahrenheit", "degc", "degf",    "hpa", "mbar", "kpa",
                                            "mmhg",    "inhg",       "pct",  "percent", "c",   "f"};

using Words = std::span<const std::string>;

struct Found {
  Canonical quantity = Canonical::None;
  int rank = 0;
  bool place = false;
  explicit operator bool() const { return quantity != Canonical::None; }
};

bool fits(Canonical quantity, const Unit &unit) {
  if (unit.kind == Unit::Kind::Unknown)
    return true;
  if (quantity == Canonical::Temperature)
    return unit.isTemperature();
  return quantity == Canonical::Humidity ? unit.kind == Unit::Kind::Percent : unit.isPressure();
}

std::string keyOf(Words words) { return wordKey({words.begin(), words.end()}); }

Found lookUp(const std::string &key) {
  const FieldWords &table = FieldWords::all();
  if (const auto found = table.quantities.find(key); found != table.quantities.end())
    return {found->second, key == nameOf(found->second) ? 1 : kRankOfSynonym};
  if (const auto rank = rankIn(table.pressure_elsewhere, key))
    return {Canonical::Pressure, kRankOfPressureElsewhere + *rank};
  return {};
}

/// Whether the word may be left out of the name of what was found in the rest; notes what it tells.
bool mayBeLeftOut(const std::string &word, Found &rest) {
  const FieldWords &table = FieldWords::all();
  rest.rank += kRankOfQualifier;
  if (table.places.contains(word))
    return rest.place = true;
  return table.qualifiers.contains(word) ||
         table.own_qualifiers[static_cast<std::size_t>(rest.quantity)].contains(word);
}

/// `lufttemperatur`, `tempin`: a qualifier that is no word of its own.
Found lookUpGlued(const std::string &key) {
  const FieldWords &table = FieldWords::all();
  const auto cutBy = [&](const FieldWords::Names &qualifiers) -> Found {
    for (const std::string &word : qualifiers) {
      if (key.size() < word.size() + kShortestGluedName)
        continue;
      for (const bool front : {true, false}) {
        if (front ? !key.starts_with(word) : !key.ends_with(word))
          continue;
        Found rest = lookUp(front ? key.substr(word.size()) : key.substr(0, key.size() - word.size()));
        if (rest && mayBeLeftOut(word, rest))
          return rest;
      }
    }
    return {};
  };
  for (const FieldWords::Names *qualifiers :
       {&table.qualifiers, &table.own_qualifiers[1], &table.own_qualifiers[2], &table.places})
    if (const Found found = cutBy(*qualifiers))
      return found;
  return {};
}

Found recognise(Words words, int qualifiers = 0) {
  const std::string key = keyOf(words);
  if (const Found found = lookUp(key))
    return found;
  if (words.size() > 1 && qualifiers < kMostQualifiers)
    for (const bool front : {true, false}) {
      Found rest = recognise(front ? words.subspan(1) : words.first(words.size() - 1), qualifiers + 1);
      if (rest && mayBeLeftOut(withoutAccents(front ? words.front() : words.back()), rest))
        return rest;
    }
  return lookUpGlued(key);
}

/// The words without a unit at their end, and that unit.
struct Ending {
  std::vector<std::string> words;
  Unit unit;
};

std::vector<Ending> endingsOf(const std::vector<std::string> &words) {
  std::vector<Ending> endings;
  const auto add = [&](std::size_t dropped, std::string_view rest, Unit unit) {
    if (unit.kind == Unit::Kind::Unknown || words.size() - dropped + (rest.empty() ? 0 : 1) == 0)
      return;
    Ending ending{{words.begin(), words.end() - static_cast<std::ptrdiff_t>(dropped)}, std::move(unit)};
    if (!rest.empty())
      ending.words.emplace_back(rest);
    endings.push_back(std::move(ending));
  };
  const std::string_view last = words.back();
  if (words.size() > 2)
    add(2, {}, unitFromWord(words[words.size() - 2] + words.back()));
  if (words.size() > 1)
    add(1, {}, unitFromWord(last));
  const std::string whole = keyOf(words);
  for (const std::string_view glued : kGluedUnits) {
    const std::size_t shortest = glued.size() + (glued.size() == 1 ? 4 : 1);
    if (last.ends_with(glued) && last.size() >= shortest)
      add(1, last.substr(0, last.size() - glued.size()), unitFromText(glued));
    else if (glued.size() > 1 && whole.ends_with(glued) && whole.size() >= shortest) // `pressurehPa`
      add(words.size(), std::string_view(whole).substr(0, whole.size() - glued.size()), unitFromText(glued));
  }
  return endings;
}

KnownQuantity asKnown(const Found &found, const Unit &unit, const std::string &number) {
  KnownQuantity known;
  known.rank = found.rank;
  known.unit = unit;
  known.number = number;
  (found.place || !number.empty() ? known.maybe : known.quantity) = found.quantity;
  return known;
}

bool isAverage(const std::string &word) { return FieldWords::all().averages.contains(withoutAccents(word)); }

std::optional<KnownQuantity> tryWords(const std::vector<std::string> &words, const Unit &unit) {
  const auto &only = FieldWords::all().only_with_unit;
  if (const auto found = only.find(keyOf(words));
      unit.kind != Unit::Kind::Unknown && found != only.end() && fits(found->second, unit))
    return asKnown({found->second, kRankOfSynonym}, unit, {});
  if (const Found found = recognise(words); found && fits(found.quantity, unit))
    return asKnown(found, unit, {});
  std::vector<std::string> rest = words;
  const std::string number = takeNumber(rest);
  if (number.empty() || rest.empty())
    return std::nullopt;
  if (const Found found = recognise(rest); found && fits(found.quantity, unit))
    return asKnown(found, unit, number);
  return std::nullopt;
}

/// A bracket with a unit in it, anywhere in the name: "Temp (°F) 2".
bool takeBracketedUnit(HeaderName &header) {
  for (std::size_t open = 0; (open = header.name.find_first_of("([{", open)) != std::string::npos; ++open) {
    const std::size_t close = header.name.find_first_of(")]}", open);
    if (close == std::string::npos)
      return false;
    header.unit = unitFromText(std::string_view(header.name).substr(open + 1, close - open - 1));
    if (header.unit.kind == Unit::Kind::Unknown)
      continue;
    header.name.erase(open, close + 1 - open);
    return true;
  }
  return false;
}

/// "RH, %", "Hum - %", "Temp/°C", "Temp °C", "Temperature℃".
bool takeUnitAtEnd(HeaderName &header) {
  const auto take = [&](std::size_t end, std::string_view unit, bool any) {
    header.unit = unitFromText(unit);
    const bool good = any ? header.unit.kind != Unit::Kind::Unknown
                          : header.unit.isTemperature() || header.unit.isPressure() ||
                                header.unit.kind == Unit::Kind::Percent;
    if (good)
      header.name.resize(end);
    return good;
  };
  const std::string name = header.name;
  for (const std::string_view gap : {", ", " - ", ": ", " in "})
    if (const std::size_t at = name.rfind(gap); at != std::string::npos && at > 0)
      if (take(at, std::string_view(name).substr(at + gap.size()), true))
        return true;
  for (const char gap : {'/', ' '})
    if (const std::size_t at = name.rfind(gap); at != std::string::npos && at > 0) {
      const std::string_view rest = std::string_view(name).substr(at + 1);
      if (rest.find_first_of("%\xC2\xE2") != npos && take(at, rest, gap == ' '))
        return true;
    }
  for (const std::string_view sign : {"\u00B0C", "\u00B0F", "\u2103", "\u2109"})
    if (name.size() > sign.size() && name.ends_with(sign))
      return take(name.size() - sign.size(), sign, false);
  return false;
}

/// A logger's remark in brackets, which has a colon: "(LGR S/N: 1, LBL: roof)".
void takeRemark(HeaderName &header) {
  const std::size_t open = header.name.find_last_of("([");
  if (open == std::string::npos || open == 0 || header.name.find(": ", open) == std::string::npos ||
      (header.name.back() != ')' && header.name.back() != ']'))
    return;
  const std::string remark = header.name.substr(open + 1, header.name.size() - open - 2);
  if (const std::size_t at = remark.find("LBL: "); at != std::string::npos)
    header.label = trimmed(std::string_view(remark).substr(at + 5, remark.find(',', at) - at - 5));
  header.name = trimmed(std::string_view(header.name).substr(0, open));
}

} // namespace

HeaderName splitHeader(std::string_view text) {
  HeaderName header{std::string(trimmed(text)), {}, {}};
  takeRemark(header);
  const HeaderName whole = header;
  if (!takeBracketedUnit(header) && !takeUnitAtEnd(header))
    header.unit = {};
  header.name = trimmed(header.name);
  return header.name.empty() ? HeaderName{whole.name, {}, whole.label} : header;
}

void leaveOutChips(std::vector<std::string> &words) {
  const auto isChip = [](const std::string &word) {
    return FieldWords::all().chips.contains(word.substr(0, word.find_first_of("0123456789"))) &&
           (word.find_first_of("0123456789") != std::string::npos || word.size() > 2);
  };
  while (words.size() > 1 && isChip(words.front()))
    words.erase(words.begin());
  while (words.size() > 1 && isChip(words.back()))
    words.pop_back();
}

std::string takeNumber(std::vector<std::string> &words) {
  const auto hasDigit = [](const std::string &word) {
    return std::any_of(word.begin(), word.end(), isDigit);
  };
  if (std::count_if(words.begin(), words.end(), hasDigit) != 1)
    return {};
  const auto at = std::find_if(words.begin(), words.end(), hasDigit);
  const std::size_t first = at->find_first_of("0123456789");
  const std::string number = at->substr(first);
  if (number.size() > kLongestNumber || !std::all_of(number.begin(), number.end(), isDigit))
    return {};
  const auto counted = [](const std::string &word) {
    return FieldWords::all().numbered.contains(withoutAccents(word));
  };
  at->resize(first);
  if (!at->empty()) {
    if (words.size() > 1 && counted(*at))
      words.erase(at);
    return number;
  }
  const auto next = words.erase(at);
  if (next != words.begin() && words.size() > 1 && counted(*(next - 1)))
    words.erase(next - 1);
  else if (next != words.end() && words.size() > 1 && counted(*next))
    words.erase(next);
  return number;
}

KnownQuantity recogniseQuantity(std::vector<std::string> words, const Unit &stated) {
  if (words.empty())
    return {};
  leaveOutChips(words);
  for (const bool front : {true, false})
    if (words.size() > 1 && isAverage(front ? words.front() : words.back()))
      words.erase(front ? words.begin() : words.end() - 1);
  const auto &whole = FieldWords::all().with_unit;
  if (const auto found = whole.find(keyOf(words)); found != whole.end())
    return recogniseQuantity(wordsOf(found->second.first), found->second.second);
  if (const auto known = tryWords(words, stated))
    return *known;
  for (const Ending &ending : endingsOf(words))
    if (stated.kind == Unit::Kind::Unknown || stated.kind == ending.unit.kind)
      if (const auto known = tryWords(ending.words, ending.unit))
        return *known;
  return {};
}

} // namespace meteorograph
