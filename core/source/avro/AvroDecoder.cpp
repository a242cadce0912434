// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/avro/AvroDecoder.h"

#include "core/source/RecordParser.h"

namespace meteorograph {

namespace {

constexpr std::string_view kMagic("Obj\x01", 4);
constexpr std::size_t kSyncBytes = 16;
/// Of magic, metadata and sync marker.
constexpr std::size_t kMaxHeader = 4 << 20;
/// Of the input that was used up, kept until it is worth moving what follows.
constexpr std::size_t kMaxUsed = 1 << 20;

} // namespace

void AvroDecoder::push(std::string_view bytes) {
  if (m_used == m_input.size() || m_used > kMaxUsed) {
    m_input.erase(0, m_used);
    m_used = 0;
  }
  m_input.append(bytes);
}

Result<bool> AvroDecoder::next(std::string &out) {
  while (!m_error) {
    if (m_left > 0)
      return takeDatum(out);
    if (unread().size() < std::max<std::size_t>(m_needed, 1))
      return false;
    const Result<bool> got = m_schema ? takeBlock() : takeHeader();
    if (!got || !*got)
      return got;
  }
  return tl::unexpected(*m_error);
}

Result<bool> AvroDecoder::refuse(std::string reason) {
  m_left = 0;
  m_error = Error{ErrorCode::Unreadable, std::move(reason)};
  return tl::unexpected(*m_error);
}

Result<bool> AvroDecoder::incomplete(const AvroCursor &at, const char *what) {
  if (at.needed() == 0)
    return refuse(std::string("its Avro ") + what + " is damaged");
  m_needed = at.needed();
  return false;
}

/// The metadata: blocks of a count and so many pairs; 0 ends them.
bool AvroDecoder::readMetadata(AvroCursor &at, std::string &schema, std::string &codec) const {
  std::int64_t count = 0;
  std::int64_t size = 0;
  while (at.readLong(count)) {
    if (count == 0)
      return true;
    if (count < 0 && !at.readLong(size))
      return false;
    for (std::uint64_t left = count < 0 ? 0 - static_cast<std::uint64_t>(count)
                                        : static_cast<std::uint64_t>(count);
         left > 0; --left) {
      std::string_view key, value;
      if (!at.readSized(kMaxHeader, key) || !at.readSized(kMaxHeader, value))
        return false;
      if (key == "avro.schema")
        schema = value;
      else if (key == "avro.codec")
        codec = value;
    }
  }
  return false;
}

Result<bool> AvroDecoder::takeHeader() {
  AvroCursor at(unread());
  std::string_view magic, sync;
  std::string schema, codec;
  const bool whole =
      at.readBytes(kMagic.size(), magic) && readMetadata(at, schema, codec) && at.readBytes(kSyncBytes, sync);
  if (at.at() > kMaxHeader || at.needed() > kMaxHeader)
    return refuse("its Avro header is damaged");
  if (!whole)
    return incomplete(at, "header");
  Result<AvroSchema> read = AvroSchema::parse(schema);
  if (magic != kMagic || !read)
    return refuse("its Avro header is damaged: " + (read ? "it is none" : read.error().message));
  const std::optional<AvroCodec> known = avroCodecOf(codec);
  if (!known)
    return refuse("its Avro blocks are compressed with " + codec.substr(0, 32) + ", which is not read");
  m_schema = std::move(*read);
  m_codec = *known;
  m_sync = sync;
  m_used += at.at();
  m_needed = 0;
  return true;
}

Result<bool> AvroDecoder::takeBlock() {
  AvroCursor at(unread());
  std::int64_t count = 0;
  std::string_view packed, sync;
  const bool whole =
      at.readLong(count) && at.readSized(kMaxAvroBlock, packed) && at.readBytes(kSyncBytes, sync);
  if (!whole)
    return incomplete(at, "block");
  if (sync != m_sync)
    return refuse("an Avro block does not end where it says");
  if (!unpackAvroBlock(m_codec, packed, m_block))
    return refuse("an Avro block cannot be unpacked");
  if (count < 0 || static_cast<std::uint64_t>(count) > m_block.size())
    return refuse("an Avro block cannot hold as many records as it says");
  const std::size_t size = m_block.size();
  m_block.resize(size + kChunkPadding);
  m_at = AvroCursor(std::string_view(m_block).substr(0, size));
  m_left = count;
  m_text.beginBlock(size);
  m_used += at.at();
  m_needed = 0;
  return true;
}

Result<bool> AvroDecoder::takeDatum(std::string &out) {
  const std::size_t start = out.size();
  if (!m_text.append(*m_schema, m_at, out)) {
    out.resize(start);
    return refuse("an Avro block holds something else than its schema says");
  }
  out.push_back('\n');
  if (--m_left == 0 && !m_at.atEnd())
    (void)refuse("an Avro block holds more than its records");
  return true;
}

} // namespace meteorograph
