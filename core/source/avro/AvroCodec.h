// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// How the blocks of an Avro container are compressed.
enum class AvroCodec : std::uint8_t { None, Deflate, Snappy, Zstandard };

/// No block may be larger, packed or unpacked: it is held in memory.
inline constexpr std::size_t kMaxAvroBlock = 64 << 20;

/// By the name in the container's header; nothing for one that we do not read.
std::optional<AvroCodec> avroCodecOf(std::string_view name);
/// Puts what `block` holds into `out`; false where it is damaged or would be too large.
bool unpackAvroBlock(AvroCodec codec, std::string_view block, std::string &out);

} // namespace meteorograph
