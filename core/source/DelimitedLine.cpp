// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DelimitedLine.h"

#include "core/source/RecordParser.h"
#include "core/source/TextEncoding.h"

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace meteorograph {

namespace {
constexpr auto npos = std::string_view::npos;

/// So many bytes are looked at together.
constexpr std::size_t kBlock = 16;
static_assert(kBlock <= kChunkPadding);

/// Where the delimiter, a newline or a quote is, a bit a byte.
unsigned marksIn(const char *block, char delimiter) {
#if defined(__SSE2__)
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(block));
  const __m128i lines = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
  const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i delimiters = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(lines, quotes), delimiters)));
#else
  unsigned marks = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    marks |= unsigned{block[i] == delimiter || block[i] == '\n' || block[i] == '"'} << i;
  return marks;
#endif
}

std::size_t skipBlanks(std::string_view line, std::size_t at, char delimiter) {
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t') && line[at] != delimiter)
    ++at;
  return at;
}
} // namespace

// Hot: once a line, a step a value.
std::size_t DelimitedLine::splitPlain(std::string_view text, char delimiter,
                                      std::span<std::string_view> values) {
  const char *const end = text.data() + text.size();
  const char *begin = text.data();
  std::size_t count = 0;
  for (const char *block = begin; block < end; block += kBlock)
    for (unsigned marks = marksIn(block, delimiter); marks != 0; marks &= marks - 1) {
      const char *const mark = block + std::countr_zero(marks);
      if (mark >= end || *mark == '"' || count == values.size())
        return npos;
      values[count++] = trimmed({begin, static_cast<std::size_t>(mark - begin)});
      begin = mark + 1;
      if (*mark == '\n')
        return count == values.size() ? static_cast<std::size_t>(mark - text.data()) : npos;
    }
  return npos;
}

bool DelimitedLine::split(std::string_view line, char delimiter) {
  m_values.clear();
  m_scratchUsed = 0;
  if (delimiter == ' ')
    return splitAtBlanks(trimmed(line));
  for (std::size_t at = 0;;) {
    at = skipBlanks(line, at, delimiter);
    std::size_t end = at;
    if (at < line.size() && line[at] == '"') {
      end = quoted(line, at, delimiter);
      if (end == npos)
        return false;
    } else {
      while (end < line.size() && line[end] != delimiter)
        ++end;
      m_values.push_back(trimmed(line.substr(at, end - at)));
    }
    if (end == line.size())
      return true;
    at = end + 1;
  }
}

bool DelimitedLine::splitAtBlanks(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    if (line[at] == '"') {
      const std::size_t close = line.find('"', at + 1);
      if (close == npos)
        return false;
      end = close + 1;
      m_values.push_back(line.substr(at + 1, close - at - 1));
    } else {
      m_values.push_back(line.substr(at, end - at));
    }
    at = std::min(line.find_first_not_of(" \t", end), line.size());
  }
  return true;
}

/// Adds the value whose opening quote is at `open`; returns the delimiter's place behind it.
std::size_t DelimitedLine::quoted(std::string_view line, std::size_t open, char delimiter) {
  bool doubled = false;
  std::size_t close = line.find('"', open + 1);
  while (close != npos && close + 1 < line.size() && line[close + 1] == '"') {
    doubled = true;
    close = line.find('"', close + 2);
  }
  if (close == npos)
    return npos;
  const std::string_view inside = line.substr(open + 1, close - open - 1);
  std::size_t end = skipBlanks(line, close + 1, delimiter);
  if (end == line.size() || line[end] == delimiter) {
    m_values.push_back(doubled ? undoubled(inside) : inside);
    return end;
  }
  while (end < line.size() && line[end] != delimiter) // `"a" b`: no quoting, just text
    ++end;
  m_values.push_back(trimmed(line.substr(open, end - open)));
  return end;
}

std::string_view DelimitedLine::undoubled(std::string_view text) {
  if (m_scratchUsed == m_scratch.size())
    m_scratch.emplace_back();
  std::string &out = m_scratch[m_scratchUsed++];
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    out.push_back(text[i]);
    if (text[i] == '"')
      ++i;
  }
  return out;
}

} // namespace meteorograph
