// SPDX-License-Identifier: GPL-3.0-or-later
#define XXH_INLINE_ALL
#include "core/source/ContentHash.h"

#include <algorithm>
#include <xxhash.h>

namespace meteorograph {

struct ContentHash::State {
  alignas(64) XXH3_state_t block;
};

ContentHash::ContentHash() = default;

ContentHash::ContentHash(const Fingerprint &fingerprint, std::int64_t blocks) {
  if (blocks == 0)
    return;
  m_bytes = blocks * kBlockBytes;
  m_chain = fingerprint.chain;
  m_headBytes = fingerprint.head_bytes;
  m_headHash = fingerprint.head;
}

ContentHash::~ContentHash() = default;
ContentHash::ContentHash(ContentHash &&) noexcept = default;
ContentHash &ContentHash::operator=(ContentHash &&) noexcept = default;

ContentHash ContentHash::copy() const {
  ContentHash other;
  if (m_state)
    other.m_state = std::make_unique<State>(*m_state);
  other.m_bytes = m_bytes;
  other.m_chain = m_chain;
  other.m_head = m_head;
  other.m_headBytes = m_headBytes;
  other.m_headHash = m_headHash;
  return other;
}

std::uint64_t ContentHash::of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

void ContentHash::update(std::string_view bytes) {
  if (bytes.empty()) // the hash of nothing is that of a fresh one
    return;
  if (m_bytes < kHeadBytes)
    updateHead(bytes.substr(0, static_cast<std::size_t>(kHeadBytes - m_bytes)));
  if (!m_state) {
    m_state = std::make_unique<State>();
    XXH3_64bits_reset_withSeed(&m_state->block, m_chain);
  }
  while (!bytes.empty()) {
    const std::int64_t room = kBlockBytes - m_bytes % kBlockBytes;
    const std::string_view part = bytes.substr(0, static_cast<std::size_t>(room));
    XXH3_64bits_update(&m_state->block, part.data(), part.size());
    m_bytes += static_cast<std::int64_t>(part.size());
    bytes.remove_prefix(part.size());
    if (m_bytes % kBlockBytes == 0) {
      m_chain = XXH3_64bits_digest(&m_state->block);
      XXH3_64bits_reset_withSeed(&m_state->block, m_chain);
    }
  }
}

void ContentHash::updateHead(std::string_view bytes) {
  if (m_bytes == 0 && static_cast<std::int64_t>(bytes.size()) == kHeadBytes) {
    m_headHash = of(bytes);
    m_headBytes = kHeadBytes;
    return;
  }
  m_head.append(bytes);
  m_headBytes = static_cast<std::int64_t>(m_head.size());
  m_headHash = of(m_head);
  if (m_headBytes == kHeadBytes)
    std::string().swap(m_head);
}

Fingerprint ContentHash::fingerprint() const {
  const std::uint64_t rest =
      m_state ? XXH3_64bits_digest(&m_state->block) : XXH3_64bits_withSeed(nullptr, 0, m_chain);
  return {m_headBytes, m_headHash, m_chain, rest};
}

} // namespace meteorograph
