// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Base64.h"

#include <cstdint>

namespace meteorograph {

namespace {

/// The six bits of a character, or −1.
int sixBits(char c) {
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '+' || c == '-')
    return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

} // namespace

std::optional<std::string> decodeBase64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  std::size_t characters = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (isBlank(c))
      continue;
    const int value = sixBits(c);
    if (c == '=' ? ++padding > 2 : value < 0 || padding > 0)
      return std::nullopt;
    if (c == '=')
      continue;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    if (++characters % 4 != 1) // each character but a group's first completes a byte
      bytes.push_back(static_cast<char>(bits >> (6 - 2 * ((characters - 1) % 4))));
  }
  const std::size_t rest = characters % 4;
  const std::uint32_t unused = rest == 2 ? bits & 0xF : rest == 3 ? bits & 0x3 : 0;
  if (rest == 1 || unused != 0 || (padding > 0 && rest + padding != 4))
    return std::nullopt;
  return bytes;
}

} // namespace meteorograph
