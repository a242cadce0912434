// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Packing.h"

#include "core/source/TextEncoding.h"

#include <zlib.h>
#include <zstd.h>

using namespace meteorograph;

std::string deflated(std::string_view text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef *>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string gzipOf(std::string_view text) { return deflated(text, 15 + 16); }

std::string zstdOf(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx *context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1); // as the zstd program does
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

std::string zstdSkippable(std::string_view payload) {
  std::string frame("\x53\x2A\x4D\x18", 4);
  for (std::size_t i = 0; i < 4; ++i)
    frame.push_back(static_cast<char>(payload.size() >> (8 * i)));
  return frame + std::string(payload);
}

std::string utf16Of(std::string_view text, bool big_endian, bool byte_order_mark) {
  std::string packed;
  const auto put = [&](char32_t unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit);
    packed.push_back(big_endian ? high : low);
    packed.push_back(big_endian ? low : high);
  };
  if (byte_order_mark)
    put(0xFEFF);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = nextCodePoint(text, at);
    if (point < 0x10000) {
      put(point);
    } else {
      put(0xD800 + ((point - 0x10000) >> 10));
      put(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return packed;
}
