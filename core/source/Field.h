// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FieldRoles.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace meteorograph {

/// A field of a file's records: a column, or a path in JSON. Made once, used by every record; the
/// members behind `plain` are its ReadingBuilder's.
struct Field {
  Field(FieldRole field_role, std::string_view name);

  FieldRole role;
  std::string label;            ///< its name as a mapping gives it
  std::string key;              ///< its name in rescued data, as a JSON string with its quotes
  bool plain = true;            ///< needs no more than its number: most fields do not
  bool groupable = false;       ///< becomes a numbered device's where its records have several of it
  std::int32_t quantity = -1;   ///< the builder's number for role.name, once a value came
  std::int32_t own = -1;        ///< the same for role.own_name
  std::int32_t device = -1;     ///< the builder's number for the device of its own
  std::uint64_t record = 0;     ///< the last record that had it
  std::uint64_t rescued_in = 0; ///< the last record that rescued it …
  int rescued_times = 0;        ///< … and how often, since a key may come twice
  std::size_t names_seen = 0;   ///< how many quantities there were when it last held a text
};

/// A field's value in one record; views into the chunk or the parser's scratch space.
struct FieldValue {
  enum class Kind : std::uint8_t { Absent, Number, Text, Other };
  Kind kind = Kind::Absent;
  std::string_view text; ///< the number's characters, or the text itself
  std::string_view raw;  ///< as JSON; empty: `text` is to be quoted
};

} // namespace meteorograph
