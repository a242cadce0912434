// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DelimitedParser.h"

#include "core/source/LayoutInference.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr auto npos = std::string_view::npos;
/// Rows of one table have few kinds: with and without a device, say.
constexpr std::size_t kMostPlans = 4;
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

/// The layout keeps lines as UTF-8, whatever the file's encoding.
bool isSame(std::string_view line, const std::string &known) {
  return line.size() <= known.size() && (line == known || (!isValidUtf8(line) && toUtf8(line) == known));
}

bool isPayloadTime(const Column &column) { return column.role.role == Role::Time && !column.role.envelope; }

} // namespace

DelimitedParser::DelimitedParser(const FileContext &context)
    : m_builder(context), m_learning(context.learns) {}

DelimitedParser::DelimitedParser(const FileContext &context, const nlohmann::json &state)
    : DelimitedParser(context) {
  m_builder.restore(state);
  const auto layout = state.find("layout");
  if (layout == state.end())
    return;
  m_layout = layoutFromJson(*layout);
  m_behindHeader = state.at("behind_header").get<bool>();
  giveRoles(m_layout, m_builder.roles());
  useLayout();
}

std::string DelimitedParser::state() const {
  nlohmann::json state = {{"format", "delimited"}};
  m_builder.save(state);
  if (m_hasLayout) {
    state["layout"] = toJson(m_layout);
    state["behind_header"] = m_behindHeader;
  }
  return state.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string DelimitedParser::description() const {
  return m_hasLayout ? describe(m_layout) : "Delimited text";
}

Consumed DelimitedParser::parse(const Chunk &chunk, Batch &batch) {
  const std::string_view text = chunk.bytes;
  std::size_t at = bomSize(chunk);
  if (!m_hasLayout && !decideLayout(text.substr(at), chunk.final))
    return {};
  Consumed consumed;
  m_builder.startBatch();
  while (at < text.size()) {
    const std::size_t size = takeKnown(text.substr(at), chunk.line + consumed.lines,
                                       chunk.offset + static_cast<std::int64_t>(at), batch);
    if (size != npos) {
      at += size + 1;
      ++consumed.lines;
      consumed.bytes = at;
      continue;
    }
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
  LayoutInference inference(m_builder.roles());
  bool enough = false;
  for (std::size_t at = 0; !enough && at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    if (newline == npos && !final)
      return false;
    enough = inference.add(withoutReturn(text.substr(at, newline == npos ? npos : newline - at)));
    at = newline == npos ? text.size() : newline + 1;
  }
  if (!enough && (!final || trimmed(text).empty()))
    return false;
  m_layout = inference.finish();
  useLayout();
  return true;
}

void DelimitedParser::useLayout() {
  m_hasLayout = true;
  m_plans.clear();
  m_fields.clear();
  std::size_t number = 0;
  for (const Column &column : m_layout.columns) {
    ++number;
    m_fields.emplace_back(column.role,
                          column.name.empty() ? "column_" + std::to_string(number) : column.name);
  }
  const std::string_view unnamed[] = {""};
  m_fields.emplace_back(roleOfField(unnamed), "row");
  const auto time = std::find_if(m_layout.columns.begin(), m_layout.columns.end(), isPayloadTime);
  m_timeColumn =
      time == m_layout.columns.end() ? 0 : static_cast<std::size_t>(time - m_layout.columns.begin());
  m_timeColumn += m_layout.row_numbers ? 1 : 0;
  m_known = {};
  const auto know = [this](const std::string &line) {
    const auto first = static_cast<unsigned char>(line.empty() ? '#' : line[0]);
    m_known[first] = true;
    if (first > 127) // the file may be in another encoding
      std::fill(m_known.begin() + 128, m_known.end(), true);
  };
  for (const char *sign : {"#", "/", "%", ";"})
    know(sign);
  std::for_each(m_layout.repeats.begin(), m_layout.repeats.end(), know);
  know(m_layout.header);
  know(m_builder.roles().mapping().comment);
  if (m_layout.day_numbers)
    m_builder.times().takeDayNumbers();
  if (!m_layout.zone.empty())
    m_builder.times().setZone(m_layout.zone);
  if (!m_layout.device.empty())
    m_builder.setDefaultDevice(m_layout.device);
  if (m_layout.decimal != '\0')
    m_builder.setDecimal(m_layout.decimal);
  m_builder.times().hint(hintedOrder(m_layout));
}

// Hot: once a line. One of as many values as rows before, all of them as planned; its length, or npos where
// nothing was done. That there is a number among them says that it is no header.
std::size_t DelimitedParser::takeKnown(std::string_view text, std::int64_t line, std::int64_t offset,
                                       Batch &batch) {
  if (m_plans.empty() || m_behindHeader || line < m_layout.first_line)
    return npos;
  const std::size_t size = DelimitedLine::splitPlain(text, m_layout.delimiter, m_row);
  if (size == npos || m_row.front().empty() || (m_layout.decimal == '\0' && showsDecimal()))
    return npos;
  if (m_known[static_cast<unsigned char>(m_row.front().front())] && isNoRecord(trimmed(text.substr(0, size))))
    return npos;
  for (std::size_t i = 0; i < m_plans.size(); ++i, ++m_lastPlan)
    if (m_builder.addPlanned(m_plans[m_lastPlan % m_plans.size()], m_row, batch, line, offset)) {
      m_learning.pays();
      return size;
    }
  return npos;
}

bool DelimitedParser::showsDecimal() const {
  return std::any_of(m_row.begin(), m_row.end(),
                     [](std::string_view value) { return value.find_first_of(".,") != npos; });
}

/// What became of the row just finished.
void DelimitedParser::learn() {
  if (m_layout.delimiter == kBlanks || !m_learning.spend())
    return;
  const std::vector<std::string_view> &values = m_line.values();
  const std::size_t first = m_layout.row_numbers ? 1 : 0;
  std::vector<PlanSlot> slots(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    slots[i].text = values[i];
    slots[i].absent = trimmed(values[i]).empty();
    if (i < first)
      slots[i].field = &m_fields.back();
    else if (i - first + 1 < m_fields.size())
      slots[i].field = &m_fields[i - first];
  }
  if (std::optional<ReadingPlan> plan = m_builder.plan(slots))
    keepPlan(std::move(*plan), values.size());
}

/// In the place of the oldest, where there are many; rows of another length go the long way.
void DelimitedParser::keepPlan(ReadingPlan plan, std::size_t values) {
  const auto stale = [&](const ReadingPlan &old) { return old.names < plan.names; };
  if (m_row.size() != values)
    m_plans.clear();
  m_row.resize(values);
  std::erase_if(m_plans, stale);
  if (std::find(m_plans.begin(), m_plans.end(), plan) != m_plans.end())
    return; // the row was odd
  if (m_plans.size() == kMostPlans)
    m_plans.erase(m_plans.begin());
  m_lastPlan = m_plans.size();
  m_plans.push_back(std::move(plan));
}

// Hot: once a line.
void DelimitedParser::takeLine(const RecordPlace &place, Batch &batch) {
  const std::string_view line = trimmed(place.text);
  if (line.empty() || place.line < m_layout.first_line)
    m_builder.skip(batch);
  else if (m_known[static_cast<unsigned char>(line.front())] && isNoRecord(line))
    takeHeaderInComment(place, batch) ? void() : m_builder.skip(batch);
  else if (!m_line.split(place.text, m_layout.delimiter))
    m_builder.quarantine(batch, place, kOpenQuote);
  else if (!mayBeHeader() || !takeHeader(place, batch))
    takeRow(place, batch);
}

bool DelimitedParser::isNoRecord(std::string_view line) {
  if (isComment(line, m_builder.roles().mapping().comment, m_layout.delimiter) ||
      isSame(line, m_layout.header))
    return true;
  return std::any_of(m_layout.repeats.begin(), m_layout.repeats.end(),
                     [line](const std::string &known) { return isSame(line, known); });
}

/// What stands where times do begins with a letter. Times may as well; takeHeader() looks closer.
bool DelimitedParser::mayBeHeader() const {
  const std::vector<std::string_view> &values = m_line.values();
  if (m_behindHeader)
    return true;
  if (m_timeColumn >= values.size() || values[m_timeColumn].empty())
    return false;
  const auto c = static_cast<unsigned char>(values[m_timeColumn].front());
  return (c | 0x20) >= 'a' && m_builder.roles().mapping().header.value_or(true);
}

/// A header other than the one above, or units below it; false for anything else.
bool DelimitedParser::takeHeader(const RecordPlace &place, Batch &batch) {
  const std::vector<std::string> values(m_line.values().begin(), m_line.values().end());
  if (areNames(values, m_builder.roles()))
    return changeHeader(values, place, batch);
  const LineShape shape = shapeOfLine(values);
  if (m_behindHeader && shape.numbers + shape.times == 0 && isLineOfUnits(values)) {
    m_builder.skip(batch);
    return true;
  }
  m_behindHeader = false;
  return false;
}

bool DelimitedParser::takeHeaderInComment(const RecordPlace &place, Batch &batch) {
  const std::string &prefix = m_builder.roles().mapping().comment;
  const std::string_view line = withoutCommentSigns(place.text, prefix);
  if (!m_layout.header_in_comment || isSame(trimmed(place.text), m_layout.header) ||
      !m_line.split(line, m_layout.delimiter))
    return false;
  const std::vector<std::string> values(m_line.values().begin(), m_line.values().end());
  return areNames(values, m_builder.roles()) && changeHeader(values, place, batch);
}

bool DelimitedParser::changeHeader(const std::vector<std::string> &values, const RecordPlace &place,
                                   Batch &batch) {
  std::vector<std::string> names;
  for (const std::string &value : values)
    names.push_back(toUtf8(trimmed(value)));
  while (!names.empty() && isPadding(names.back()))
    names.pop_back();
  const bool same = std::equal(names.begin(), names.end(), m_layout.columns.begin(), m_layout.columns.end(),
                               [](const std::string &name, const Column &c) { return name == c.name; });
  m_layout.header = toUtf8(trimmed(place.text));
  m_behindHeader = true;
  if (!same)
    batch.notes.push_back({place.line, changeColumns(m_layout, names, m_builder.roles())});
  useLayout();
  m_builder.skip(batch);
  return true;
}

void DelimitedParser::takeRow(const RecordPlace &place, Batch &batch) {
  const std::vector<std::string_view> &values = m_line.values();
  const std::size_t columns = m_layout.columns.size();
  const std::size_t first = m_layout.row_numbers ? 1 : 0;
  std::size_t count = values.size();
  while (count > columns + first && isPadding(values[count - 1]))
    --count;
  if (count > columns + first) {
    m_builder.quarantine(batch, place, kTooManyValues);
    return;
  }
  if (std::all_of(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count), isPadding)) {
    m_builder.skip(batch);
    return;
  }
  if (m_layout.decimal == '\0')
    learnDecimal();
  m_builder.begin();
  if (first == 1)
    addValue(columns, values[0]);
  for (std::size_t i = first; i < count; ++i)
    addValue(i - first, values[i]);
  const std::int64_t accepted = batch.counts.accepted;
  m_builder.finish(batch, place);
  if (batch.counts.accepted > accepted)
    learn();
}

/// The file's first value with a decimal sign decides.
void DelimitedParser::learnDecimal() {
  m_layout.decimal = decimalIn(m_layout, m_line.values());
  if (m_layout.decimal == '\0')
    return;
  m_builder.setDecimal(m_layout.decimal);
  m_builder.times().hint(hintedOrder(m_layout));
}

void DelimitedParser::addValue(std::size_t column, std::string_view value) {
  const auto kind = value.empty() ? FieldValue::Kind::Absent : FieldValue::Kind::Text;
  m_builder.add(m_fields[column], {kind, value, {}});
}

} // namespace meteorograph
