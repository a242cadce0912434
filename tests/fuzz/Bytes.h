// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

/// Takes numbers and texts off the fuzzer's bytes, from the front; where they are at an end, zeros.
class Bytes {
public:
  explicit Bytes(std::string_view bytes) : m_bytes(bytes) {}
  bool atEnd() const { return m_bytes.empty(); }
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      value = value << 8 | byte();
    return value;
  }
  std::uint8_t byte() {
    if (m_bytes.empty())
      return 0;
    const auto first = static_cast<std::uint8_t>(m_bytes.front());
    m_bytes.remove_prefix(1);
    return first;
  }
  std::string_view text(std::size_t bytes) {
    const std::string_view piece = m_bytes.substr(0, bytes);
    m_bytes.remove_prefix(piece.size());
    return piece;
  }
  std::string_view rest() { return text(m_bytes.size()); }

private:
  std::string_view m_bytes;
};
