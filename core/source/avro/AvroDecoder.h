// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "core/source/avro/AvroCodec.h"
#include "core/source/avro/AvroSchema.h"
#include "core/source/avro/AvroText.h"

#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// Turns an Avro object container into lines of JSON, one a datum, in whatever pieces it comes. Knows
/// no file. Holds one block at a time, of at most 64 MiB; takes time in proportion to the bytes.
class AvroDecoder {
public:
  AvroDecoder() = default;
  AvroDecoder(const AvroDecoder &) = delete;
  AvroDecoder &operator=(const AvroDecoder &) = delete;

  /// Takes more of the container.
  void push(std::string_view bytes);
  /// Appends the next datum and a newline; false while it is not there yet: data come when their whole
  /// block has. An error says in what way the container is damaged, and stays; nothing is appended then.
  Result<bool> next(std::string &out);

private:
  Result<bool> takeHeader();
  Result<bool> takeBlock();
  Result<bool> takeDatum(std::string &out);
  Result<bool> incomplete(const AvroCursor &at, const char *what);
  Result<bool> refuse(std::string reason);
  bool readMetadata(AvroCursor &at, std::string &schema, std::string &codec) const;
  std::string_view unread() const { return std::string_view(m_input).substr(m_used); }

  std::string m_input;
  std::size_t m_used = 0;   ///< of m_input
  std::size_t m_needed = 0; ///< unread bytes without which it goes no further
  std::optional<AvroSchema> m_schema;
  AvroCodec m_codec = AvroCodec::None;
  std::string m_sync;
  std::string m_block;     ///< unpacked, with padding behind
  AvroCursor m_at{{}};     ///< in m_block
  std::int64_t m_left = 0; ///< data of the block
  AvroText m_text;
  std::optional<Error> m_error;
};

} // namespace meteorograph
