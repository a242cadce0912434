// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonFields.h"

#include "core/source/TextEncoding.h"

#include <algorithm>

namespace meteorograph {

namespace {
/// More different paths than any file of readings has; beyond, all are forgotten and found anew.
constexpr std::size_t kMaxNodes = 20'000;
} // namespace

void JsonFields::begin() {
  if (m_nodes.size() < kMaxNodes)
    return;
  m_order.clear();
  m_roots.clear();
  m_nodes.clear();
}

Field &JsonFields::find(const std::vector<JsonField> &members, std::size_t index) {
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
  std::string key;
  appendUnescaped(key, member.key);
  const std::string label = parent == nullptr ? key : parent->label + "." + key;
  std::vector<std::string> keys{key};
  for (const Node *node = parent; node != nullptr; node = node->parent) {
    keys.emplace_back();
    appendUnescaped(keys.back(), node->raw_key);
  }
  std::reverse(keys.begin(), keys.end());
  const std::vector<std::string_view> path(keys.begin(), keys.end());
  Node &node = m_nodes.emplace_back(parent, member.key, roleOfField(path), label);
  siblings.emplace(node.raw_key, &node);
  return node;
}

} // namespace meteorograph
