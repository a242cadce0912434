// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/LongNames.h"

#include "core/source/FieldNames.h"
#include "core/source/FieldWords.h"
#include "core/source/QuantityNames.h"
#include "core/source/TextEncoding.h"

#include <span>

namespace meteorograph {

namespace {

/// More names, or longer ones, than any file of readings has.
constexpr std::size_t kMostNames = 10'000;
constexpr std::size_t kLongestName = 256;

std::string snakeOf(std::span<const std::string> words) {
  std::string text;
  for (const std::string &word : words)
    text.append(text.empty() ? "" : "_").append(word);
  return text;
}

FieldRole quantityNamed(const std::string &text) {
  const std::string_view path[] = {text};
  FieldRole role = roleOfField(path);
  if (role.own_name.empty())
    role.own_name = role.name = snakeCase(text);
  role.role = Role::Quantity;
  role.envelope = false;
  role.number.clear();
  role.rank = 0;
  role.column = -1; // no column of its own
  return role;
}

/// Whether these words name something that sensors measure; "outdoor" before them names the device.
bool measures(std::vector<std::string> words) {
  const std::size_t size = words.size();
  leaveOutChips(words);
  if (words.size() < size)
    return false;
  const KnownQuantity known = recogniseQuantity(words, {});
  return known.quantity != Canonical::None || FieldWords::all().measured.contains(wordKey(words));
}

/// The longest end or, failing that, beginning of the words that names a quantity.
std::optional<LongName> partEntity(const std::vector<std::string> &words) {
  const std::span<const std::string> all(words);
  for (const bool end : {true, false})
    for (std::size_t size = words.size(); size > 0; --size) {
      const auto named = end ? all.last(size) : all.first(size);
      if (!measures({named.begin(), named.end()}))
        continue;
      const auto device = end ? all.first(all.size() - size) : all.last(all.size() - size);
      const std::string quantity = snakeOf(named);
      return LongName{snakeOf(device), Field(quantityNamed(quantity), quantity)};
    }
  return std::nullopt;
}

/// Without the counter that sets entities of one name apart: `living_room_temperature_2`.
std::optional<LongName> partNumberedEntity(std::vector<std::string> words) {
  if (words.size() < 2 || words.back().find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  const std::string number = words.back();
  words.pop_back();
  std::optional<LongName> name = partEntity(words);
  if (name)
    name->device += (name->device.empty() ? "" : "_") + number;
  return name;
}

std::optional<LongName> readEntity(std::string_view text) {
  if (const std::size_t point = text.find('.'); point != std::string_view::npos)
    text.remove_prefix(point + 1);
  if (text.size() > kLongestName || !isValidUtf8(text))
    return std::nullopt;
  const std::vector<std::string> words = wordsOf(text);
  if (std::optional<LongName> name = partEntity(words))
    return name;
  return partNumberedEntity(words);
}

} // namespace

void LongNames::begin() {
  if (m_quantities.size() + m_entities.size() < kMostNames)
    return;
  m_quantities.clear();
  m_entities.clear();
}

LongName &LongNames::quantity(std::string_view text) {
  if (const auto found = m_quantities.find(text); found != m_quantities.end())
    return found->second;
  const std::string name = toUtf8(text.substr(0, characterBoundary(text, kLongestName)));
  return m_quantities.try_emplace(std::string(text), LongName{{}, Field(quantityNamed(name), name)})
      .first->second;
}

LongName *LongNames::entity(std::string_view text) {
  auto found = m_entities.find(text);
  if (found == m_entities.end())
    found = m_entities.try_emplace(std::string(text), readEntity(text)).first;
  return found->second ? &*found->second : nullptr;
}

} // namespace meteorograph
