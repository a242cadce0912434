// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/GzipReader.h"

#include <algorithm>

namespace meteorograph {

namespace {
constexpr int kGzipWindow = 15 + 16; // zlib.h: +16 expects a gzip header
}

GzipReader::GzipReader(std::unique_ptr<ByteReader> input) : DecodingReader(std::move(input)) {
  inflateInit2(&m_stream, kGzipWindow);
}

GzipReader::~GzipReader() { inflateEnd(&m_stream); }

void GzipReader::restart() {
  inflateReset(&m_stream);
  m_between = false;
  m_full = false;
}

Result<std::size_t> GzipReader::decode(char *into, std::size_t size) {
  std::string_view &input = waiting();
  m_stream.next_out = reinterpret_cast<Bytef *>(into);
  m_stream.avail_out = static_cast<uInt>(std::min<std::size_t>(size, UINT32_MAX));
  const uInt room = m_stream.avail_out;
  while (m_stream.avail_out == room) {
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
    m_between = false;
    m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
    m_stream.avail_in = static_cast<uInt>(input.size());
    const int code = inflate(&m_stream, Z_NO_FLUSH);
    input.remove_prefix(input.size() - m_stream.avail_in);
    m_full = code == Z_OK && m_stream.avail_out == 0;
    if (code == Z_STREAM_END) {
      m_between = true;
      inflateReset(&m_stream); // another member may follow
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      if (m_stream.avail_out < room)
        break; // what came before the damage is good; inflate() fails again
      return damaged("its gzip data cannot be read on");
    }
  }
  return room - m_stream.avail_out;
}

} // namespace meteorograph
