// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ByteReader.h"

#include <optional>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Decodes what another reader gives, which it owns; decoders stack. Going back means decoding from
/// the start again. After damage it gives what came before, then the error until it is taken back.
class DecodingReader : public ByteReader {
public:
  Result<std::size_t> read(char *into, std::size_t size) final;
  Result<bool> seek(std::int64_t offset) final;
  bool compressed() const final { return true; }
  Result<FileIdentity> identity() const final { return m_input->identity(); }

protected:
  explicit DecodingReader(std::unique_ptr<ByteReader> input)
      : ByteReader(input->path()), m_input(std::move(input)) {}

  /// Up to `size` bytes of content; none at the end of what there is. An error comes alone.
  virtual Result<std::size_t> decode(char *into, std::size_t size) = 0;
  /// Back to the start.
  virtual void restart() = 0;

  /// Encoded bytes that wait; the decoder removes from their front what it has used.
  std::string_view &waiting() { return m_waiting; }
  /// Puts more behind those that wait, which must be few; false at the end.
  Result<bool> readMore();
  tl::unexpected<Error> damaged(const std::string &what) const;

private:
  std::unique_ptr<ByteReader> m_input;
  std::vector<char> m_buffer;
  std::string_view m_waiting; ///< in m_buffer
  std::int64_t m_position = 0;
  std::optional<Error> m_failure;
};

} // namespace meteorograph
