// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonFields.h"

#include "core/source/FieldNames.h"
#include "core/source/MessagePath.h"
#include "core/source/PathMemory.h"
#include "core/source/TextEncoding.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// More different paths, or longer ones, than any file of readings has; beyond, all are found anew.
constexpr std::size_t kMaxNodes = 20'000;
constexpr std::size_t kMaxBytes = 16 << 20;
/// Of a key, so much is enough to name a quantity or a rescued value.
constexpr std::size_t kMaxKey = 1024;

std::string readableKey(std::string_view raw) {
  std::string key;
  appendUnescaped(key, raw);
  if (key.size() > kMaxKey)
    key.resize(characterBoundary(key, kMaxKey));
  return key;
}

std::vector<std::string_view> pathOf(const JsonNode *parent, std::string_view key) {
  std::vector<std::string_view> path{key};
  for (const JsonNode *node = parent; node != nullptr; node = node->parent)
    path.push_back(node->key);
  std::reverse(path.begin(), path.end());
  return path;
}

/// A name, a time or the transport's own metadata may look like anything and is a text all the same.
bool mayHoldJson(const FieldRole &role) {
  return !role.envelope && role.role != Role::Time && role.role != Role::Device &&
         role.role != Role::MessageId && role.role != Role::Ignored;
}

} // namespace

void JsonFields::begin() {
  if (m_nodes.size() < kMaxNodes && m_bytes < kMaxBytes)
    return;
  forget();
}

void JsonFields::forget() {
  ++m_generation;
  m_bytes = 0;
  m_orders = {};
  m_roots.clear();
  m_nodes.clear();
}

// Hot: once a member of every record.
JsonNode &JsonFields::find(Order &order, JsonNode *above, std::span<const JsonField> members,
                           std::size_t index) {
  const JsonField &member = members[index];
  JsonNode *parent = member.parent < 0 ? above : order[static_cast<std::size_t>(member.parent)];
  if (index >= order.size())
    order.resize(index + 1, nullptr);
  JsonNode *&last = order[index];
  if (last == nullptr || last->parent != parent || last->raw_key != member.key)
    last = &child(parent, member.key);
  return *last;
}

JsonNode &JsonFields::named(JsonNode *above, std::string_view raw_key, std::string_view key) {
  auto &siblings = above == nullptr ? m_roots : above->children;
  const auto found = siblings.find(raw_key);
  return found != siblings.end() ? *found->second : add(above, raw_key, std::string(key));
}

JsonNode &JsonFields::child(JsonNode *parent, std::string_view raw_key) {
  auto &siblings = parent == nullptr ? m_roots : parent->children;
  if (const auto found = siblings.find(raw_key); found != siblings.end())
    return *found->second;
  return add(parent, raw_key, readableKey(raw_key));
}

JsonNode &JsonFields::add(JsonNode *parent, std::string_view raw_key, std::string key) {
  std::string label = parent == nullptr ? key : parent->label + "." + key;
  m_bytes += raw_key.size() + label.size();
  Told told = tell(parent, key);
  FieldRole &role = told.role;
  const bool opens = mayHoldJson(role);
  const std::string plain = parent == nullptr && !role.mapped ? told.plain : std::string();
  JsonNode &node = m_nodes.emplace_back(parent, raw_key, std::move(key), std::move(role), std::move(label));
  node.opens = opens;
  node.body = plain == "body";
  node.topic = plain == "topic";
  node.payload = plain == "payload";
  auto &siblings = parent == nullptr ? m_roots : parent->children;
  siblings.emplace(node.raw_key, &node);
  return node;
}

JsonFields::Told JsonFields::tell(const JsonNode *parent, const std::string &key) const {
  thread_local PathMemory<Told> memory;
  const std::vector<std::string_view> path = pathOf(parent, key);
  const auto byName = [&] { return Told{roleInMessage(m_roles, path), plainName(key)}; };
  Told told = m_roles.mapping().empty() ? memory.of(path, 0, byName) : byName();
  const auto meaning = m_meanings.find(key);
  if (parent == nullptr && !told.role.mapped && meaning != m_meanings.end())
    told.role = roleByMeaning(key, meaning->second);
  return told;
}

FieldRole JsonFields::roleByMeaning(const std::string &key, const std::string &meaning) const {
  const std::string_view meant[] = {meaning};
  FieldRole role = m_roles.of(meant);
  if (role.role == Role::Quantity)
    role.own_name = snakeCase(meaning + " " + key); // two fields may mean the same
  if (role.role == Role::Quantity && role.canonical == Canonical::None)
    role.own_name = role.name;
  return role;
}

void JsonFields::setMeanings(std::map<std::string, std::string> meanings) {
  if (meanings == m_meanings)
    return;
  m_meanings = std::move(meanings);
  forget();
}

} // namespace meteorograph
