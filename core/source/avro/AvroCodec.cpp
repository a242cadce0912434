// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/avro/AvroCodec.h"

#include <algorithm>
#include <memory>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

namespace meteorograph {

namespace {

constexpr std::size_t kFirstRoom = 65'536;
constexpr std::size_t kChecksumBytes = 4;

/// Doubles the room at the end of `out`; false at the limit.
bool widen(std::string &out) {
  if (out.size() >= kMaxAvroBlock)
    return false;
  out.resize(std::clamp(out.size() * 2, kFirstRoom, kMaxAvroBlock));
  return true;
}

bool inflateBlock(std::string_view block, std::string &out) {
  z_stream stream{};
  if (inflateInit2(&stream, -15) != Z_OK) // zlib.h: negative expects bare deflate data
    return false;
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, &inflateEnd);
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(block.data()));
  stream.avail_in = static_cast<uInt>(block.size());
  out.clear();
  int code = Z_OK;
  while (code == Z_OK && widen(out)) {
    stream.next_out = reinterpret_cast<Bytef *>(out.data() + stream.total_out);
    stream.avail_out = static_cast<uInt>(out.size() - stream.total_out);
    code = inflate(&stream, Z_SYNC_FLUSH);
  }
  out.resize(stream.total_out);
  return code == Z_STREAM_END;
}

/// Snappy's own block, and behind it the CRC-32 of its content, the highest byte first.
bool unsnap(std::string_view block, std::string &out) {
  if (block.size() < kChecksumBytes)
    return false;
  std::uint32_t expected = 0;
  for (const char byte : block.substr(block.size() - kChecksumBytes))
    expected = expected << 8 | static_cast<unsigned char>(byte);
  block.remove_suffix(kChecksumBytes);
  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(block.data(), block.size(), &size) || size > kMaxAvroBlock)
    return false;
  out.resize(size);
  return snappy::RawUncompress(block.data(), block.size(), out.data()) &&
         crc32_z(0, reinterpret_cast<const Bytef *>(out.data()), size) == expected;
}

bool unpackZstd(std::string_view block, std::string &out) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  ZSTD_inBuffer in{block.data(), block.size(), 0};
  ZSTD_outBuffer to{nullptr, 0, 0};
  out.clear();
  std::size_t code = 1;
  while (code != 0 && !ZSTD_isError(code) && (in.pos < in.size || to.pos == to.size) && widen(out)) {
    to = {out.data(), out.size(), to.pos};
    code = ZSTD_decompressStream(context.get(), &to, &in);
  }
  out.resize(to.pos);
  return code == 0;
}

} // namespace

std::optional<AvroCodec> avroCodecOf(std::string_view name) {
  if (name.empty() || name == "null")
    return AvroCodec::None;
  if (name == "deflate")
    return AvroCodec::Deflate;
  if (name == "snappy")
    return AvroCodec::Snappy;
  if (name == "zstandard")
    return AvroCodec::Zstandard;
  return std::nullopt;
}

bool unpackAvroBlock(AvroCodec codec, std::string_view block, std::string &out) {
  switch (codec) {
  case AvroCodec::None:
    out.assign(block);
    return true;
  case AvroCodec::Deflate:
    return inflateBlock(block, out);
  case AvroCodec::Snappy:
    return unsnap(block, out);
  case AvroCodec::Zstandard:
    return unpackZstd(block, out);
  }
  return false;
}

} // namespace meteorograph
