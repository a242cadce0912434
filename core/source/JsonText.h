// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// The words of JSON, strictly by RFC 8259. Everything is forced inline, so that the position stays in
// a register of the one loop that uses it: this is the hottest code of the program.
#define METEOROGRAPH_INLINE inline __attribute__((always_inline))

namespace meteorograph::json {

/// Bytes behind `end` that are read (and not looked at).
inline constexpr std::size_t kOverrun = 16;

enum class Part : std::uint8_t { Whole, Incomplete, Error };

struct Cursor {
  const char *p;
  const char *end;
  std::int64_t newlines = 0; ///< passed by skipBlanks(); strings cannot hold any
  bool high = false;         ///< some byte of a string is above 127 (or one just behind a string is)

  METEOROGRAPH_INLINE bool atEnd() const { return p >= end; }
  METEOROGRAPH_INLINE bool digit() const { return static_cast<unsigned char>(*p - '0') <= 9; }

  METEOROGRAPH_INLINE void skipBlanks() {
    while (p < end && static_cast<unsigned char>(*p) <= ' ') {
      if (*p == '\n')
        ++newlines;
      else if (*p != ' ' && *p != '\t' && *p != '\r')
        return;
      ++p;
    }
  }

  METEOROGRAPH_INLINE void skipDigits() {
    while (p < end && digit())
      ++p;
  }
};

#if defined(__SSE2__)
/// Moves to the first quote, backslash or control character, or to the end.
METEOROGRAPH_INLINE void skipPlain(Cursor &at) {
  for (; at.p < at.end; at.p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at.p));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, slashes), controls));
    at.high |= _mm_movemask_epi8(bytes) != 0;
    if (found == 0)
      continue;
    at.p += std::countr_zero(static_cast<unsigned>(found));
    break;
  }
  at.p = at.p < at.end ? at.p : at.end;
}
#else
METEOROGRAPH_INLINE void skipPlain(Cursor &at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const auto zeros = [](std::uint64_t x) { return (x - kOnes) & ~x & (kOnes << 7); };
  while (at.end - at.p >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at.p, 8);
    at.high |= (word & (kOnes << 7)) != 0;
    const std::uint64_t controls = (word - kOnes * 0x20) & ~word & (kOnes << 7);
    if ((zeros(word ^ (kOnes * '"')) | zeros(word ^ (kOnes * '\\')) | controls) != 0)
      break;
    at.p += 8;
  }
  for (; at.p < at.end && *at.p != '"' && *at.p != '\\' && static_cast<unsigned char>(*at.p) >= 0x20; ++at.p)
    at.high |= static_cast<unsigned char>(*at.p) > 127;
}
#endif

/// Behind a backslash.
inline Part escape(const char *&p, const char *end) {
  if (p == end)
    return Part::Incomplete;
  const char c = *p;
  if (c != 'u' && std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
    return Part::Error;
  ++p;
  for (int i = 0; c == 'u' && i < 4; ++i, ++p) {
    if (p == end)
      return Part::Incomplete;
    const bool hex = (*p >= '0' && *p <= '9') || static_cast<unsigned char>((*p | 0x20) - 'a') < 6;
    if (!hex)
      return Part::Error;
  }
  return Part::Whole;
}

/// From the opening quote to behind the closing one.
METEOROGRAPH_INLINE Part string(Cursor &at, std::string_view &content, bool &escaped) {
  const char *const begin = ++at.p;
  for (;;) {
    skipPlain(at);
    if (at.atEnd())
      return Part::Incomplete;
    if (*at.p == '"')
      break;
    if (*at.p != '\\')
      return Part::Error;
    escaped = true;
    const char *p = at.p + 1;
    const Part part = escape(p, at.end);
    at.p = p;
    if (part != Part::Whole)
      return part;
  }
  content = {begin, static_cast<std::size_t>(at.p - begin)};
  ++at.p;
  return Part::Whole;
}

/// One or more digits.
METEOROGRAPH_INLINE Part digits(Cursor &at) {
  if (at.atEnd())
    return Part::Incomplete;
  if (!at.digit())
    return Part::Error;
  at.skipDigits();
  return Part::Whole;
}

/// A number is whole only when something follows that does not belong to it.
METEOROGRAPH_INLINE Part number(Cursor &at) {
  if (*at.p == '-')
    ++at.p;
  if (at.atEnd())
    return Part::Incomplete;
  if (*at.p == '0')
    ++at.p;
  else if (const Part part = digits(at); part != Part::Whole)
    return part;
  if (!at.atEnd() && *at.p == '.') {
    ++at.p;
    if (const Part part = digits(at); part != Part::Whole)
      return part;
  }
  if (!at.atEnd() && (*at.p == 'e' || *at.p == 'E')) {
    ++at.p;
    if (!at.atEnd() && (*at.p == '+' || *at.p == '-'))
      ++at.p;
    if (const Part part = digits(at); part != Part::Whole)
      return part;
  }
  return at.atEnd() ? Part::Incomplete : Part::Whole;
}

METEOROGRAPH_INLINE Part word(Cursor &at, std::string_view expected) {
  for (const char c : expected) {
    if (at.atEnd())
      return Part::Incomplete;
    if (*at.p != c)
      return Part::Error;
    ++at.p;
  }
  return Part::Whole;
}

} // namespace meteorograph::json
