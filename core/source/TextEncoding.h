// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace meteorograph {

inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

bool isValidUtf8(std::string_view text);

/// Valid UTF-8 as it is; anything else is read as Windows-1252 (of which latin-1 text is a part), so
/// that every byte keeps its meaning and the result is valid UTF-8.
std::string toUtf8(std::string_view text);

/// Appends the text as a JSON string with its quotes. The text must be valid UTF-8.
void appendJsonString(std::string &out, std::string_view text);

/// Appends what a JSON string means (`raw` is what lies between its quotes, grammatically right). Half
/// a surrogate pair, which means no character, becomes U+FFFD.
void appendUnescaped(std::string &out, std::string_view raw);

/// Of ASCII, whatever the locale says.
inline bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Without white space and control characters at either end.
inline std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && blank(text.back()))
    text.remove_suffix(1);
  return text;
}

/// The greatest length up to `bytes` that cuts no UTF-8 character in two.
std::size_t characterBoundary(std::string_view text, std::size_t bytes);

/// One code point of valid UTF-8 at `position`, which is moved behind it.
char32_t nextCodePoint(std::string_view text, std::size_t &position);
void appendCodePoint(std::string &out, char32_t point);

} // namespace meteorograph
