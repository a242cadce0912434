// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonParser.h"

#include "core/source/TextEncoding.h"

#include <cstring>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr std::string_view kNotJson = "not JSON";
constexpr std::string_view kNotAnObject = "not an object";
constexpr std::string_view kNotUtf8 = "not valid UTF-8";
constexpr std::string_view kTooDeep = "nested deeper than 64 levels";
constexpr auto npos = std::string_view::npos;

bool isLineBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::size_t skipLineBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && isLineBlank(text[at]))
    ++at;
  return at;
}

std::size_t endOfLine(std::string_view text, std::size_t from, bool final) {
  const std::size_t line_end = text.find('\n', from);
  return line_end == npos && final ? text.size() : line_end;
}

// Both give npos when the end cannot be known yet. The line's end is looked for last: an array of a
// million records on one line would else be searched once a record.
std::size_t endOfBadCompact(std::string_view text, bool final) {
  const std::size_t end = balancedEnd(text);
  if (end != npos) {
    const std::size_t next = skipLineBlanks(text, end);
    if (next == text.size() && !final)
      return npos;
    if (next == text.size() || std::string_view("\n,]{").find(text[next]) != npos)
      return end;
  }
  return endOfLine(text, 0, final);
}

std::size_t endOfBadPretty(std::string_view text, std::size_t error, bool final) {
  if (error < text.size() && text[error] == '{') {
    const std::size_t line = text.rfind('\n', error) + 1;
    if (skipLineBlanks(text, line) == error)
      return line;
  }
  return endOfLine(text, error, final);
}

std::size_t endOfBad(std::string_view text, std::size_t error, bool final) {
  const std::size_t content = skipLineBlanks(text, 1);
  const bool pretty = content < text.size() && text[content] == '\n';
  return pretty ? endOfBadPretty(text, error, final) : endOfBadCompact(text, final);
}

/// `…"IoTHub":` and then a line that opens an object of its own: most likely a line cut behind a colon
/// and the next record, though the grammar would also take it for a member's value. While more may
/// come the grammar has the last word; this is for when nothing does, so that no good record is lost.
bool looksCutBehindColon(std::string_view text) {
  const std::size_t line_end = text.find('\n');
  if (line_end == npos || line_end + 1 == text.size() || text[line_end + 1] != '{')
    return false;
  return trimmed(text.substr(0, line_end)).ends_with(':');
}

/// The text of a record without the line's end or the next record's indentation.
std::string_view withoutEnd(std::string_view text) {
  while (!text.empty() && (isLineBlank(text.back()) || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

} // namespace

/// Where parse() is in its chunk.
struct JsonParser::Reader {
  const Chunk &chunk;
  Batch &batch;
  std::size_t at = 0;
  std::int64_t lines = 0;

  std::string_view rest() const { return chunk.bytes.substr(at); }
  RecordPlace place(std::size_t size) const {
    return {chunk.line + lines, chunk.offset + static_cast<std::int64_t>(at), chunk.bytes.substr(at, size)};
  }
};

JsonParser::JsonParser(const FileContext &context) : m_builder(context) {}

JsonParser::JsonParser(const FileContext &context, const nlohmann::json &state) : JsonParser(context) {
  m_builder.restore(state);
}

std::string JsonParser::state() const {
  nlohmann::json state = {{"format", "json"}};
  m_builder.save(state);
  return state.dump();
}

Inference JsonParser::inference() const {
  Inference inference;
  inference.format = description();
  return inference;
}

Consumed JsonParser::parse(const Chunk &chunk, Batch &batch) {
  Reader reader{chunk, batch};
  bool going = true;
  while (going && reader.at < chunk.bytes.size()) {
    switch (chunk.bytes[reader.at]) {
    case '{':
      going = takeObject(reader);
      break;
    case '\n':
      ++reader.lines;
      [[fallthrough]];
    case ' ':
    case '\t':
    case '\r':
    case '[':
    case ']':
    case ',':
      ++reader.at;
      break;
    default:
      going = takeScalar(reader);
    }
  }
  return {reader.at, reader.lines};
}

bool JsonParser::takeObject(Reader &reader) {
  const std::string_view text = reader.rest();
  const JsonExtent extent = m_scanner.scan(text);
  if (extent.status == JsonExtent::Status::Incomplete)
    return reader.chunk.final && looksCutBehindColon(text) && takeUntil(reader, text.find('\n'), kNotJson);
  if (extent.status == JsonExtent::Status::Error)
    return takeUntil(reader, endOfBad(text, extent.end, reader.chunk.final), kNotJson);
  const RecordPlace place = reader.place(extent.end);
  if (!extent.ascii && !isValidUtf8(place.text))
    m_builder.quarantine(reader.batch, place, kNotUtf8);
  else if (extent.depth > kMaxJsonDepth)
    m_builder.quarantine(reader.batch, place, kTooDeep);
  else
    takeFields(reader, extent.end);
  reader.at += extent.end;
  reader.lines += extent.newlines;
  return true;
}

// Anything else at the top level: a BOM, a value that is no object, or garbage to the line's end.
bool JsonParser::takeScalar(Reader &reader) {
  const std::string_view text = reader.rest();
  const bool final = reader.chunk.final;
  const std::string_view start = text.substr(0, kUtf8Bom.size());
  if (kUtf8Bom.starts_with(start) && (start.size() == kUtf8Bom.size() || !final)) {
    reader.at += start == kUtf8Bom ? start.size() : 0;
    return start == kUtf8Bom;
  }
  const JsonExtent extent = scanJsonScalar(text);
  if (extent.status == JsonExtent::Status::Complete) {
    const std::size_t next = skipLineBlanks(text, extent.end);
    if (next == text.size() && !final)
      return false;
    if (next == text.size() || std::string_view(",]{[\n").find(text[next]) != npos)
      return takeUntil(reader, extent.end, kNotAnObject);
  }
  return takeUntil(reader, endOfLine(text, 0, final), kNotJson);
}

bool JsonParser::takeUntil(Reader &reader, std::size_t end, std::string_view reason) {
  if (end == npos)
    return false;
  RecordPlace place = reader.place(end);
  reader.lines += std::count(place.text.begin(), place.text.end(), '\n');
  reader.at += end;
  place.text = withoutEnd(place.text);
  m_builder.quarantine(reader.batch, place, reason);
  return true;
}

void JsonParser::takeFields(Reader &reader, std::size_t size) {
  m_scratchUsed = 0;
  m_fields.begin();
  m_builder.begin();
  const std::span<const JsonField> members = m_scanner.fields();
  for (std::size_t i = 0; i < members.size(); ++i)
    addField(members[i], m_fields.find(members, i));
  m_builder.finish(reader.batch, reader.place(size));
}

// Hot: once a member of every record.
void JsonParser::addField(const JsonField &member, Field &field) {
  FieldValue value;
  switch (member.type) {
  case JsonType::Object:
    return; // its members follow
  case JsonType::Null:
    break;
  case JsonType::Number:
    value = {FieldValue::Kind::Number, member.value, member.value};
    break;
  case JsonType::String:
    value = {FieldValue::Kind::Text,
             member.value_escaped ? unescaped(member.value) : member.value,
             {member.value.data() - 1, member.value.size() + 2}};
    break;
  case JsonType::Array:
  case JsonType::Bool:
    value = {FieldValue::Kind::Other, {}, member.value};
    break;
  }
  m_builder.add(field, value);
}

std::string_view JsonParser::unescaped(std::string_view raw) {
  if (m_scratchUsed == m_scratch.size())
    m_scratch.emplace_back();
  std::string &text = m_scratch[m_scratchUsed++];
  text.clear();
  appendUnescaped(text, raw);
  return text;
}

} // namespace meteorograph
