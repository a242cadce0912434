// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonFields.h"

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

} // namespace

void JsonFields::begin() {
  if (m_nodes.size() < kMaxNodes && m_bytes < kMaxBytes)
    return;
  m_bytes = 0;
  m_order.clear();
  m_roots.clear();
  m_nodes.clear();
}

Field &JsonFields::find(std::span<const JsonField> members, std::size_t index) {
  const JsonField &member = members[index];
  Node *parent = member.parent < 0 ? nullptr : m_order[static_cast<std::size_t>(member.parent)];
  if (index >= m_order.size())
    m_order.resize(index + 1, nullptr);
  Node *&last = m_order[index];
  if (last == nullptr || last->parent != parent || last->raw_key != member.key)
    last = &child(parent, member);
  return last->field;
}

JsonFields::Node &JsonFields::child(Node *parent, const JsonField &member) {
  auto &siblings = parent == nullptr ? m_roots : parent->children;
  if (const auto found = siblings.find(member.key); found != siblings.end())
    return *found->second;
  std::string key = readableKey(member.key);
  std::string label = parent == nullptr ? key : parent->label + "." + key;
  std::vector<std::string_view> path{key};
  for (const Node *node = parent; node != nullptr; node = node->parent)
    path.push_back(node->key);
  std::reverse(path.begin(), path.end());
  m_bytes += member.key.size() + label.size();
  FieldRole role = roleOfField(path);
  Node &node = m_nodes.emplace_back(parent, member.key, std::move(key), std::move(role), std::move(label));
  siblings.emplace(node.raw_key, &node);
  return node;
}

} // namespace meteorograph
