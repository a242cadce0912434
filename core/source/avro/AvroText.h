// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonScanner.h"
#include "core/source/avro/AvroCursor.h"
#include "core/source/avro/AvroSchema.h"

#include <string>

namespace meteorograph {

/// Writes Avro data as JSON text. Unions become the value they hold, times ISO 8601, decimals numbers;
/// bytes that are the text of a JSON object become that object (what devices send through a hub),
/// other text a string, anything else base64. Numbers that JSON does not know are null.
class AvroText {
public:
  /// A block of so many bytes begins: bounds how many values it may hold, since some take no bytes.
  void beginBlock(std::size_t bytes);
  /// Appends the next datum; false when the bytes cannot be that. kChunkPadding bytes behind the
  /// cursor's are readable. Takes time in proportion to the bytes.
  bool append(const AvroSchema &schema, AvroCursor &from, std::string &out);

private:
  bool value(const AvroNode &node, int depth);
  bool record(const AvroNode &node, int depth);
  bool choice(const AvroNode &node, int depth);
  bool items(const AvroNode &node, int depth);
  bool boolean();
  bool integer(const AvroNode &node);
  template <class Number> bool real();
  bool symbol(const AvroNode &node);
  bool bytes(const AvroNode &node);
  void appendTime(std::int64_t time, const AvroNode &node);
  void appendBytes(std::string_view bytes, const AvroNode &node);
  bool appendObject(std::string_view text);

  const AvroSchema *m_schema = nullptr;
  AvroCursor *m_from = nullptr;
  std::string *m_out = nullptr;
  std::uint64_t m_valuesLeft = 0; ///< in this block
  JsonScanner m_scanner;
};

} // namespace meteorograph
