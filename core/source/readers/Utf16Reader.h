// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/readers/TextReader.h"

namespace meteorograph {

/// UTF-16 text as UTF-8, without its byte order mark. Half a surrogate pair becomes U+FFFD; half a
/// unit, or half a pair, at the end waits for the rest.
class Utf16Reader final : public TextReader {
public:
  Utf16Reader(std::unique_ptr<ByteReader> input, bool big_endian)
      : TextReader(std::move(input)), m_bigEndian(big_endian) {}

private:
  Result<void> produce(std::string &text) override;
  void begin() override { m_atStart = true; }
  char32_t unitAt(std::size_t position);
  void decodeWaiting(std::string &text);

  bool m_bigEndian;
  bool m_atStart = true;
};

} // namespace meteorograph
