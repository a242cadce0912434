// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonFields.h"
#include "core/source/ReadingBuilder.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Reads an object whose values stand in columns, `{"time":[…],"temperature":[…]}`: each time and what
/// stands at the same place in the arrays beside it is a record of its own. What the object says besides
/// holds for all of them: a device, the columns' units (`"hourly_units":{"temperature":"°C"}`) and the
/// offset of times that state no zone (`"utc_offset_seconds":7200`). Numbers and arrays that fit no column
/// go to the rescued data of the first record. One a parser, on its thread.
class JsonColumns {
public:
  JsonColumns(ReadingBuilder &builder, JsonFields &fields) : m_builder(builder), m_fields(fields) {}

  /// The members of the object that stands at `place`, found in `fields` in their order. False where
  /// there is nothing to read in columns: none that is as long as the times, say.
  bool read(std::span<const JsonField> members, Batch &batch, const RecordPlace &place);

  /// Whether a member is a column of times.
  static bool isTimes(const JsonField &member, const JsonNode &node);

private:
  struct Column {
    Field *field = nullptr;
    std::string_view array;
    std::size_t at = 1;       ///< where its next value is looked for
    std::string scratch = {}; ///< the text of its value, where that has escapes or gets an offset
  };

  bool readGroup(std::span<const JsonField> members, std::size_t times);
  Column columnOf(std::span<const JsonField> members, std::size_t index, std::string_view units);
  void takeRow(std::span<const JsonField> members, Batch &batch, const RecordPlace &place);
  void addRest(std::span<const JsonField> members);
  bool addNext(Column &column, bool time);

  ReadingBuilder &m_builder;
  JsonFields &m_fields;
  std::vector<Column> m_columns; ///< the times first
  bool m_first = false;          ///< the object's first record is still to come
  std::string m_offset;          ///< of times that state no zone, as ISO 8601 has it
};

} // namespace meteorograph
