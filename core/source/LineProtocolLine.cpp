// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/LineProtocolLine.h"

#include "core/source/TextEncoding.h"

#include <algorithm>

namespace meteorograph {

namespace {

constexpr auto npos = std::string_view::npos;

std::string_view withoutSign(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+'))
    text.remove_prefix(1);
  return text;
}

bool isInteger(std::string_view text) {
  text = withoutSign(text);
  return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// `1`, `-1.5`, `.5`, `1e-7`
bool isFloat(std::string_view text) {
  text = withoutSign(text);
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, exponent);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction = mantissa.substr(std::min(point + 1, mantissa.size()));
  const auto digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), isDigit); };
  const bool good = digits(whole) && digits(fraction) && !(whole.empty() && fraction.empty());
  return good && (exponent == text.size() || isInteger(text.substr(exponent + 1)));
}

bool isBool(std::string_view text) {
  for (const std::string_view word : {"t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE"})
    if (text == word)
      return true;
  return false;
}

} // namespace

std::string_view LineProtocolLine::unescaped(std::string_view raw, std::string_view escapable) {
  if (raw.find('\\') == npos)
    return raw;
  if (m_scratchUsed == m_scratch.size())
    m_scratch.emplace_back();
  std::string &text = m_scratch[m_scratchUsed++];
  text.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool escape = raw[i] == '\\' && i + 1 < raw.size() && escapable.find(raw[i + 1]) != npos;
    text.push_back(raw[escape ? ++i : i]);
  }
  return text;
}

// Up to a character of `ends` that no backslash precedes; the line then begins with that character.
bool LineProtocolLine::word(std::string_view &line, std::string_view &word, std::string_view ends) {
  std::size_t at = 0;
  while (at < line.size() && ends.find(line[at]) == npos)
    at += line[at] == '\\' && at + 1 < line.size() ? 2 : 1;
  word = unescaped(line.substr(0, at), ", =");
  line.remove_prefix(at);
  return !word.empty();
}

bool LineProtocolLine::text(std::string_view &line, Value &value) {
  std::size_t at = 1;
  while (at < line.size() && line[at] != '"')
    at += line[at] == '\\' && at + 1 < line.size() ? 2 : 1;
  if (at >= line.size())
    return false;
  value.type = Type::Text;
  value.value = unescaped(line.substr(1, at - 1), "\"\\");
  line.remove_prefix(at + 1);
  return line.empty() || line[0] == ',' || line[0] == ' ';
}

bool LineProtocolLine::value(std::string_view &line, Value &value) {
  if (line.starts_with('"'))
    return text(line, value);
  const std::string_view raw = line.substr(0, line.find_first_of(", "));
  line.remove_prefix(raw.size());
  value.value = raw;
  value.type = isBool(raw) ? Type::Bool : Type::Number;
  if (value.type == Type::Bool || isFloat(raw))
    return true;
  value.value = raw.substr(0, raw.size() - std::min<std::size_t>(1, raw.size()));
  return (raw.ends_with('i') || raw.ends_with('u')) && isInteger(value.value);
}

bool LineProtocolLine::split(std::string_view line) {
  line = trimmed(line);
  tags.clear();
  values.clear();
  m_scratchUsed = 0;
  if (!word(line, measurement, ", ="))
    return false;
  while (line.starts_with(',')) {
    Tag &tag = tags.emplace_back();
    line.remove_prefix(1);
    if (!word(line, tag.key, ", =") || !line.starts_with('='))
      return false;
    line.remove_prefix(1);
    if (!word(line, tag.value, ", ="))
      return false;
  }
  if (!line.starts_with(' '))
    return false;
  line = trimmed(line);
  for (bool more = true; more;) {
    Value &field = values.emplace_back();
    if (!word(line, field.key, ", =") || !line.starts_with('='))
      return false;
    line.remove_prefix(1);
    if (!value(line, field))
      return false;
    more = line.starts_with(',');
    line.remove_prefix(more ? 1 : 0);
  }
  time = trimmed(line);
  return time.empty() || (line.starts_with(' ') && isInteger(time));
}

bool looksLikeLineProtocol(std::string_view line) {
  LineProtocolLine parts;
  return parts.split(line);
}

} // namespace meteorograph
