// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonColumns.h"

#include "core/source/FieldNames.h"
#include "core/source/JsonRecord.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

namespace meteorograph {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// The array's next value from `at` on, which is moved behind it and its comma; false at its end, or at
/// an array or an object.
bool nextScalar(std::string_view array, std::size_t &at, JsonField &value, std::size_t &begin) {
  begin = array.find_first_not_of(kBlanks, at);
  if (begin == array.npos || array[begin] == ']' || array[begin] == '[' || array[begin] == '{')
    return false;
  const JsonExtent extent = scanJsonScalar(array.substr(begin), value);
  if (extent.status != JsonExtent::Status::Complete)
    return false;
  at = array.find_first_not_of(kBlanks, begin + extent.end);
  at += at != array.npos && array[at] == ',' ? 1 : 0;
  return true;
}

/// How many values an array has; 0 where some is an array or an object.
std::size_t lengthOf(std::string_view array) {
  std::size_t count = 0;
  std::size_t at = 1;
  std::size_t begin = 0;
  JsonField value;
  while (at < array.size() && nextScalar(array, at, value, begin))
    ++count;
  return begin < array.size() && array[begin] == ']' ? count : 0;
}

/// An ISO time with a time of day and nothing behind it.
bool isNaive(std::string_view text) {
  return text.size() > 13 && (text[10] == 'T' || text[10] == ' ') && text[13] == ':' &&
         !text.ends_with('Z') && text.find_first_of("+-", 11) == text.npos;
}

std::string offsetOf(std::span<const JsonField> members) {
  for (const JsonField &member : members) {
    if (member.parent >= 0 || member.type != JsonType::Number || plainName(member.key) != "utcoffsetseconds")
      continue;
    int seconds = 0;
    std::from_chars(member.value.data(), member.value.data() + member.value.size(), seconds);
    char text[16];
    const int minutes = std::abs(seconds) / 60 % 6000;
    std::snprintf(text, sizeof text, "%c%02d:%02d", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return text;
  }
  return {};
}

/// What a sibling object says the unit of a column is: `hourly_units` of those in `hourly`.
std::string_view unitIn(std::span<const JsonField> members, std::int32_t parent, std::string_view key) {
  const std::string_view group =
      parent < 0 ? std::string_view() : members[static_cast<std::size_t>(parent)].key;
  const std::string wanted = plainName(std::string(group) + " units");
  for (const JsonField &member : members) {
    if (member.parent < 0 || member.type != JsonType::String || member.key != key)
      continue;
    const JsonField &holder = members[static_cast<std::size_t>(member.parent)];
    if (holder.type == JsonType::Object && plainName(holder.key) == wanted)
      return member.value;
  }
  return {};
}

} // namespace

bool JsonColumns::isTimes(const JsonField &member, const JsonNode &node) {
  if (member.type != JsonType::Array || node.field.role.role != Role::Time)
    return false;
  const std::size_t first = member.value.find_first_not_of(kBlanks, 1);
  return first != member.value.npos &&
         std::string_view("\"-0123456789").find(member.value[first]) != std::string_view::npos;
}

bool JsonColumns::read(std::span<const JsonField> members, Batch &batch, const RecordPlace &place) {
  m_offset = offsetOf(members);
  m_first = true;
  bool any = false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!isTimes(members[i], *m_fields.order(0)[i]) || !readGroup(members, i))
      continue;
    any = true;
    std::int64_t line = place.line;
    std::size_t counted = 0; // bytes of the record whose lines are in `line`
    std::size_t begin = 0;
    JsonField value;
    for (std::size_t at = 1; nextScalar(members[i].value, at, value, begin);) {
      const std::size_t offset =
          static_cast<std::size_t>(members[i].value.data() - place.text.data()) + begin;
      line += std::count(place.text.begin() + static_cast<std::ptrdiff_t>(counted),
                         place.text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
      counted = offset;
      takeRow(members, batch, {line, place.offset + static_cast<std::int64_t>(offset), value.value});
      if (at >= members[i].value.size())
        break;
    }
  }
  return any;
}

// Whether there is a column beside the times that is as long as they are.
bool JsonColumns::readGroup(std::span<const JsonField> members, std::size_t times) {
  const std::size_t length = lengthOf(members[times].value);
  m_columns.clear();
  if (length == 0)
    return false;
  m_columns.push_back({&m_fields.order(0)[times]->field, members[times].value});
  for (std::size_t i = 0; i < members.size(); ++i)
    if (i != times && members[i].parent == members[times].parent && members[i].type == JsonType::Array &&
        lengthOf(members[i].value) == length)
      m_columns.push_back(columnOf(members, i, unitIn(members, members[i].parent, members[i].key)));
  return m_columns.size() > 1;
}

JsonColumns::Column JsonColumns::columnOf(std::span<const JsonField> members, std::size_t index,
                                          std::string_view units) {
  JsonNode &node = *m_fields.order(0)[index];
  if (node.field.role.mapped || node.field.role.role != Role::Quantity)
    return {&node.field, members[index].value};
  std::string name = node.key;
  if (!units.empty())
    name += " (" + toUtf8(units) + ")";
  return {&m_fields.named(nullptr, node.label + "\n" + name, name).field, members[index].value};
}

void JsonColumns::takeRow(std::span<const JsonField> members, Batch &batch, const RecordPlace &place) {
  m_builder.begin();
  for (std::size_t i = 0; i < m_columns.size(); ++i)
    addNext(m_columns[i], i == 0);
  if (std::exchange(m_first, false))
    addRest(members);
  for (std::size_t i = 0; i < members.size(); ++i) {
    JsonNode &node = *m_fields.order(0)[i];
    const bool scalar = members[i].type == JsonType::Number || members[i].type == JsonType::String;
    if (scalar && !members[i].value_escaped && node.field.role.role == Role::Device)
      m_builder.add(node.field, valueOf(members[i], members[i].value));
  }
  m_builder.finish(batch, place);
}

// What stands in no column goes to the rescued data of the first record.
void JsonColumns::addRest(std::span<const JsonField> members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const JsonField &member = members[i];
    Field &field = m_fields.order(0)[i]->field;
    const bool kept = field.role.role == Role::Quantity || field.role.role == Role::Attribute;
    const bool plain = member.type == JsonType::Number || member.type == JsonType::Array;
    const bool column = std::any_of(m_columns.begin(), m_columns.end(), [&](const Column &taken) {
      return taken.array.data() == member.value.data();
    });
    if (kept && plain && !column)
      m_builder.add(field, {FieldValue::Kind::Other, {}, member.value});
  }
}

bool JsonColumns::addNext(Column &column, bool time) {
  JsonField member;
  std::size_t begin = 0;
  if (!nextScalar(column.array, column.at, member, begin))
    return false;
  std::string_view text = member.value;
  column.scratch.clear();
  if (member.type == JsonType::String && member.value_escaped) {
    appendUnescaped(column.scratch, member.value);
    text = column.scratch;
  }
  const bool shifted = time && member.type == JsonType::String && !m_offset.empty() && isNaive(text);
  if (shifted)
    text = column.scratch = std::string(text) + m_offset;
  m_builder.add(*column.field, valueOf(member, text));
  return true;
}

} // namespace meteorograph
