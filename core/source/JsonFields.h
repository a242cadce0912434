// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonScanner.h"
#include "core/source/ReadingBuilder.h"

#include <array>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meteorograph {

/// A key of a file's JSON records, at its place below the keys around it.
struct JsonNode {
  JsonNode(JsonNode *above, std::string_view raw, std::string name, FieldRole role, std::string path)
      : parent(above), raw_key(raw), key(std::move(name)), label(std::move(path)),
        field(std::move(role), label) {}

  JsonNode *parent;
  std::string raw_key;
  std::string key;   ///< the same in UTF-8, unescaped, shortened
  std::string label; ///< the path's keys, joined by points
  Field field;
  bool opens = false;   ///< a text in it may be JSON, which is then looked into
  bool body = false;    ///< … and what is none was not understood
  bool topic = false;   ///< the topic that the record came by
  bool payload = false; ///< what came by it
  std::unordered_map<std::string_view, JsonNode *> children; ///< by their raw_key
};

/// Knows the fields of a file's JSON records by their paths. Records of one file mostly have the same
/// keys in the same order, so the order of the last one is tried first and a lookup is a comparison of
/// bytes. One a parser, on its thread; holds no state that a new one could not find again.
class JsonFields {
public:
  /// Objects in texts in objects in texts … are read so deep.
  static constexpr std::size_t kLevels = 4;
  using Order = std::vector<JsonNode *>; ///< of the last record, by the members' index

  explicit JsonFields(const FieldRoles &roles) : m_roles(roles) {}

  /// Once a record, before find(): bounds the memory where keys never repeat.
  void begin();
  /// Of the record itself, and of the objects in its texts.
  Order &order(std::size_t level) { return m_orders[level]; }
  /// The node of the `index`th member of an object below `above` (null: the record), given after all
  /// those before it.
  JsonNode &find(Order &order, JsonNode *above, std::span<const JsonField> members, std::size_t index);
  /// A node that no member has: `raw_key` is only for finding it, `key` is what its role is told by.
  JsonNode &named(JsonNode *above, std::string_view raw_key, std::string_view key);

  /// What keys of the record itself mean: `field1` is "Temperature".
  void setMeanings(std::map<std::string, std::string> meanings);
  /// Another number whenever all fields have been forgotten.
  std::uint64_t generation() const { return m_generation; }
  /// In the order in which they came.
  const std::deque<JsonNode> &nodes() const { return m_nodes; }

private:
  void forget();
  JsonNode &child(JsonNode *parent, std::string_view raw_key);
  JsonNode &add(JsonNode *parent, std::string_view raw_key, std::string key);
  struct Told {
    FieldRole role;
    std::string plain; ///< the key's plainName()
  };
  Told tell(const JsonNode *parent, const std::string &key) const;
  FieldRole roleByMeaning(const std::string &key, const std::string &meaning) const;

  const FieldRoles &m_roles;
  std::map<std::string, std::string> m_meanings;
  std::size_t m_bytes = 0; ///< of all keys
  std::uint64_t m_generation = 0;
  std::deque<JsonNode> m_nodes; ///< a deque, since nodes point to each other
  std::unordered_map<std::string_view, JsonNode *> m_roots;
  std::array<Order, kLevels> m_orders;
};

} // namespace meteorograph
