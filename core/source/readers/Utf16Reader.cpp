// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/readers/Utf16Reader.h"

#include "core/source/TextEncoding.h"

namespace meteorograph {

namespace {

constexpr char32_t kByteOrderMark = 0xFEFF;
constexpr char32_t kReplacement = 0xFFFD;

bool isHighSurrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool isLowSurrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

} // namespace

char32_t Utf16Reader::unitAt(std::size_t position) {
  const auto first = static_cast<unsigned char>(waiting()[position]);
  const auto second = static_cast<unsigned char>(waiting()[position + 1]);
  return static_cast<char32_t>(m_bigEndian ? first << 8 | second : second << 8 | first);
}

Result<void> Utf16Reader::produce(std::string &text) {
  while (text.empty()) {
    const Result<bool> more = readMore();
    if (!more)
      return tl::unexpected(more.error());
    if (!*more)
      break;
    decodeWaiting(text);
  }
  return {};
}

// Leaves what is incomplete: up to three bytes.
void Utf16Reader::decodeWaiting(std::string &text) {
  const std::size_t size = waiting().size();
  std::size_t at = 0;
  for (; at + 2 <= size; at += 2) {
    const char32_t unit = unitAt(at);
    if (isHighSurrogate(unit)) {
      if (at + 4 > size)
        break;
      const char32_t low = unitAt(at + 2);
      if (isLowSurrogate(low)) {
        appendCodePoint(text, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        at += 2;
        continue;
      }
    }
    const bool half = isHighSurrogate(unit) || isLowSurrogate(unit);
    if (!m_atStart || unit != kByteOrderMark)
      appendCodePoint(text, half ? kReplacement : unit);
    m_atStart = false;
  }
  waiting().remove_prefix(at);
}

} // namespace meteorograph
