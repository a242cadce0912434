// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldRoles.h"

#include "core/model/Quantity.h"
#include "core/source/FieldNames.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <optional>

namespace meteorograph {

namespace {

/// Every level of nesting weighs more than any difference of names.
constexpr int kRankOfDepth = 100;
constexpr int kRankOfEnvelope = 10'000;

struct Ranked {
  std::string_view plain;
  int rank;
};

constexpr Ranked kTimes[] = {
    {"time", 0},        {"timestamp", 0},    {"datetime", 0},        {"createdat", 0},   {"readtime", 0},
    {"ts", 0},          {"eventtime", 0},    {"measuredat", 0},      {"observedat", 0},  {"recordedat", 0},
    {"sampletime", 0},  {"timeutc", 0},      {"utctime", 0},         {"utc", 1},         {"timestamputc", 0},
    {"datetimeutc", 0}, {"utctimestamp", 0}, {"epoch", 1},           {"unixtime", 1},    {"unixtimestamp", 1},
    {"timestampms", 1}, {"timems", 1},       {"measurementtime", 0}, {"timelocal", 2},   {"localtime", 2},
    {"lastchanged", 3}, {"lastupdated", 4},  {"updatedat", 4},       {"publishedat", 4}, {"receivedat", 5},
    {"dateandtime", 0},
};

constexpr Ranked kDevices[] = {
    {"deviceid", 0},  {"device", 1},  {"devicename", 1},  {"dspl", 2},   {"sensorid", 3},
    {"entityid", 3},  {"sensor", 4},  {"sensorname", 4},  {"deveui", 4}, {"loggerid", 4},
    {"stationid", 5}, {"station", 5}, {"stationname", 5}, {"nodeid", 6}, {"node", 6},
    {"room", 7},      {"name", 8},    {"location", 9},
};
constexpr int kLastDeviceRankWhenNested = 4; ///< deeper down a "name" or "location" is anything's

constexpr Ranked kMessageIds[] = {{"messageid", 0}, {"entryid", 1}, {"sequencenumber", 2}};
constexpr int kRankOfRowNumber = 3;

constexpr std::string_view kAttributes[] = {
    "partitionid", "latitude", "longitude", "lat",      "lon",    "lng",          "elevation",
    "id",          "uid",      "uuid",      "index",    "idx",    "row",          "rownumber",
    "rowid",       "recordid", "seq",       "sequence", "serial", "serialnumber", "version",
    "firmware",    "mac",      "no",        "nr"};

struct QuantityName {
  std::string_view plain;
  Canonical quantity;
};
constexpr QuantityName kQuantities[] = {
    {"temperature", Canonical::Temperature},
    {"temp", Canonical::Temperature},
    {"airtemp", Canonical::Temperature},
    {"airtemperature", Canonical::Temperature},
    {"tempair", Canonical::Temperature},
    {"temperatureair", Canonical::Temperature},
    {"ambienttemp", Canonical::Temperature},
    {"ambienttemperature", Canonical::Temperature},
    {"tair", Canonical::Temperature},
    {"t", Canonical::Temperature},
    {"humidity", Canonical::Humidity},
    {"hum", Canonical::Humidity},
    {"hmdt", Canonical::Humidity},
    {"humid", Canonical::Humidity},
    {"humi", Canonical::Humidity},
    {"rh", Canonical::Humidity},
    {"relhum", Canonical::Humidity},
    {"relhumidity", Canonical::Humidity},
    {"relativehumidity", Canonical::Humidity},
    {"humidityrelative", Canonical::Humidity},
    {"airhum", Canonical::Humidity},
    {"airhumidity", Canonical::Humidity},
    {"h", Canonical::Humidity},
    {"pressure", Canonical::Pressure},
    {"pres", Canonical::Pressure},
    {"prss", Canonical::Pressure},
    {"press", Canonical::Pressure},
    {"barometer", Canonical::Pressure},
    {"baro", Canonical::Pressure},
    {"barometricpressure", Canonical::Pressure},
    {"atmosphericpressure", Canonical::Pressure},
    {"airpressure", Canonical::Pressure},
    {"airpress", Canonical::Pressure},
    {"abspressure", Canonical::Pressure},
    {"absolutepressure", Canonical::Pressure},
    {"stationpressure", Canonical::Pressure},
};

/// Units that may end a name without a word of their own: `pressurehPa`.
constexpr std::string_view kUnitEndings[] = {"celsius", "fahrenheit", "degc", "degf", "hpa",    "mbar",
                                             "kpa",     "mmhg",       "inhg", "pct",  "percent"};

/// Names of sensor chips, which say nothing of what is measured: `bme280_temp`.
constexpr std::string_view kChips[] = {"bme", "bmp", "dht", "sht", "htu", "hdc", "am",  "si",  "aht",
                                       "ds",  "lm",  "ms",  "lps", "dps", "hts", "scd", "tmp", "mcp"};

/// Keys that hold a value and say nothing of it; their object's key does.
constexpr std::string_view kGenericKeys[] = {"value", "val", "v", "reading", "state", "current"};

template <std::size_t N> const Ranked *find(const Ranked (&table)[N], std::string_view plain) {
  const auto found =
      std::find_if(table, table + N, [&](const Ranked &entry) { return entry.plain == plain; });
  return found == table + N ? nullptr : found;
}

template <std::size_t N> bool contains(const std::string_view (&table)[N], std::string_view plain) {
  return std::find(table, table + N, plain) != table + N;
}

/// A header's name and what it says of the unit: "Temp (°F)", "RH [%]", "Temp, °C".
struct NameAndUnit {
  std::string_view name;
  Unit unit;
};

NameAndUnit splitUnit(std::string_view name) {
  name = trimmed(name);
  std::size_t open = std::string_view::npos;
  std::string_view inside;
  if (name.ends_with(')') || name.ends_with(']')) {
    open = name.find_last_of(name.back() == ')' ? '(' : '[');
    if (open != std::string_view::npos)
      inside = name.substr(open + 1, name.size() - open - 2);
  } else if ((open = name.rfind(", ")) != std::string_view::npos) {
    inside = name.substr(open + 2);
  }
  const Unit unit = open == std::string_view::npos ? Unit{} : unitFromText(inside);
  if (unit.kind == Unit::Kind::Unknown || open == 0)
    return {name, {}};
  return {trimmed(name.substr(0, open)), unit};
}

Canonical canonicalOf(std::string_view plain) {
  for (const QuantityName &entry : kQuantities)
    if (entry.plain == plain)
      return entry.quantity;
  return Canonical::None;
}

bool fits(Canonical quantity, const Unit &unit) {
  if (unit.kind == Unit::Kind::Unknown)
    return true;
  if (quantity == Canonical::Temperature)
    return unit.isTemperature();
  return quantity == Canonical::Humidity ? unit.kind == Unit::Kind::Percent : unit.isPressure();
}

bool isChip(std::string_view word) {
  const std::size_t digits = word.find_first_of("0123456789");
  return contains(kChips, word.substr(0, digits));
}

struct Recognised {
  Canonical quantity = Canonical::None;
  Unit unit;
  bool exact = false;
};

/// The quantity of a name with the unit taken from its end, if its end is one.
Recognised recogniseWithEnding(const std::vector<std::string> &words) {
  std::string plain;
  for (const std::string &word : words)
    plain += word;
  const auto tryEnding = [&](std::string_view ending, const Unit &unit) -> Recognised {
    if (unit.kind == Unit::Kind::Unknown || plain.size() <= ending.size())
      return {};
    const Canonical quantity = canonicalOf(std::string_view(plain).substr(0, plain.size() - ending.size()));
    return quantity != Canonical::None && fits(quantity, unit) ? Recognised{quantity, unit, false}
                                                               : Recognised{};
  };
  for (const std::string_view ending : kUnitEndings) {
    if (!plain.ends_with(ending))
      continue;
    if (const Recognised found = tryEnding(ending, unitFromText(ending)); found.quantity != Canonical::None)
      return found;
  }
  return words.empty() ? Recognised{} : tryEnding(words.back(), unitFromWord(words.back()));
}

Recognised recognise(std::vector<std::string> words, const Unit &stated) {
  while (words.size() > 1 && isChip(words.front()))
    words.erase(words.begin());
  std::string plain;
  for (const std::string &word : words)
    plain += word;
  const Canonical quantity = canonicalOf(plain);
  if (quantity != Canonical::None && fits(quantity, stated))
    return {quantity, stated, plain == nameOf(quantity)};
  if (plain == "p" && stated.isPressure()) // alone it may be power or anything
    return {Canonical::Pressure, stated, false};
  return stated.kind == Unit::Kind::Unknown ? recogniseWithEnding(words) : Recognised{};
}

std::string joined(std::span<const std::string_view> path) {
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
  if (inside && root != "Properties" && leaf == "connectiondeviceid")
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

/// Roles that only a name in full can have; nothing for what measures.
std::optional<FieldRole> namedRole(const std::vector<std::string> &words, std::string_view leaf, int depth) {
  FieldRole role;
  const auto ranked = [&](Role which, int rank) {
    role.role = which;
    role.rank = rank + depth * kRankOfDepth;
    return role;
  };
  if (const Ranked *time = find(kTimes, leaf))
    return ranked(Role::Time, time->rank);
  if (leaf == "date" || leaf == "day") {
    role.time = TimeSource::Date;
    return ranked(Role::Time, 0);
  }
  const Ranked *device = find(kDevices, leaf);
  if (device != nullptr && (depth == 0 || device->rank <= kLastDeviceRankWhenNested))
    return ranked(Role::Device, device->rank);
  if (const Ranked *message = find(kMessageIds, leaf))
    return ranked(Role::MessageId, message->rank);
  if (device != nullptr || contains(kAttributes, leaf) || (!words.empty() && words.back() == "id"))
    return attribute();
  return std::nullopt;
}

FieldRole quantityRole(std::span<const std::string_view> path, const NameAndUnit &leaf) {
  FieldRole role;
  role.role = Role::Quantity;
  std::string whole = joined(path.first(path.size() - 1));
  whole += whole.empty() ? "" : ".";
  role.own_name = snakeCase(whole += leaf.name);
  std::vector<std::string> words = wordsOf(leaf.name);
  if (path.size() > 1 && words.size() == 1 && contains(kGenericKeys, words.front()))
    words = wordsOf(path[path.size() - 2]);
  const Recognised found = recognise(words, leaf.unit);
  role.canonical = found.quantity;
  role.exact = found.exact;
  role.name = found.quantity == Canonical::None ? role.own_name : std::string(nameOf(found.quantity));
  role.unit = found.quantity == Canonical::None ? leaf.unit : found.unit;
  if (found.quantity == Canonical::None && role.unit.kind == Unit::Kind::Kelvin &&
      role.own_name.find("temp") == std::string::npos) // may be a difference, so leave it in kelvins
    role.unit = {Unit::Kind::Other, role.unit.text};
  if (role.unit.kind == Unit::Kind::Unknown && words.size() > 1) // the name keeps it: do not convert
    if (const Unit ending = unitFromWord(words.back()); ending.kind != Unit::Kind::Unknown)
      role.unit = {Unit::Kind::Other, ending.text};
  return role;
}

} // namespace

std::string_view nameOf(Canonical quantity) {
  static constexpr std::string_view kNames[] = {kTemperature, kHumidity, kPressure};
  return quantity == Canonical::None ? std::string_view{} : kNames[static_cast<int>(quantity)];
}

std::string_view unitOf(Canonical quantity) {
  static constexpr std::string_view kUnits[] = {"°C", "%RH", "hPa"};
  return quantity == Canonical::None ? std::string_view{} : kUnits[static_cast<int>(quantity)];
}

FieldRole FieldRoles::of(std::span<const std::string_view> path, int) const { return roleOfField(path); }

FieldRole roleOfField(std::span<const std::string_view> path) {
  if (path.size() > 1 && path.front() == "Body") // the payload itself, routed to storage
    path = path.subspan(1);
  const NameAndUnit leaf = splitUnit(path.back());
  const std::vector<std::string> words = wordsOf(leaf.name);
  std::string plain;
  for (const std::string &word : words)
    plain += word;
  if (leaf.name.empty() || leaf.name == "#") {
    FieldRole role;
    role.role = Role::MessageId;
    role.rank = kRankOfRowNumber;
    return role;
  }
  if (plain.ends_with("generationid"))
    return envelope(Role::Envelope);
  if (const auto role = envelopeRole(path, plain))
    return *role;
  if (const auto role = namedRole(words, plain, static_cast<int>(path.size()) - 1))
    return *role;
  return quantityRole(path, leaf);
}

} // namespace meteorograph
