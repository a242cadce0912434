// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonParser.h"

#include "core/source/ExportDescription.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr std::string_view kNotJson = "not JSON";
constexpr std::string_view kNotAnObject = "not an object";
constexpr std::string_view kNotUtf8 = "not valid UTF-8";
constexpr std::string_view kUnreadBody = "body not understood";
constexpr std::string_view kNoColumns = "values in columns: none is as long as the times";
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

JsonParser::JsonParser(const FileContext &context)
    : m_builder(context), m_record(m_builder), m_columns(m_builder, m_record.fields()),
      m_finder(m_builder.roles()), m_arrays(m_builder.roles()),
      m_shapes(m_builder, m_record.fields(), context.learns) {}

JsonParser::JsonParser(const FileContext &context, const nlohmann::json &state) : JsonParser(context) {
  m_builder.restore(state);
  m_shape = state.value("shape", "");
  m_records = state.value("records", "");
  if (const auto arrays = state.find("arrays"); arrays != state.end())
    m_arrays.restore(*arrays);
  m_record.fields().setMeanings(m_arrays.meanings());
}

std::string JsonParser::state() const {
  nlohmann::json state = {{"format", "json"}, {"shape", m_shape}};
  if (!m_records.empty())
    state["records"] = m_records;
  if (!m_arrays.empty())
    state["arrays"] = m_arrays.save();
  m_builder.save(state);
  return state.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string JsonParser::description() const {
  if (!m_records.empty())
    return "JSON, records in " + m_records;
  return m_shape.empty() ? "JSON objects" : m_shape;
}

Inference JsonParser::inference() const {
  Inference inference = startOfInference(*this, m_builder.roles().mapping(), Mapping::Format::Json);
  if (inference.mapping.records.empty())
    inference.mapping.records = m_records;
  m_record.describe(m_arrays.outerFields(), inference);
  return inference;
}

Consumed JsonParser::parse(const Chunk &chunk, Batch &batch) {
  Reader reader{chunk, batch};
  m_builder.startBatch();
  bool going = true;
  while (going && reader.at < chunk.bytes.size()) {
    if (m_arrays.inRest()) {
      skipRest(reader);
      continue;
    }
    const char c = chunk.bytes[reader.at];
    switch (c) {
    case '{':
      going = takeKnown(reader) || takeObject(reader);
      break;
    case '\n':
      ++reader.lines;
      [[fallthrough]];
    case ' ':
    case '\t':
    case '\r':
      ++reader.at;
      break;
    case '[':
    case ']':
    case ',':
      if (m_shape.empty() && c == '[')
        m_shape = "JSON array";
      m_arrays.punctuation(c);
      ++reader.at;
      break;
    default:
      going = takeScalar(reader);
    }
  }
  return {reader.at, reader.lines};
}

/// A record of a shape that has come before; inside of an object's array what stands around counts, too.
bool JsonParser::takeKnown(Reader &reader) {
  if (!m_arrays.empty())
    return false;
  const RecordPlace place = reader.place(0);
  const JsonShapes::Taken taken = m_shapes.take(reader.rest(), place.line, place.offset, reader.batch);
  reader.at += taken.bytes;
  reader.lines += taken.newlines;
  return taken.bytes > 0;
}

bool JsonParser::takeObject(Reader &reader) {
  if (!m_arrays.empty())
    leaveCutArrays();
  const std::string_view text = reader.rest();
  const JsonExtent extent = m_scanner.scan(text);
  const bool whole = extent.status == JsonExtent::Status::Complete;
  if (whole && takeDescription(reader, extent))
    return true;
  if (extent.listed &&
      enterArray(reader, extent.status == JsonExtent::Status::Incomplete ? text : text.substr(0, extent.end)))
    return true;
  if (extent.status == JsonExtent::Status::Incomplete)
    return reader.chunk.final && looksCutBehindColon(text) && takeUntil(reader, text.find('\n'), kNotJson);
  if (!whole)
    return takeUntil(reader, endOfBad(text, extent.end, reader.chunk.final), kNotJson);
  m_arrays.tookObject();
  if (m_shape.empty())
    m_shape = extent.newlines == 0 ? "JSON objects, one a line" : "JSON objects";
  const RecordPlace place = reader.place(extent.end);
  if (!extent.ascii && !isValidUtf8(place.text))
    m_builder.quarantine(reader.batch, place, kNotUtf8);
  else if (extent.depth > kMaxJsonDepth)
    m_builder.quarantine(reader.batch, place, kTooDeep);
  else
    takeFields(reader, extent);
  reader.at += extent.end;
  reader.lines += extent.newlines;
  return true;
}

/// What an export left beside its file, which begins with it; nobody wants that quarantined.
bool JsonParser::takeDescription(Reader &reader, const JsonExtent &extent) {
  const RecordPlace place = reader.place(extent.end);
  if (place.offset > 0 || !isExportDescription(place.text))
    return false;
  m_shape = "description of an export";
  m_builder.skip(reader.batch);
  reader.batch.notes.push_back({place.line, "describes an exported file: no reading"});
  reader.at += extent.end;
  reader.lines += extent.newlines;
  return true;
}

// At an object that holds its records in an array: goes to the first of them.
bool JsonParser::enterArray(Reader &reader, std::string_view text) {
  std::optional<RecordArrayFinder::Found> found = m_finder.find(text, m_arrays.around());
  if (!found)
    return false;
  m_arrays.enter(std::move(found->array), reader.chunk.line + reader.lines);
  m_record.fields().setMeanings(m_arrays.meanings());
  if (const std::string path = m_arrays.around().path; m_records.empty() || path.starts_with(m_records + "."))
    m_records = path;
  const std::string_view before = text.substr(0, found->first);
  reader.lines += std::count(before.begin(), before.end(), '\n');
  reader.at += found->first;
  return true;
}

void JsonParser::leaveCutArrays() {
  m_arrays.atObject();
  m_record.fields().setMeanings(m_arrays.meanings());
}

void JsonParser::skipRest(Reader &reader) {
  const std::int64_t line = reader.chunk.line + reader.lines;
  const RecordArrayStack::Skipped skipped = m_arrays.skipRest(reader.rest());
  reader.at += skipped.bytes;
  reader.lines += skipped.lines;
  m_record.fields().setMeanings(m_arrays.meanings());
  if (skipped.left_out >= 0)
    reader.batch.notes.push_back({line + skipped.left_out, "another array of the same object was left out"});
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
  if (!m_arrays.empty()) {
    m_arrays.behindBad(place.line, reader.rest().empty() || reader.rest().front() == '\n');
    m_record.fields().setMeanings(m_arrays.meanings());
  }
  place.text = withoutEnd(place.text);
  m_builder.quarantine(reader.batch, place, reason);
  return true;
}

void JsonParser::takeFields(Reader &reader, const JsonExtent &extent) {
  const std::size_t size = extent.end;
  m_builder.begin();
  m_record.add(m_scanner.fields());
  if (m_record.hasTimes()) {
    if (!m_columns.read(m_scanner.fields(), reader.batch, reader.place(size)))
      m_builder.quarantine(reader.batch, reader.place(size), kNoColumns);
    return;
  }
  if (!m_arrays.empty())
    addOuter(m_scanner.fields());
  const RecordCounts before = reader.batch.counts;
  m_builder.finish(reader.batch, reader.place(size));
  // Whether an array holds records of its own depends on values, too.
  if (m_arrays.empty() && !extent.listed && reader.batch.counts.accepted > before.accepted)
    m_shapes.learn(reader.rest().substr(0, size), m_scanner.fields());
  if (m_record.hasUnreadBody() && reader.batch.counts.skipped > before.skipped) {
    --reader.batch.counts.skipped;
    --reader.batch.counts.records;
    m_builder.quarantine(reader.batch, reader.place(size), kUnreadBody);
  }
}

void JsonParser::addOuter(std::span<const JsonField> members) {
  bool has_time = false;
  bool has_device = false;
  const JsonFields::Order &order = m_record.fields().order(0);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool scalar = members[i].type == JsonType::String || members[i].type == JsonType::Number;
    const Role role = scalar ? order[i]->field.role.role : Role::Ignored;
    has_time = has_time || role == Role::Time;
    has_device = has_device || role == Role::Device;
  }
  m_arrays.addOuter(m_builder, has_time, has_device);
}

} // namespace meteorograph
