// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonScanner.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace meteorograph {

/// Where the scanner is; kept apart from the members so that it stays in registers.
struct JsonScanner::Cursor {
  const char *p;
  const char *const end;
  std::int64_t newlines = 0;
  std::uint64_t seen = 0; ///< all bytes of strings, or-ed

  bool atEnd() const { return p == end; }

  void skipBlanks() {
    while (p != end && static_cast<unsigned char>(*p) <= ' ') {
      if (*p == '\n')
        ++newlines;
      else if (*p != ' ' && *p != '\t' && *p != '\r')
        return;
      ++p;
    }
  }

  bool digit() const { return static_cast<unsigned char>(*p - '0') <= 9; }
  void skipDigits() {
    while (p != end && digit())
      ++p;
  }
};

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

/// High bit set in (at least) the first byte of the word that equals `c`.
constexpr std::uint64_t bytesEqual(std::uint64_t word, char c) {
  const std::uint64_t x = word ^ (kOnes * static_cast<unsigned char>(c));
  return (x - kOnes) & ~x & kHighBits;
}

/// High bit set in (at least) the first byte of the word that is below a blank.
constexpr std::uint64_t bytesControl(std::uint64_t word) { return (word - kOnes * 0x20) & ~word & kHighBits; }

bool isHex(char c) { return (c >= '0' && c <= '9') || static_cast<unsigned char>((c | 0x20) - 'a') < 6; }

enum class Part : std::uint8_t { Whole, Incomplete, Error };

/// Behind a backslash.
template <class Cursor> Part escape(Cursor &at) {
  if (at.atEnd())
    return Part::Incomplete;
  const char c = *at.p;
  if (c != 'u') {
    if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
      return Part::Error;
    ++at.p;
    return Part::Whole;
  }
  ++at.p;
  for (int i = 0; i < 4; ++i, ++at.p) {
    if (at.atEnd())
      return Part::Incomplete;
    if (!isHex(*at.p))
      return Part::Error;
  }
  return Part::Whole;
}

/// Moves to the first quote, backslash or control character, eight bytes at a time.
template <class Cursor> void skipPlain(Cursor &at) {
  while (at.end - at.p >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at.p, 8);
    at.seen |= word;
    const std::uint64_t found = bytesEqual(word, '"') | bytesEqual(word, '\\') | bytesControl(word);
    if (found != 0) {
      if constexpr (std::endian::native == std::endian::little) {
        at.p += std::countr_zero(found) / 8;
        return;
      }
      break;
    }
    at.p += 8;
  }
  for (; !at.atEnd(); ++at.p) {
    const auto c = static_cast<unsigned char>(*at.p);
    if (c == '"' || c == '\\' || c < 0x20)
      return;
    at.seen |= c;
  }
}

/// From the opening quote to behind the closing one.
template <class Cursor> Part string(Cursor &at, std::string_view &content, bool &escaped) {
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
    ++at.p;
    if (const Part part = escape(at); part != Part::Whole)
      return part;
  }
  content = {begin, static_cast<std::size_t>(at.p - begin)};
  ++at.p;
  return Part::Whole;
}

/// One or more digits.
template <class Cursor> Part digits(Cursor &at) {
  if (at.atEnd())
    return Part::Incomplete;
  if (!at.digit())
    return Part::Error;
  at.skipDigits();
  return Part::Whole;
}

/// A number is whole only when something follows that does not belong to it.
template <class Cursor> Part number(Cursor &at) {
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

template <class Cursor> Part word(Cursor &at, std::string_view expected) {
  for (const char c : expected) {
    if (at.atEnd())
      return Part::Incomplete;
    if (*at.p != c)
      return Part::Error;
    ++at.p;
  }
  return Part::Whole;
}

template <class Cursor> Part scalar(Cursor &at, JsonField &field) {
  const char *const begin = at.p;
  Part part = Part::Error;
  switch (*begin) {
  case '"':
    field.type = JsonType::String;
    return string(at, field.value, field.value_escaped);
  case 't':
    field.type = JsonType::Bool;
    part = word(at, "true");
    break;
  case 'f':
    field.type = JsonType::Bool;
    part = word(at, "false");
    break;
  case 'n':
    field.type = JsonType::Null;
    part = word(at, "null");
    break;
  default:
    field.type = JsonType::Number;
    part = number(at);
  }
  field.value = {begin, static_cast<std::size_t>(at.p - begin)};
  return part;
}

} // namespace

namespace {
template <class Step> Step stepOf(Part part) {
  return part == Part::Whole ? Step::Go : part == Part::Error ? Step::Error : Step::Incomplete;
}
} // namespace

JsonExtent JsonScanner::scan(std::string_view text) {
  m_fields.clear();
  m_levels.clear();
  m_arrays = 0;
  m_depth = 0;
  Cursor at{text.data(), text.data() + text.size()};
  JsonExtent extent;
  Step step = open(at, true, -1);
  while (step == Step::Go) {
    step = m_levels.back().object ? member(at) : value(at, nullptr);
  }
  extent.end = static_cast<std::size_t>(at.p - text.data());
  extent.newlines = at.newlines;
  extent.depth = m_depth;
  extent.ascii = (at.seen & kHighBits) == 0;
  extent.status = step == Step::Done    ? JsonExtent::Status::Complete
                  : step == Step::Error ? JsonExtent::Status::Error
                                        : JsonExtent::Status::Incomplete;
  return extent;
}

// At a member's key. Each call reads one member and what follows it up to the next key or element.
JsonScanner::Step JsonScanner::member(Cursor &at) {
  if (at.atEnd())
    return Step::Incomplete;
  if (*at.p != '"')
    return Step::Error;
  JsonField field;
  if (const Part part = string(at, field.key, field.key_escaped); part != Part::Whole)
    return stepOf<Step>(part);
  at.skipBlanks();
  if (at.atEnd())
    return Step::Incomplete;
  if (*at.p != ':')
    return Step::Error;
  ++at.p;
  at.skipBlanks();
  field.parent = m_levels.back().field;
  const bool kept = m_arrays == 0 && m_levels.size() <= static_cast<std::size_t>(kMaxJsonDepth);
  return value(at, kept ? &field : nullptr);
}

JsonScanner::Step JsonScanner::value(Cursor &at, JsonField *field) {
  if (at.atEnd())
    return Step::Incomplete;
  if (*at.p == '{' || *at.p == '[') {
    const bool object = *at.p == '{';
    if (field == nullptr)
      return open(at, object, -1);
    field->type = object ? JsonType::Object : JsonType::Array;
    field->value = {at.p, 1};
    m_fields.push_back(*field);
    return open(at, object, static_cast<std::int32_t>(m_fields.size() - 1));
  }
  JsonField unused;
  JsonField &read = field == nullptr ? unused : *field;
  if (const Part part = scalar(at, read); part != Part::Whole)
    return stepOf<Step>(part);
  if (field != nullptr)
    m_fields.push_back(*field);
  return next(at);
}

JsonScanner::Step JsonScanner::open(Cursor &at, bool object, std::int32_t field) {
  if (m_levels.size() == kMaxScannedDepth)
    return Step::Error;
  ++at.p;
  m_levels.push_back({field, object});
  m_depth = std::max(m_depth, static_cast<int>(m_levels.size()));
  m_arrays += object ? 0 : 1;
  at.skipBlanks();
  if (at.atEnd())
    return Step::Incomplete;
  return *at.p == (object ? '}' : ']') ? next(at) : Step::Go;
}

// Behind a value: a comma, or the end of what holds it. Not recursive, since nothing bounds the depth.
JsonScanner::Step JsonScanner::next(Cursor &at) {
  for (;;) {
    at.skipBlanks();
    if (at.atEnd())
      return Step::Incomplete;
    if (*at.p == ',') {
      ++at.p;
      at.skipBlanks();
      return Step::Go;
    }
    if (*at.p != (m_levels.back().object ? '}' : ']'))
      return Step::Error;
    ++at.p;
    close(at.p);
    if (m_levels.empty())
      return Step::Done;
  }
}

void JsonScanner::close(const char *end) {
  const Level level = m_levels.back();
  m_levels.pop_back();
  m_arrays -= level.object ? 0 : 1;
  if (level.field < 0)
    return;
  std::string_view &whole = m_fields[static_cast<std::size_t>(level.field)].value;
  whole = {whole.data(), static_cast<std::size_t>(end - whole.data())};
}

JsonExtent scanJsonScalar(std::string_view text) {
  struct Plain {
    const char *p;
    const char *const end;
    std::uint64_t seen = 0;
    bool atEnd() const { return p == end; }
    bool digit() const { return static_cast<unsigned char>(*p - '0') <= 9; }
    void skipDigits() {
      while (p != end && digit())
        ++p;
    }
  } at{text.data(), text.data() + text.size()};
  JsonField field;
  const Part part = scalar(at, field);
  JsonExtent extent;
  extent.status = part == Part::Whole   ? JsonExtent::Status::Complete
                  : part == Part::Error ? JsonExtent::Status::Error
                                        : JsonExtent::Status::Incomplete;
  extent.end = static_cast<std::size_t>(at.p - text.data());
  return extent;
}

std::size_t balancedEnd(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c != '\n') {
      if (c == '\\' && i + 1 < text.size() && text[i + 1] != '\n')
        ++i;
      else if (c == '"')
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i + 1;
    } else if (c == '\n') {
      break;
    }
  }
  return std::string_view::npos;
}

} // namespace meteorograph
