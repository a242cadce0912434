// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

enum class AvroType : std::uint8_t {
  Null,
  Boolean,
  Int,
  Long,
  Float,
  Double,
  Bytes,
  String,
  Record,
  Enum,
  Array,
  Map,
  Union,
  Fixed
};

/// What a number or bytes stand for, as far as it makes another text of them.
enum class AvroMeaning : std::uint8_t { Itself, Date, Millis, Micros, Nanos, Decimal };

/// One type. Refers to others by their index in the schema, since types may hold themselves.
struct AvroNode {
  AvroType type = AvroType::Null;
  AvroMeaning meaning = AvroMeaning::Itself;
  bool local = false;                  ///< a time without a zone
  std::uint32_t scale = 0;             ///< Decimal: digits behind the point
  std::uint32_t size = 0;              ///< Fixed: bytes
  std::vector<std::uint32_t> children; ///< fields, branches, or the one type of items
  std::vector<std::string> names;      ///< of the fields or symbols, as JSON strings with their quotes
};

/// The schema that an Avro container carries. A value; the root is node 0.
class AvroSchema {
public:
  /// From its JSON text; an error says what is wrong with it.
  static Result<AvroSchema> parse(std::string_view json);
  const AvroNode &root() const { return m_nodes.front(); }
  const AvroNode &at(std::uint32_t index) const { return m_nodes[index]; }

private:
  friend class AvroSchemaReader;
  std::vector<AvroNode> m_nodes;
};

/// Types nested deeper are refused, in schemas as in data.
inline constexpr int kMaxAvroDepth = 64;

} // namespace meteorograph
