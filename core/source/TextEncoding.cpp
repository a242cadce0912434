// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TextEncoding.h"

#include <simdjson.h>

namespace meteorograph {

namespace {

/// Windows-1252 0x80 to 0x9F; the five bytes without a meaning stay C1 controls, as browsers do.
constexpr char16_t kWindows1252[] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

constexpr char32_t kReplacement = 0xFFFD;

int hexDigit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  const int letter = (c | 0x20) - 'a';
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/// The four hex digits behind `\u` at `position`, or −1.
int hexUnit(std::string_view raw, std::size_t position) {
  if (position + 4 > raw.size())
    return -1;
  int unit = 0;
  for (std::size_t i = position; i < position + 4; ++i) {
    const int digit = hexDigit(raw[i]);
    if (digit < 0)
      return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

/// `position` is behind the first `\u`; it is moved behind all that belongs to the character.
char32_t escapedCodePoint(std::string_view raw, std::size_t &position) {
  const int first = hexUnit(raw, position);
  position += 4;
  if (first < 0 || (first >= 0xDC00 && first < 0xE000))
    return kReplacement;
  if (first < 0xD800 || first >= 0xE000)
    return static_cast<char32_t>(first);
  if (raw.substr(position, 2) != "\\u")
    return kReplacement;
  const int second = hexUnit(raw, position + 2);
  if (second < 0xDC00 || second >= 0xE000)
    return kReplacement;
  position += 6;
  return static_cast<char32_t>(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
}

char simpleEscape(char c) {
  switch (c) {
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return c;
  }
}

} // namespace

bool isValidUtf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

void appendCodePoint(std::string &out, char32_t point) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

char32_t nextCodePoint(std::string_view text, std::size_t &position) {
  const auto lead = static_cast<unsigned char>(text[position++]);
  if (lead < 0x80)
    return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t point = lead & (0x3Fu >> more);
  for (int i = 0; i < more && position < text.size(); ++i)
    point = (point << 6) | (static_cast<unsigned char>(text[position++]) & 0x3Fu);
  return point;
}

std::string toUtf8(std::string_view text) {
  if (isValidUtf8(text))
    return std::string(text);
  std::string out;
  out.reserve(text.size() * 2);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    appendCodePoint(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte);
  }
  return out;
}

void appendJsonString(std::string &out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out.append("\\u00");
      out.push_back(kHex[c >> 4]);
      out.push_back(kHex[c & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void appendUnescaped(std::string &out, std::string_view raw) {
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out.push_back(raw[i++]);
    } else if (raw[i + 1] == 'u') {
      i += 2;
      appendCodePoint(out, escapedCodePoint(raw, i));
    } else {
      out.push_back(simpleEscape(raw[i + 1]));
      i += 2;
    }
  }
}

std::size_t characterBoundary(std::string_view text, std::size_t bytes) {
  if (bytes >= text.size())
    return text.size();
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
    --bytes;
  return bytes;
}

} // namespace meteorograph
