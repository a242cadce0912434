// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldRoles.h"

#include "core/model/Quantity.h"
#include "core/source/FieldNames.h"
#include "core/source/FieldWords.h"
#include "core/source/PathMemory.h"
#include "core/source/QuantityNames.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <optional>

namespace meteorograph {

namespace {

/// Every level of nesting weighs more than any difference of names.
constexpr int kRankOfDepth = 100;
constexpr int kRankOfEnvelope = 10'000;
constexpr int kRankOfRowNumber = 3;
/// A time with a unit is most likely one that counts from the logger's start.
constexpr int kRankOfTimeWithUnit = 6;
constexpr int kLastDeviceRankWhenNested = 4; ///< deeper down a "name" or "location" is anything's

using Path = std::span<const std::string_view>;

std::string joined(Path path) {
  std::string text;
  for (const std::string_view key : path) {
    if (!text.empty())
      text.push_back('.');
    text += key;
  }
  return text;
}

FieldRole attribute() {
  FieldRole role;
  role.role = Role::Attribute;
  return role;
}

FieldRole envelope(Role role, int rank = kRankOfEnvelope, TimeSource time = TimeSource::Payload) {
  FieldRole result;
  result.role = role;
  result.rank = rank;
  result.envelope = true;
  result.time = time;
  return result;
}

/// What Azure puts around a message, at any depth below its own keys.
std::optional<FieldRole> envelopeRole(std::span<const std::string_view> path, std::string_view leaf) {
  const std::string_view root = path.front();
  const bool inside =
      path.size() > 1 && (root == "IoTHub" || root == "SystemProperties" || root == "Properties");
  if (inside && root != "Properties" && leaf.ends_with("connectiondeviceid"))
    return envelope(Role::Device);
  if (inside && root != "Properties" && leaf == "enqueuedtime")
    return envelope(Role::Time, 0, TimeSource::Hub);
  if (inside)
    return envelope(Role::Envelope);
  if (leaf == "eventenqueuedutctime")
    return envelope(Role::Time, 0, TimeSource::Enqueued);
  if (leaf == "eventprocessedutctime")
    return envelope(Role::Time, 0, TimeSource::Processed);
  if (leaf == "enqueuedtimeutc" || leaf == "iothubenqueuedtime")
    return envelope(Role::Time, 1, TimeSource::Hub);
  if (leaf == "iothubconnectiondeviceid")
    return envelope(Role::Device);
  if (path.size() == 1 && leaf == "partitionid")
    return envelope(Role::Envelope);
  return std::nullopt;
}

/// The name itself, without what stands in brackets, and without what follows a comma: "Time (UTC)",
/// "Date Time, GMT-05:00".
std::optional<int> timeRank(const std::string &name) {
  const FieldWords &table = FieldWords::all();
  for (const std::string_view end : {std::string_view{}, std::string_view("(["), std::string_view(",")}) {
    const std::size_t at = end.empty() ? std::string::npos : name.find_first_of(end);
    if (const auto rank = rankIn(table.time, wordKey(std::string_view(name).substr(0, at))))
      return rank;
  }
  return std::nullopt;
}

std::optional<FieldRole> timeRole(const HeaderName &leaf, const std::string &key, int depth, int column) {
  const FieldWords &table = FieldWords::all();
  FieldRole role;
  role.role = Role::Time;
  role.rank = depth * kRankOfDepth;
  if (const auto rank = timeRank(leaf.name)) {
    role.rank += *rank + (leaf.unit.kind == Unit::Kind::Unknown ? 0 : kRankOfTimeWithUnit);
    return role;
  }
  const bool table_date = column > 0 && table.table_date.contains(key);
  if (table.date.contains(key) || table_date ||
      table.date.contains(wordKey(std::string_view(leaf.name).substr(0, leaf.name.find_first_of("(["))))) {
    role.time = TimeSource::Date;
    role.rank += table_date ? 1 : 0;
    return role;
  }
  role.rank += kRankOfTimeWithUnit;
  const bool begins = key.starts_with("timestamp") || key.starts_with("datetime");
  if (column > 0 && (table.table_time.contains(key) || (column == 1 && begins)))
    return role;
  return std::nullopt;
}

bool identifies(const std::vector<std::string> &words, const std::string &key) {
  static constexpr std::string_view kEnds[] = {"id", "number", "nr", "num", "idx"};
  return FieldWords::all().attribute.contains(key) || words.front() == "timezone" ||
         std::find(std::begin(kEnds), std::end(kEnds), words.back()) != std::end(kEnds);
}

/// Roles that only a name in full can have; nothing for what measures.
std::optional<FieldRole> namedRole(const std::vector<std::string> &words, const HeaderName &leaf, int depth,
                                   int column) {
  const FieldWords &table = FieldWords::all();
  const std::string key = wordKey(words);
  if (const auto time = timeRole(leaf, key, depth, column))
    return time;
  FieldRole role;
  const auto ranked = [&](Role which, int rank) {
    role.role = which;
    role.rank = rank + depth * kRankOfDepth;
    return role;
  };
  const std::optional<int> device = rankIn(table.device, key);
  if (device && (depth == 0 || *device <= kLastDeviceRankWhenNested))
    return ranked(Role::Device, *device);
  if (const auto message = rankIn(table.message_id, key))
    return ranked(Role::MessageId, *message);
  if (device || (!words.empty() && leaf.name != "NO" && identifies(words, key))) // NO is a gas
    return attribute();
  return std::nullopt;
}

/// Quantities that are none of the three but come in the same units.
Canonical likeWhat(const std::string &own_name) {
  const auto has = [&](std::string_view part) { return own_name.find(part) != std::string::npos; };
  if (has("color") || has("colour")) // of a lamp
    return Canonical::None;
  for (const std::string_view part : {"temp", "dew", "heat_index", "wind_chill", "feels_like", "wet_bulb"})
    if (has(part))
      return Canonical::Temperature;
  return has("press") || has("barom") || has("altimeter") ? Canonical::Pressure : Canonical::None;
}

/// What the field's own words tell, or its object's where they say nothing: `{"humidity":{"value":1}}`.
KnownQuantity knownQuantity(Path path, const HeaderName &leaf) {
  const FieldWords &table = FieldWords::all();
  std::vector<std::string> words = wordsOf(leaf.name);
  const bool holder = words.size() == 1 && table.holders.contains(words.front());
  const std::size_t above = path.size() - (path.size() > 1 && holder ? 2 : 1);
  if (above + 1 < path.size())
    words = wordsOf(path[above]);
  for (const std::string_view key : path.first(above))
    if (table.machines.contains(wordKey(key)))
      return {};
  if (leaf.name == "tC" || leaf.name == "tF") // as if they were "t C" and "t F"
    words = {"t", std::string(1, leaf.name[1] == 'C' ? 'c' : 'f')};
  KnownQuantity known = recogniseQuantity(words, leaf.unit);
  for (std::size_t i = above; i-- > 0 && known.quantity != Canonical::None && known.number.empty();) {
    std::vector<std::string> parent = wordsOf(path[i]);
    leaveOutChips(parent);
    known.number = takeNumber(parent);
    known.maybe = known.number.empty() ? Canonical::None : known.quantity;
  }
  if (leaf.name == nameOf(known.quantity) && known.rank == 1)
    known.rank = 0;
  known.rank += static_cast<int>(above) * kRankOfDepth;
  return known;
}

/// The name with a sign for its number.
std::string familyOf(std::string name, const std::string &number) {
  for (std::size_t at = 0; (at = name.find(number, at)) != std::string::npos; ++at) {
    const auto digitAt = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
    if ((at == 0 || !digitAt(at - 1)) && !digitAt(at + number.size()))
      return name.replace(at, number.size(), "#");
  }
  return name;
}

Unit unitOfOther(const FieldRole &role, const std::vector<std::string> &words, Unit unit) {
  if (unit.kind == Unit::Kind::Kelvin && role.like != Canonical::Temperature) // may be a difference
    return {Unit::Kind::Other, unit.text};
  if (unit.kind == Unit::Kind::Unknown && words.size() > 1) // the name keeps it: do not convert
    if (const Unit ending = unitFromWord(words.back()); ending.kind != Unit::Kind::Unknown)
      return {Unit::Kind::Other, ending.text};
  return unit;
}

FieldRole quantityRole(Path path, const HeaderName &leaf) {
  FieldRole role;
  role.role = Role::Quantity;
  role.scope = joined(path.first(path.size() - 1));
  role.own_name = snakeCase(role.scope + "." + leaf.name + " " + leaf.label);
  const KnownQuantity known = knownQuantity(path, leaf);
  role.canonical = known.quantity;
  role.maybe = known.maybe;
  role.number = known.number;
  role.family = known.number.empty() ? "" : familyOf(role.own_name, known.number);
  role.rank = known.rank;
  const Canonical either = known.quantity == Canonical::None ? known.maybe : known.quantity;
  role.like = either == Canonical::None ? likeWhat(role.own_name) : either;
  role.name = known.quantity == Canonical::None ? role.own_name : std::string(nameOf(known.quantity));
  role.unit = either == Canonical::None ? unitOfOther(role, wordsOf(leaf.name), leaf.unit) : known.unit;
  return role;
}

/// Fields that tell of others; they are quantities still where those are missing.
void findHelper(FieldRole &role, const std::vector<std::string> &words, int depth) {
  const FieldWords &table = FieldWords::all();
  const std::string key = wordKey(words);
  const auto take = [&](Role which, int rank) {
    role.role = which;
    role.rank = rank + depth * kRankOfDepth;
  };
  if (const auto value = rankIn(table.value, key); value && role.canonical == Canonical::None)
    take(Role::Value, *value);
  else if (const auto name = rankIn(table.quantity_name, key))
    take(Role::QuantityName, *name);
  else if (table.unit.contains(key) || key == "usunits") {
    take(Role::UnitText, 0);
    role.like = Canonical::None;
  } else if (words.size() > 1)
    for (const bool front : {true, false}) {
      if (!table.unit.contains(front ? words.front() : words.back()))
        continue;
      const KnownQuantity known =
          recogniseQuantity({words.begin() + (front ? 1 : 0), words.end() - (front ? 0 : 1)}, {});
      role.like = known.quantity == Canonical::None ? known.maybe : known.quantity;
      if (role.like != Canonical::None)
        take(Role::UnitText, 0);
    }
}

FieldRole tellRole(Path path, int column) {
  if (path.size() > 1 && path.front() == "Body") // the payload itself, routed to storage
    path = path.subspan(1);
  const HeaderName leaf = splitHeader(path.back());
  const std::vector<std::string> words = wordsOf(leaf.name);
  const int depth = static_cast<int>(path.size()) - 1;
  const std::string key = wordKey(words);
  FieldRole role;
  if (leaf.name.empty() || leaf.name == "#") {
    role.role = Role::MessageId;
    role.rank = kRankOfRowNumber;
  } else if (key.ends_with("generationid")) {
    role = envelope(Role::Envelope);
  } else if (const auto around = envelopeRole(path, key)) {
    role = *around;
  } else if (const auto named = namedRole(words, leaf, depth, column)) {
    role = *named;
  } else {
    role = quantityRole(path, leaf);
    findHelper(role, words, depth);
  }
  role.column = column;
  return role;
}

} // namespace

std::string_view nameOf(Canonical quantity) {
  static constexpr std::string_view kNames[] = {kTemperature, kHumidity, kPressure};
  return quantity == Canonical::None ? std::string_view{} : kNames[static_cast<int>(quantity)];
}

Canonical canonicalOf(std::string_view name) {
  for (const Canonical quantity : {Canonical::Temperature, Canonical::Humidity, Canonical::Pressure})
    if (name == nameOf(quantity))
      return quantity;
  return Canonical::None;
}

std::string_view unitOf(Canonical quantity) {
  static constexpr std::string_view kUnits[] = {"°C", "%RH", "hPa"};
  return quantity == Canonical::None ? std::string_view{} : kUnits[static_cast<int>(quantity)];
}

FieldRole roleOfField(Path path, int column) {
  thread_local PathMemory<FieldRole> memory;
  return memory.of(path, column, [&] { return tellRole(path, column); });
}

} // namespace meteorograph
