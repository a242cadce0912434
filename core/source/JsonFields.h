// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonScanner.h"
#include "core/source/ReadingBuilder.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meteorograph {

/// Knows the fields of a file's JSON records by their paths. Records of one file mostly have the same
/// keys in the same order, so the order of the last one is tried first and a lookup is a comparison of
/// bytes. One a parser, on its thread; holds no state that a new one could not find again.
class JsonFields {
public:
  /// Once a record, before find(): bounds the memory where keys never repeat.
  void begin();
  /// The field of the record's `index`th member, given after all those before it.
  Field &find(std::span<const JsonField> members, std::size_t index);

private:
  struct Node {
    Node(Node *above, std::string_view raw, std::string name, FieldRole role, std::string path)
        : parent(above), raw_key(raw), key(std::move(name)), label(std::move(path)),
          field(std::move(role), label) {}
    Node *parent;
    std::string raw_key;
    std::string key;   ///< the same in UTF-8, unescaped, shortened
    std::string label; ///< the path's keys, joined by points
    Field field;
    std::unordered_map<std::string_view, Node *> children; ///< by their raw_key
  };

  Node &child(Node *parent, const JsonField &member);

  std::size_t m_bytes = 0;  ///< of all keys
  std::deque<Node> m_nodes; ///< a deque, since nodes point to each other
  std::unordered_map<std::string_view, Node *> m_roots;
  std::vector<Node *> m_order; ///< of the last record, by the members' index
};

} // namespace meteorograph
