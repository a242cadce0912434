// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonScanner.h"

#include "core/source/JsonText.h"
#include "core/source/RecordParser.h"

#include <algorithm>

namespace meteorograph {

using json::Cursor;
using json::Part;
static_assert(json::kOverrun <= kChunkPadding);

namespace {

/// Memory that a record of many members needed is given back when it is more than this many.
constexpr std::size_t kKeptFields = 4096;

METEOROGRAPH_INLINE Part scalar(Cursor &at, JsonField &field) {
  const char *const begin = at.p;
  Part part = Part::Error;
  switch (*begin) {
  case '"':
    field.type = JsonType::String;
    return json::string(at, field.value, field.value_escaped);
  case 't':
    field.type = JsonType::Bool;
    part = json::word(at, "true");
    break;
  case 'f':
    field.type = JsonType::Bool;
    part = json::word(at, "false");
    break;
  case 'n':
    field.type = JsonType::Null;
    part = json::word(at, "null");
    break;
  default:
    field.type = JsonType::Number;
    part = json::number(at);
  }
  field.value = {begin, static_cast<std::size_t>(at.p - begin)};
  return part;
}

JsonExtent::Status statusOf(Part part) {
  return part == Part::Whole   ? JsonExtent::Status::Complete
         : part == Part::Error ? JsonExtent::Status::Error
                               : JsonExtent::Status::Incomplete;
}

} // namespace

METEOROGRAPH_INLINE JsonField &JsonScanner::addField() {
  if (m_count == m_fields.size())
    m_fields.resize(std::max<std::size_t>(32, m_fields.size() * 2));
  return m_fields[m_count++];
}

METEOROGRAPH_INLINE void JsonScanner::close(const char *end) {
  const Level level = m_levels.back();
  m_levels.pop_back();
  m_arrays -= level.object ? 0 : 1;
  if (level.field < 0)
    return;
  std::string_view &whole = m_fields[static_cast<std::size_t>(level.field)].value;
  whole = {whole.data(), static_cast<std::size_t>(end - whole.data())};
}

// Behind a value: a comma, or the end of what holds it. Not recursive, since nothing bounds the depth.
METEOROGRAPH_INLINE JsonScanner::Step JsonScanner::next(Cursor &at) {
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

inline JsonScanner::Step JsonScanner::open(Cursor &at, bool object, std::int32_t field) {
  if (m_levels.size() == kMaxScannedDepth)
    return Step::Error;
  ++at.p;
  m_listed |= object && m_arrays > 0 && !m_levels.back().object;
  m_levels.push_back({field, object});
  m_depth = std::max(m_depth, static_cast<int>(m_levels.size()));
  m_arrays += object ? 0 : 1;
  at.skipBlanks();
  if (at.atEnd())
    return Step::Incomplete;
  return *at.p == (object ? '}' : ']') ? next(at) : Step::Go;
}

METEOROGRAPH_INLINE JsonScanner::Step JsonScanner::value(Cursor &at, JsonField &field) {
  if (at.atEnd())
    return Step::Incomplete;
  if (*at.p == '{' || *at.p == '[') {
    const bool object = *at.p == '{';
    field.type = object ? JsonType::Object : JsonType::Array;
    field.value = {at.p, 1};
    const bool kept = &field != &m_unkept;
    return open(at, object, kept ? static_cast<std::int32_t>(m_count - 1) : -1);
  }
  const Part part = scalar(at, field);
  if (part != Part::Whole)
    return part == Part::Error ? Step::Error : Step::Incomplete;
  return next(at);
}

// At a member's key. Each call reads one member and what follows it up to the next key or element.
METEOROGRAPH_INLINE JsonScanner::Step JsonScanner::member(Cursor &at) {
  if (at.atEnd())
    return Step::Incomplete;
  if (*at.p != '"')
    return Step::Error;
  const bool kept = m_arrays == 0 && m_levels.size() <= static_cast<std::size_t>(kMaxJsonDepth);
  JsonField &field = kept ? addField() : m_unkept;
  field.parent = m_levels.back().field;
  field.key_escaped = field.value_escaped = false;
  const Part part = json::string(at, field.key, field.key_escaped);
  if (part != Part::Whole)
    return part == Part::Error ? Step::Error : Step::Incomplete;
  at.skipBlanks();
  if (at.atEnd())
    return Step::Incomplete;
  if (*at.p != ':')
    return Step::Error;
  ++at.p;
  at.skipBlanks();
  return value(at, field);
}

JsonExtent JsonScanner::scan(std::string_view text) {
  if (m_fields.size() > kKeptFields)
    std::vector<JsonField>().swap(m_fields);
  m_count = 0;
  m_levels.clear();
  m_arrays = 0;
  m_listed = false;
  m_depth = 0;
  Cursor at{text.data(), text.data() + text.size()};
  Step step = open(at, true, -1);
  while (step == Step::Go)
    step = m_levels.back().object ? member(at) : value(at, m_unkept);
  JsonExtent extent;
  extent.end = static_cast<std::size_t>(at.p - text.data());
  extent.newlines = at.newlines;
  extent.depth = m_depth;
  extent.ascii = !at.high;
  extent.listed = m_listed;
  extent.status = step == Step::Done    ? JsonExtent::Status::Complete
                  : step == Step::Error ? JsonExtent::Status::Error
                                        : JsonExtent::Status::Incomplete;
  return extent;
}

JsonExtent scanJsonScalar(std::string_view text) {
  JsonField value;
  return scanJsonScalar(text, value);
}

JsonExtent scanJsonScalar(std::string_view text, JsonField &value) {
  Cursor at{text.data(), text.data() + text.size()};
  value.value_escaped = false;
  JsonExtent extent;
  extent.status = statusOf(scalar(at, value));
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
