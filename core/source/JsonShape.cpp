// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonShape.h"

#include "core/source/JsonText.h"
#include "core/source/TextEncoding.h"

#include <cstring>

namespace meteorograph {

using json::Cursor;
using json::Part;

JsonShape::JsonShape(std::string_view text, std::span<const JsonField> members) {
  const char *from = text.data();
  const auto add = [&](const char *value, Kind kind) {
    m_pieces.push_back({static_cast<std::size_t>(value - from), kind});
    m_text.append(from, value);
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    const JsonField &member = members[i];
    if (member.type != JsonType::Number && member.type != JsonType::String)
      continue;
    add(member.value.data(), member.type == JsonType::Number ? Kind::Number : Kind::Text);
    m_members.push_back(i);
    from = member.value.data() + member.value.size();
  }
  add(text.data() + text.size(), Kind::End);
}

// Hot: once an object.
std::size_t JsonShape::read(std::string_view text, std::string_view *values) const {
  Cursor at{text.data(), text.data() + text.size()};
  const char *expected = m_text.data();
  for (const Piece &piece : m_pieces) {
    if (static_cast<std::size_t>(at.end - at.p) < piece.size || std::memcmp(at.p, expected, piece.size) != 0)
      return 0;
    at.p += piece.size;
    expected += piece.size;
    const char *const begin = at.p;
    if (piece.kind == Kind::End)
      break;
    if (piece.kind == Kind::Number) {
      if (json::number(at) != Part::Whole)
        return 0;
      *values++ = {begin, static_cast<std::size_t>(at.p - begin)};
      continue;
    }
    at.high = false;
    json::skipPlain(at);
    *values = {begin, static_cast<std::size_t>(at.p - begin)};
    if (at.atEnd() || *at.p != '"' || (at.high && !isValidUtf8(*values)))
      return 0;
    ++values;
  }
  return static_cast<std::size_t>(at.p - text.data());
}

} // namespace meteorograph
