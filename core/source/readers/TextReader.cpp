// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/TextReader.h"

#include <algorithm>
#include <cstring>

namespace meteorograph {

Result<std::size_t> TextReader::decode(char *into, std::size_t size) {
  if (m_used == m_text.size()) {
    m_text.clear();
    m_used = 0;
    if (const Result<void> made = produce(m_text); !made)
      return tl::unexpected(made.error());
  }
  const std::size_t count = std::min(size, m_text.size() - m_used);
  std::memcpy(into, m_text.data() + m_used, count);
  m_used += count;
  return count;
}

void TextReader::restart() {
  m_text.clear();
  m_used = 0;
  begin();
}

} // namespace meteorograph
