// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/ZstdReader.h"

#include <algorithm>

namespace meteorograph {

ZstdReader::ZstdReader(std::unique_ptr<ByteReader> input)
    : DecodingReader(std::move(input)), m_stream(ZSTD_createDStream()) {
  ZstdReader::restart();
}

void ZstdReader::restart() {
  m_wanted = ZSTD_initDStream(m_stream.get());
  m_full = false;
  m_between = false;
}

Result<std::size_t> ZstdReader::decode(char *into, std::size_t size) {
  std::string_view &input = waiting();
  ZSTD_outBuffer out{into, size, 0};
  while (out.pos == 0) {
    if (input.empty() && !m_full) {
      const Result<bool> more = readMore();
      if (!more)
        return tl::unexpected(more.error());
      if (!*more)
        return 0;
    }
    if (m_between && !input.empty() && input.front() == '\0') { // padding
      input.remove_prefix(std::min(input.find_first_not_of('\0'), input.size()));
      continue;
    }
    // A block at a time: one that is damaged takes none of those before it along.
    ZSTD_inBuffer in{input.data(), std::min(input.size(), m_wanted), 0};
    const std::size_t code = ZSTD_decompressStream(m_stream.get(), &out, &in);
    input.remove_prefix(in.pos);
    if (ZSTD_isError(code))
      return damaged(std::string("its zstd data cannot be read on: ") + ZSTD_getErrorName(code));
    m_full = code != 0 && out.pos == out.size;
    m_between = code == 0;
    m_wanted = m_between ? ZSTD_initDStream(m_stream.get()) : code;
  }
  return out.pos;
}

} // namespace meteorograph
