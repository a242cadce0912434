// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordArrayStack.h"

#include "core/source/JsonRecord.h"
#include "core/source/MessagePath.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// Arrays in arrays beyond are cut-off ones: the outermost are forgotten.
constexpr std::size_t kMaxFrames = 8;
/// Brackets open behind an array beyond are no JSON of any sensor.
constexpr std::size_t kMaxRest = 256;

/// A key that says nothing by itself, so that another object may say what it means.
bool isNumberedField(std::string_view key) {
  constexpr std::string_view kField = "field";
  return key.starts_with(kField) && key.size() > kField.size() && key.size() <= kField.size() + 2 &&
         key.find_first_not_of("0123456789", kField.size()) == key.npos;
}

std::string textOf(const JsonField &member) {
  if (member.type != JsonType::String)
    return std::string(member.value);
  std::string text;
  appendUnescaped(text, member.value);
  return text;
}

bool appliesToAll(const FieldRole &role) {
  return role.role == Role::Time || role.role == Role::Device || role.role == Role::UnitText;
}

} // namespace

void RecordArrayStack::enter(RecordArray array, std::int64_t line) {
  if (m_frames.empty())
    m_line = line;
  push(std::move(array));
  m_comma = true;
  useMeanings();
}

RecordArrayFinder::Around RecordArrayStack::around() const {
  RecordArrayFinder::Around around;
  for (const Frame &frame : m_frames) {
    around.path += (around.path.empty() ? "" : ".") + frame.array.path;
    for (const OuterField &outer : frame.fields)
      around.time = around.time || outer.field.role.role == Role::Time;
  }
  return around;
}

void RecordArrayStack::push(RecordArray array) {
  if (m_frames.size() == kMaxFrames)
    m_frames.pop_front();
  Frame &frame = m_frames.emplace_back(Frame{std::move(array), 0, {}, {}});
  const std::string padded = frame.array.outer + std::string(kChunkPadding, ' ');
  JsonScanner scanner;
  if (scanner.scan(std::string_view(padded).substr(0, frame.array.outer.size())).status !=
      JsonExtent::Status::Complete)
    return;
  JsonFields fields(m_roles);
  const std::span<const JsonField> members = scanner.fields();
  for (std::size_t i = 0; i < members.size(); ++i) {
    const JsonNode &node = fields.find(fields.order(0), nullptr, members, i);
    const bool text = members[i].type == JsonType::String;
    if (text && isNumberedField(node.key))
      frame.meanings[node.key] = textOf(members[i]);
    else if ((text || members[i].type == JsonType::Number) && appliesToAll(node.field.role))
      frame.fields.push_back({Field(node.field.role, node.label), textOf(members[i]),
                              text ? FieldValue::Kind::Text : FieldValue::Kind::Number});
  }
}

void RecordArrayStack::useMeanings() {
  m_meanings.clear();
  for (const Frame &frame : m_frames)
    for (const auto &[key, meaning] : frame.meanings)
      m_meanings[key] = meaning;
}

void RecordArrayStack::clear() {
  m_frames.clear();
  m_meanings.clear();
  m_rest.clear();
  m_quoted = m_escape = false;
}

void RecordArrayStack::punctuation(char c) {
  if (m_frames.empty())
    return;
  m_comma = m_comma || c == ',';
  int &brackets = m_frames.back().brackets;
  if (c == '[')
    ++brackets;
  if (c != ']' || brackets-- > 0)
    return;
  m_rest.assign(static_cast<std::size_t>(m_frames.back().array.open), '{');
  m_quoted = m_escape = m_leftOut = false;
  m_before = ']';
}

void RecordArrayStack::atObject() {
  if (!m_comma)
    clear();
}

void RecordArrayStack::behindBad(std::int64_t line, bool to_line_end) {
  m_comma = true;
  if (to_line_end && m_line == line)
    clear();
}

RecordArrayStack::Skipped RecordArrayStack::skipRest(std::string_view text) {
  Skipped skipped;
  for (; skipped.bytes < text.size() && !m_rest.empty(); ++skipped.bytes) {
    const char c = text[skipped.bytes];
    if (m_quoted && c == '\n') { // cut off in a text
      clear();
      break;
    }
    if (m_quoted) {
      m_quoted = m_escape || c != '"';
      m_escape = !m_escape && c == '\\';
      continue;
    }
    if (static_cast<unsigned char>(c) <= ' ') {
      skipped.lines += c == '\n' ? 1 : 0;
      continue;
    }
    const char before = std::exchange(m_before, c);
    if (c == '{' && before != ':' && (m_rest.back() == '{' || (before != '[' && before != ','))) {
      clear(); // an object where none can be: what is open was cut off
      break;
    }
    if (c == '{' && before == '[' && !std::exchange(m_leftOut, true))
      skipped.left_out = skipped.lines;
    m_quoted = c == '"';
    if ((c == '{' || c == '[') && m_rest.size() < kMaxRest)
      m_rest.push_back(c);
    else if (c == '}' || c == ']')
      m_rest.pop_back();
  }
  if (m_rest.empty() && !m_frames.empty()) {
    m_frames.pop_back();
    m_comma = false;
    useMeanings();
  }
  return skipped;
}

// The innermost objects know best, so they go first.
void RecordArrayStack::addOuter(ReadingBuilder &builder, bool has_time, bool has_device) {
  for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame) {
    bool time = has_time;
    bool device = has_device;
    for (OuterField &outer : frame->fields) {
      const Role role = outer.field.role.role;
      if ((role == Role::Time && has_time) || (role == Role::Device && has_device))
        continue;
      builder.add(outer.field, {outer.kind, outer.text, {}});
      time = time || role == Role::Time;
      device = device || role == Role::Device;
    }
    has_time = time;
    has_device = device;
  }
}

std::vector<const Field *> RecordArrayStack::outerFields() const {
  std::vector<const Field *> all;
  for (const Frame &frame : m_frames)
    for (const OuterField &outer : frame.fields)
      all.push_back(&outer.field);
  return all;
}

nlohmann::json RecordArrayStack::save() const {
  nlohmann::json frames = nlohmann::json::array();
  for (const Frame &frame : m_frames)
    frames.push_back({toJson(frame.array), frame.brackets});
  return {{"frames", frames},   {"line", m_line},     {"comma", m_comma},        {"rest", m_rest},
          {"quoted", m_quoted}, {"escape", m_escape}, {"before", int{m_before}}, {"left_out", m_leftOut}};
}

void RecordArrayStack::restore(const nlohmann::json &state) {
  for (const nlohmann::json &frame : state.at("frames")) {
    push(recordArrayFromJson(frame.at(0)));
    m_frames.back().brackets = frame.at(1).get<int>();
  }
  m_line = state.at("line").get<std::int64_t>();
  m_comma = state.at("comma").get<bool>();
  m_rest = state.at("rest").get<std::string>();
  m_quoted = state.at("quoted").get<bool>();
  m_escape = state.at("escape").get<bool>();
  m_before = static_cast<char>(state.at("before").get<int>());
  m_leftOut = state.at("left_out").get<bool>();
  useMeanings();
}

} // namespace meteorograph
