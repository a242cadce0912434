// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonRecord.h"

#include "core/source/Base64.h"
#include "core/source/FieldNames.h"
#include "core/source/JsonColumns.h"
#include "core/source/TextEncoding.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// Keys of a list's elements that hold the name, the value and the unit of one quantity.
constexpr std::string_view kPairNames[] = {"valuetype", "name",        "type",     "parameter", "quantity",
                                           "metric",    "measurement", "property", "sensor",    "key",
                                           "field",     "variable",    "id",       "label"};
constexpr std::string_view kPairValues[] = {"value", "val", "v", "reading"};
constexpr std::string_view kPairUnits[] = {"unit", "units", "u", "uom", "unitofmeasurement"};

template <std::size_t N> std::size_t placeIn(const std::string_view (&table)[N], std::string_view plain) {
  return static_cast<std::size_t>(std::find(table, table + N, plain) - table);
}

/// Base64 of a text that begins with `{` and a quote or a blank begins so, and hardly a word does.
bool mayBeBase64(std::string_view text) {
  return text.size() >= 8 && text[0] == 'e' && (text[1] == 'y' || text[1] == 'w');
}

bool mayBeJson(std::string_view text) { return !text.empty() && (text[0] == '{' || text[0] == ' '); }

/// One element of a list of names and values; a member without a value is null.
struct Pair {
  const JsonField *name = nullptr;
  const JsonField *value = nullptr;
  const JsonField *unit = nullptr;
};

Pair pairOf(std::span<const JsonField> members) {
  Pair pair;
  std::size_t best = std::size(kPairNames);
  for (const JsonField &member : members) {
    const std::string plain = member.parent < 0 ? plainName(member.key) : std::string();
    if (const std::size_t rank = placeIn(kPairNames, plain); rank < best && member.type == JsonType::String) {
      best = rank;
      pair.name = &member;
    } else if (placeIn(kPairValues, plain) < std::size(kPairValues) && member.type != JsonType::Object &&
               member.type != JsonType::Array) {
      pair.value = &member;
    } else if (placeIn(kPairUnits, plain) < std::size(kPairUnits) && member.type == JsonType::String) {
      pair.unit = &member;
    }
  }
  return pair;
}

std::size_t skipBlanks(std::string_view text, std::size_t at) {
  const std::size_t next = text.find_first_not_of(" \t\r\n", at);
  return next == text.npos ? text.size() : next;
}

/// The objects of an array, one after the other; stops at anything else. `take(members)` says whether
/// to go on; true when all were taken.
template <class Take> bool eachObject(std::string_view array, JsonScanner &scanner, Take take) {
  std::size_t at = skipBlanks(array, 1);
  while (at < array.size() && array[at] == '{') {
    const JsonExtent extent = scanner.scan(array.substr(at));
    if (extent.status != JsonExtent::Status::Complete || !take(scanner.fields()))
      return false;
    at = skipBlanks(array, at + extent.end);
    if (at < array.size() && array[at] == ',')
      at = skipBlanks(array, at + 1);
  }
  return at + 1 == array.size();
}

std::string unescapedText(const JsonField &member) {
  std::string text;
  appendUnescaped(text, member.value);
  return text;
}

} // namespace

FieldValue valueOf(const JsonField &member, std::string_view unescaped) {
  switch (member.type) {
  case JsonType::Number:
    return {FieldValue::Kind::Number, member.value, member.value};
  case JsonType::String:
    return {FieldValue::Kind::Text, unescaped, {member.value.data() - 1, member.value.size() + 2}};
  case JsonType::Array:
  case JsonType::Bool:
    return {FieldValue::Kind::Other, {}, member.value};
  case JsonType::Object:
  case JsonType::Null:
    break;
  }
  return {};
}

bool isNameAndValue(std::span<const JsonField> members) {
  const Pair pair = pairOf(members);
  return pair.name != nullptr && pair.value != nullptr;
}

void JsonRecord::begin() {
  m_scratchUsed = 0;
  m_topic = {};
  m_payload.reset();
  m_unreadBody = m_times = false;
  m_fields.begin();
}

void JsonRecord::add(std::span<const JsonField> members, std::string_view topic) {
  begin();
  m_topic = topic;
  addMembers(members, nullptr, 0);
  if (!m_topic.empty())
    addTopic(m_payload ? &m_payload->second : nullptr);
  else if (m_payload)
    m_builder.add(m_payload->first->field, m_payload->second);
}

void JsonRecord::addScalar(std::string_view topic, const FieldValue &value) {
  begin();
  m_topic = topic;
  addTopic(&value);
}

// `value`: of a message that is no object.
void JsonRecord::addTopic(const FieldValue *value) {
  m_usedTopics = true;
  MessageTopics::Topic &fields = m_topics.find(m_topic, value != nullptr);
  if (value != nullptr)
    m_builder.add(fields.quantity_field, *value);
  if (!fields.device.empty())
    m_builder.add(fields.device_field, {FieldValue::Kind::Text, fields.device, {}});
}

void JsonRecord::describe(std::span<const Field *const> others, Inference &inference) const {
  std::vector<const Field *> fields(others.begin(), others.end());
  for (const JsonNode &node : m_fields.nodes())
    if (node.field.record > 0)
      fields.push_back(&node.field);
  m_builder.describe(fields, inference);
  if (m_usedTopics)
    inference.fields.push_back({"topic", 0, FieldUse::Device, {}, {}, false, {}, "its most telling part"});
}

void JsonRecord::addMembers(std::span<const JsonField> members, JsonNode *above, std::size_t level) {
  JsonFields::Order &order = m_fields.order(level);
  for (std::size_t i = 0; i < members.size(); ++i)
    addMember(members[i], m_fields.find(order, above, members, i), level);
}

// Hot: once a member of every record.
void JsonRecord::addMember(const JsonField &member, JsonNode &node, std::size_t level) {
  switch (member.type) {
  case JsonType::Object:
    return; // its members follow
  case JsonType::String:
    if ((node.opens || node.topic) && addText(member, node, level))
      return;
    break;
  case JsonType::Array:
    if (node.opens && addPairs(member, node))
      return;
    m_times = m_times || (level == 0 && JsonColumns::isTimes(member, node));
    break;
  case JsonType::Number:
  case JsonType::Bool:
  case JsonType::Null:
    break;
  }
  std::string_view text = member.value;
  if (member.type == JsonType::String && member.value_escaped) {
    std::string &unescaped = scratch();
    appendUnescaped(unescaped, member.value);
    text = unescaped;
  }
  const FieldValue value = valueOf(member, text);
  if (node.payload)
    m_payload = {&node, value}; // what it is, the topic tells
  else
    m_builder.add(node.field, value);
}

// Whether the text was more than a text and is dealt with.
bool JsonRecord::addText(const JsonField &member, JsonNode &node, std::size_t level) {
  if (node.topic) {
    std::string &topic = scratch();
    appendUnescaped(topic, member.value);
    m_topic = topic;
    return true;
  }
  const bool tried = node.body || mayBeJson(member.value) || mayBeBase64(member.value);
  if (tried && level + 1 < JsonFields::kLevels) {
    std::string text = unescapedText(member);
    const bool json = trimmed(text).starts_with('{');
    std::optional<std::string> bytes = json ? std::optional(std::move(text)) : decodeBase64(text);
    if (bytes && addObject(std::move(*bytes), node, level))
      return true;
    m_unreadBody = m_unreadBody || node.body;
  }
  return false;
}

bool JsonRecord::addObject(std::string text, JsonNode &node, std::size_t level) {
  const std::size_t size = text.size();
  const std::size_t first = skipBlanks(text, 0);
  if (first == size || text[first] != '{')
    return false;
  std::string &kept = scratch();
  kept = std::move(text);
  kept.append(kChunkPadding, ' ');
  const std::string_view content = std::string_view(kept).substr(0, size);
  JsonScanner &scanner = m_scanners[level];
  const JsonExtent extent = scanner.scan(content.substr(first));
  const bool whole = extent.status == JsonExtent::Status::Complete && extent.depth <= kMaxJsonDepth &&
                     trimmed(content.substr(first + extent.end)).empty() && isValidUtf8(content);
  if (whole)
    addMembers(scanner.fields(), &node, level + 1);
  return whole;
}

// A list of names and values belongs to its record: each name is a field of it.
bool JsonRecord::addPairs(const JsonField &member, JsonNode &node) {
  const std::size_t first = skipBlanks(member.value, 1);
  if (first >= member.value.size() || member.value[first] != '{')
    return false;
  JsonScanner &scanner = m_scanners.back();
  if (!eachObject(member.value, scanner, isNameAndValue))
    return false;
  return eachObject(member.value, scanner, [&](std::span<const JsonField> members) {
    const Pair pair = pairOf(members);
    std::string name = unescapedText(*pair.name);
    if (pair.unit != nullptr)
      name += " (" + unescapedText(*pair.unit) + ")";
    std::string &text = scratch();
    appendUnescaped(text, pair.value->value);
    m_builder.add(m_fields.named(node.parent, name, name).field, valueOf(*pair.value, text));
    return true;
  });
}

std::string &JsonRecord::scratch() {
  if (m_scratchUsed == m_scratch.size())
    m_scratch.emplace_back();
  std::string &text = m_scratch[m_scratchUsed++];
  text.clear();
  return text;
}

} // namespace meteorograph
