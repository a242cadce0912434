// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace meteorograph {

/// Walks through Avro's binary encoding. Once something is missing or wrong every further read is
/// refused. Looks at nothing behind the end.
class AvroCursor {
public:
  explicit AvroCursor(std::string_view bytes) : m_bytes(bytes) {}

  bool readLong(std::int64_t &value) {
    std::uint64_t raw = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (m_at == m_bytes.size())
        return stop(m_at + 1);
      const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
      raw |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) {
        value = static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1);
        return true;
      }
    }
    return stop(0);
  }
  bool readBytes(std::size_t size, std::string_view &bytes) {
    if (size > left())
      return stop(m_at + size);
    bytes = m_bytes.substr(m_at, size);
    m_at += size;
    return true;
  }
  /// Bytes or a string: the length goes before. Longer than `most` is wrong.
  bool readSized(std::size_t most, std::string_view &bytes) {
    std::int64_t size = 0;
    if (!readLong(size))
      return false;
    if (size < 0 || static_cast<std::uint64_t>(size) > most)
      return stop(0);
    return readBytes(static_cast<std::size_t>(size), bytes);
  }
  template <class Number> bool readNumber(Number &number) {
    std::string_view bytes;
    if (!readBytes(sizeof number, bytes))
      return false;
    std::memcpy(&number, bytes.data(), sizeof number); // Avro and we are little endian
    return true;
  }

  std::size_t at() const { return m_at; }
  std::size_t left() const { return m_bytes.size() - m_at; }
  bool atEnd() const { return left() == 0; }
  /// After a refusal: so many bytes in all are needed to get further; 0: it is wrong for good.
  std::size_t needed() const { return m_needed; }

private:
  bool stop(std::size_t needed) {
    m_needed = needed;
    m_bytes = m_bytes.substr(0, m_at);
    return false;
  }

  std::string_view m_bytes;
  std::size_t m_at = 0;
  std::size_t m_needed = 0;
};

} // namespace meteorograph
