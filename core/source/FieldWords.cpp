// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldWords.h"

#include "core/source/FieldNameTable.h"
#include "core/source/FieldNames.h"

#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

using Json = nlohmann::ordered_json;

/// A name's keys: with accents left out, and as German is written without its umlauts.
std::vector<std::string> keysOf(const std::string &name) {
  static constexpr std::pair<std::string_view, std::string_view> kUmlauts[] = {
      {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}};
  std::string spelt = name;
  for (const auto &[umlaut, letters] : kUmlauts)
    for (std::size_t at = 0; (at = spelt.find(umlaut, at)) != std::string::npos;)
      spelt.replace(at, umlaut.size(), letters);
  std::vector<std::string> keys{wordKey(name)};
  if (spelt != name)
    keys.push_back(wordKey(spelt));
  return keys;
}

template <class Add> void eachKey(const Json &names, Add &&add) {
  for (const Json &name : names)
    for (std::string &key : keysOf(name.get<std::string>()))
      add(std::move(key));
}

FieldWords::Names namesOf(const Json &names) {
  FieldWords::Names set;
  eachKey(names, [&](std::string key) { set.insert(std::move(key)); });
  return set;
}

FieldWords::Ranks ranksOf(const Json &lists) {
  FieldWords::Ranks ranks;
  for (const auto &[rank, names] : lists.items())
    eachKey(names, [&, number = std::stoi(rank)](std::string key) { ranks.emplace(std::move(key), number); });
  return ranks;
}

void addQuantities(FieldWords &words, const Json &json) {
  const auto of = [&](const std::string &name) {
    return name == "temperature" ? Canonical::Temperature
           : name == "humidity"  ? Canonical::Humidity
                                 : Canonical::Pressure;
  };
  for (const char *name : {"temperature", "humidity", "pressure"})
    eachKey(json.at(name), [&](std::string key) { words.quantities.emplace(std::move(key), of(name)); });
  for (const auto &[name, quantity] : json.at("only with its unit").items())
    words.only_with_unit.emplace(wordKey(name), of(quantity.get<std::string>()));
  for (const auto &[name, meaning] : json.at("with its unit").items()) {
    const std::string text = meaning.get<std::string>();
    const std::size_t blank = text.find(' ');
    words.with_unit.emplace(wordKey(name),
                            std::pair(text.substr(0, blank), unitFromText(text.substr(blank + 1))));
  }
  int rank = 0; // in the table's order
  for (const Json &name : json.at("pressure elsewhere")) {
    for (std::string &key : keysOf(name.get<std::string>()))
      words.pressure_elsewhere.emplace(std::move(key), rank);
    ++rank;
  }
}

FieldWords read() {
  const Json json = Json::parse(fieldNameTables().front().text);
  FieldWords words;
  words.time = ranksOf(json.at("time"));
  words.device = ranksOf(json.at("device"));
  words.message_id = ranksOf(json.at("message id"));
  words.quantity_name = ranksOf(json.at("quantity name"));
  words.value = ranksOf(json.at("value"));
  words.date = namesOf(json.at("date"));
  words.table_time = namesOf(json.at("only in tables").at("time"));
  words.table_date = namesOf(json.at("only in tables").at("date"));
  std::size_t part = 0; // in the table's order
  for (const auto &[format, names] : json.at("calendar").items())
    words.calendar[part++] = namesOf(names);
  words.attribute = namesOf(json.at("attribute"));
  words.unit = namesOf(json.at("unit"));
  addQuantities(words, json);
  const Json &qualifiers = json.at("qualifiers");
  words.qualifiers = namesOf(qualifiers.at("any"));
  words.own_qualifiers = {FieldWords::Names{}, namesOf(qualifiers.at("humidity")),
                          namesOf(qualifiers.at("pressure"))};
  words.averages = namesOf(qualifiers.at("averages"));
  words.places = namesOf(json.at("places"));
  words.numbered = namesOf(json.at("numbered"));
  words.chips = namesOf(json.at("chips"));
  words.holders = namesOf(json.at("holders"));
  words.machines = namesOf(json.at("inside machines"));
  words.measured = namesOf(json.at("measured"));
  return words;
}

} // namespace

const FieldWords &FieldWords::all() {
  static const FieldWords words = read();
  return words;
}

std::string wordKey(std::string_view name) { return withoutAccents(plainName(name)); }

std::string wordKey(const std::vector<std::string> &words) {
  std::string plain;
  for (const std::string &word : words)
    plain += word;
  return withoutAccents(plain);
}

std::optional<int> rankIn(const FieldWords::Ranks &ranks, const std::string &key) {
  const auto found = ranks.find(key);
  return found == ranks.end() ? std::nullopt : std::optional(found->second);
}

} // namespace meteorograph
