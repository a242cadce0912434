// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DelimitedParser.h"

#include "core/source/TextEncoding.h"

#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kOpenQuote = "a quote is not closed";
constexpr std::string_view kTooManyValues = "more values than columns";

/// A BOM is no part of the first line.
std::size_t bomSize(const Chunk &chunk) {
  return chunk.offset == 0 && chunk.bytes.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0;
}

std::string_view withoutReturn(std::string_view line) {
  while (line.ends_with('\r'))
    line.remove_suffix(1);
  return line;
}

std::string nameOfDelimiter(char delimiter) {
  return delimiter == '\t' ? "tabs" : std::string("'") + delimiter + "'";
}

} // namespace

DelimitedParser::DelimitedParser(const FileContext &context) : m_builder(context) {}

DelimitedParser::DelimitedParser(const FileContext &context, const nlohmann::json &state)
    : DelimitedParser(context) {
  m_builder.restore(state);
  if (const auto layout = state.find("layout"); layout != state.end())
    useLayout(layoutFromJson(*layout));
}

std::string DelimitedParser::state() const {
  nlohmann::json state = {{"format", "delimited"}};
  m_builder.save(state);
  if (m_layout)
    state["layout"] = toJson(*m_layout);
  return state.dump();
}

std::string DelimitedParser::description() const {
  if (!m_layout)
    return "Delimited text";
  return "CSV, separated by " + nameOfDelimiter(m_layout->delimiter) + ", " +
         std::to_string(m_layout->columns.size()) + " columns" +
         (m_layout->header.empty() ? ", no header" : "");
}

Inference DelimitedParser::inference() const {
  Inference inference;
  inference.format = description();
  return inference;
}

Consumed DelimitedParser::parse(const Chunk &chunk, Batch &batch) {
  const std::string_view text = chunk.bytes;
  std::size_t at = bomSize(chunk);
  if (!m_layout && !decideLayout(text.substr(at), chunk.final))
    return {};
  Consumed consumed;
  while (at < text.size()) {
    const std::size_t newline = text.find('\n', at);
    if (newline == npos && !chunk.final)
      break;
    const std::size_t end = newline == npos ? text.size() : newline;
    takeLine({chunk.line + consumed.lines, chunk.offset + static_cast<std::int64_t>(at),
              withoutReturn(text.substr(at, end - at))},
             batch);
    at = newline == npos ? end : end + 1;
    consumed.lines += newline == npos ? 0 : 1;
    consumed.bytes = at;
  }
  return consumed;
}

bool DelimitedParser::decideLayout(std::string_view text, bool final) {
  std::string_view lines[2];
  std::size_t found = 0;
  for (std::size_t at = 0; found < 2 && at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    if (newline == npos && !final)
      return false;
    const std::string_view line = withoutReturn(text.substr(at, newline == npos ? npos : newline - at));
    if (!isSkippedLine(line))
      lines[found++] = line;
    at = newline == npos ? text.size() : newline + 1;
  }
  if (found == 0 || (found == 1 && !final))
    return false;
  useLayout(inferLayout(lines[0], lines[1]));
  return true;
}

void DelimitedParser::useLayout(DelimitedLayout layout) {
  m_layout = std::move(layout);
  arrangeColumns(m_builder.roles(), m_layout->columns);
  m_fields.clear();
  for (const Column &column : m_layout->columns)
    m_fields.emplace_back(column.role, column.name.empty() ? "column_" + std::to_string(m_fields.size() + 1)
                                                           : column.name);
  const std::string_view unnamed[] = {""};
  m_fields.emplace_back(roleOfField(unnamed), "row");
}

void DelimitedParser::takeLine(const RecordPlace &place, Batch &batch) {
  const std::string_view line = trimmed(place.text);
  if (line.empty() || line.front() == '#' || isHeader(line))
    m_builder.skip(batch);
  else if (!m_line.split(place.text, m_layout->delimiter))
    m_builder.quarantine(batch, place, kOpenQuote);
  else
    takeRow(place, batch);
}

// The layout keeps the header as UTF-8, whatever the file's encoding. Hot: once a line.
bool DelimitedParser::isHeader(std::string_view line) const {
  const std::string &header = m_layout->header;
  if (line.size() > header.size() || header.empty() || line.front() != header.front())
    return false;
  return line == header || (!isValidUtf8(line) && toUtf8(line) == header);
}

void DelimitedParser::takeRow(const RecordPlace &place, Batch &batch) {
  const std::vector<std::string_view> &values = m_line.values();
  const std::size_t columns = m_layout->columns.size();
  std::size_t count = values.size();
  if (!m_layout->row_numbers)
    m_layout->row_numbers = count == columns + 1 && !values.back().empty();
  const std::size_t first = *m_layout->row_numbers ? 1 : 0;
  while (count > columns + first && values[count - 1].empty())
    --count;
  if (count > columns + first) {
    m_builder.quarantine(batch, place, kTooManyValues);
    return;
  }
  bool blank = true;
  for (std::size_t i = 0; i < count; ++i)
    blank = blank && values[i].empty();
  if (blank) {
    m_builder.skip(batch);
    return;
  }
  m_builder.begin();
  if (first == 1)
    addValue(columns, values[0]);
  for (std::size_t i = first; i < count; ++i)
    addValue(i - first, values[i]);
  m_builder.finish(batch, place);
}

void DelimitedParser::addValue(std::size_t column, std::string_view value) {
  const auto kind = value.empty() ? FieldValue::Kind::Absent : FieldValue::Kind::Text;
  m_builder.add(m_fields[column], {kind, value, {}});
}

} // namespace meteorograph
