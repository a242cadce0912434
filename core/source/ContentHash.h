// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/FileBatch.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace meteorograph {

/// Hashes a file's content as it is read, so that a checkpoint can later tell whether the bytes
/// before it are still the same (XXH3). Whole blocks make up a chain; what lies behind the last
/// whole block is hashed by itself and is all that must be read again to go on.
class ContentHash {
public:
  static constexpr std::int64_t kHeadBytes = 4096;
  static constexpr std::int64_t kBlockBytes = 65536;

  ContentHash();
  /// Goes on behind `blocks` whole blocks whose chain is known.
  ContentHash(const Fingerprint &fingerprint, std::int64_t blocks);
  ~ContentHash();
  ContentHash(ContentHash &&) noexcept;
  ContentHash &operator=(ContentHash &&) noexcept;

  ContentHash copy() const;
  void update(std::string_view bytes);
  std::int64_t bytes() const { return m_bytes; }
  Fingerprint fingerprint() const;

  static std::uint64_t of(std::string_view bytes);

private:
  void updateHead(std::string_view bytes);

  struct State;
  std::unique_ptr<State> m_state; ///< of the block in work; none before its first byte
  std::int64_t m_bytes = 0;
  std::uint64_t m_chain = 0;
  std::string m_head; ///< until it is complete
  std::int64_t m_headBytes = 0;
  std::uint64_t m_headHash = 0;
};

} // namespace meteorograph
