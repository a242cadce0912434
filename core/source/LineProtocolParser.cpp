// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/LineProtocolParser.h"

#include "core/source/EachLine.h"
#include "core/source/FieldNames.h"
#include "core/source/TextEncoding.h"

#include <charconv>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr std::string_view kNotLineProtocol = "not line protocol";
constexpr std::string_view kNotUtf8 = "not valid UTF-8";
/// More different keys than any file of readings has; beyond, all are found anew.
constexpr std::size_t kMaxFields = 20'000;
/// The line's own time goes before any field of that name, its tags' values behind any device.
constexpr int kRankOfTime = -1'000;
constexpr int kRankOfAllTags = 9'000;

/// Keys of values that say nothing of them; the measurement does.
bool isGeneric(std::string_view key) {
  const std::string plain = plainName(key);
  for (const std::string_view generic :
       {"value", "val", "v", "reading", "state", "mean", "last", "valuefloat"})
    if (plain == generic)
      return true;
  return false;
}

FieldRole plainRole(Role which, int rank) {
  FieldRole role;
  role.role = which;
  role.rank = rank;
  return role;
}

FieldRole roleOf(const FieldRoles &roles, std::string_view name) {
  const std::string_view path[] = {name};
  return roles.of(path);
}

FieldRole timeRole(const FieldRoles &roles) {
  for (const std::string_view name : {"time", "timestamp"})
    if (FieldRole role = roleOf(roles, name); role.mapped)
      return role;
  return plainRole(Role::Time, kRankOfTime);
}

FieldRole allTagsRole() {
  FieldRole role = plainRole(Role::Device, kRankOfAllTags);
  role.envelope = true; // the tags are kept each by itself
  return role;
}

/// Timestamps in a second, by the magnitude of one; nothing: it is no time.
std::int64_t precisionOf(std::int64_t timestamp) {
  const double magnitude = std::abs(static_cast<double>(timestamp));
  if (magnitude < 1e8)
    return 0;
  return magnitude < 1e11 ? 1 : magnitude < 1e14 ? 1'000 : magnitude < 1e17 ? 1'000'000 : 1'000'000'000;
}

/// One of those, or 0.
std::int64_t knownPrecision(std::int64_t per_second) {
  for (const std::int64_t known : {1, 1'000, 1'000'000, 1'000'000'000})
    if (per_second == known)
      return known;
  return 0;
}

/// As a mapping says it.
std::string formatOf(std::int64_t per_second) {
  return per_second == 1           ? "epoch_s"
         : per_second == 1'000     ? "epoch_ms"
         : per_second == 1'000'000 ? "epoch_us"
                                   : "epoch_ns";
}

std::optional<TimeUs> timeOf(std::int64_t timestamp, std::int64_t per_second) {
  if (const std::int64_t step = per_second / kSecond; step > 1)
    return timestamp / step - (timestamp % step < 0 ? 1 : 0); // of any timestamp, the least one too
  TimeUs time = 0;
  const bool overflow = __builtin_mul_overflow(timestamp, kSecond / per_second, &time);
  return overflow || time < kEarliestTime || time > kLatestTime ? std::nullopt : std::optional(time);
}

} // namespace

LineProtocolParser::LineProtocolParser(const FileContext &context)
    : m_builder(context), m_time(timeRole(m_builder.roles()), "time"), m_device(allTagsRole(), "tags") {}

LineProtocolParser::LineProtocolParser(const FileContext &context, const nlohmann::json &state)
    : LineProtocolParser(context) {
  m_builder.restore(state);
  m_per = knownPrecision(state.value("per_second", std::int64_t{0}));
}

std::string LineProtocolParser::state() const {
  nlohmann::json state = {{"format", "line_protocol"}};
  if (m_per != 0)
    state["per_second"] = m_per;
  m_builder.save(state);
  return state.dump();
}

Inference LineProtocolParser::inference() const {
  Inference inference = startOfInference(*this, m_builder.roles().mapping(), Mapping::Format::LineProtocol);
  std::vector<const Field *> fields;
  if (m_time.record > 0)
    fields.push_back(&m_time);
  for (const Field &field : m_fields)
    fields.push_back(&field);
  m_builder.describe(fields, inference);
  if (m_per != 0 && m_builder.roles().mapping().time.empty())
    inference.mapping.time = {{"time", {}, formatOf(m_per)}};
  return inference;
}

Consumed LineProtocolParser::parse(const Chunk &chunk, Batch &batch) {
  return eachLine(chunk, [&](const RecordPlace &place) { takeLine(place, batch); });
}

void LineProtocolParser::takeLine(const RecordPlace &place, Batch &batch) {
  const std::string_view line = trimmed(place.text);
  if (line.empty() || line.front() == '#') {
    m_builder.skip(batch);
    return;
  }
  if (!isValidUtf8(line) || !m_line.split(line)) {
    m_builder.quarantine(batch, place, isValidUtf8(line) ? kNotLineProtocol : kNotUtf8);
    return;
  }
  if (m_fields.size() >= kMaxFields) {
    m_tagFields.clear();
    m_valueFields.clear();
    m_fields.clear();
  }
  m_builder.begin();
  addTime();
  addTags();
  addValues();
  m_builder.finish(batch, place);
}

void LineProtocolParser::addTime() {
  if (m_line.time.empty())
    return;
  m_timeText = m_line.time;
  std::int64_t timestamp = 0;
  const char *end = m_line.time.data() + m_line.time.size();
  const auto [stopped, error] = std::from_chars(m_line.time.data(), end, timestamp);
  if (!m_time.role.mapped && error == std::errc{} && stopped == end) {
    if (m_per == 0)
      m_per = precisionOf(timestamp);
    if (const auto time = m_per == 0 ? std::nullopt : timeOf(timestamp, m_per))
      m_timeText = formatIsoTime(*time);
  }
  m_builder.add(m_time, {FieldValue::Kind::Text, m_timeText, {}});
}

void LineProtocolParser::addTags() {
  m_allTags.clear();
  for (const LineProtocolLine::Tag &tag : m_line.tags) {
    m_builder.add(tagField(tag.key), {FieldValue::Kind::Text, tag.value, {}});
    m_allTags += m_allTags.empty() ? "" : " ";
    m_allTags += tag.value;
  }
  if (!m_allTags.empty())
    m_builder.add(m_device, {FieldValue::Kind::Text, m_allTags, {}});
}

void LineProtocolParser::addValues() {
  for (const LineProtocolLine::Value &value : m_line.values) {
    FieldValue given{FieldValue::Kind::Number, value.value, value.value};
    if (value.type == LineProtocolLine::Type::Bool)
      given = {FieldValue::Kind::Other, {}, (value.value[0] | 0x20) == 't' ? "true" : "false"};
    else if (value.type == LineProtocolLine::Type::Text)
      given = {FieldValue::Kind::Text, value.value, {}};
    m_builder.add(valueField(value.key), given);
  }
}

Field &LineProtocolParser::fieldFor(Fields &known, const std::string &key, FieldRole role,
                                    std::string_view label) {
  Field &field = m_fields.emplace_back(std::move(role), label);
  known.emplace(key, &field);
  return field;
}

Field &LineProtocolParser::tagField(std::string_view key) {
  m_key = key;
  if (const auto found = m_tagFields.find(m_key); found != m_tagFields.end())
    return *found->second;
  FieldRole role = roleOf(m_builder.roles(), key);
  if (!role.mapped && role.role != Role::Device)
    role = plainRole(Role::Attribute, 0);
  return fieldFor(m_tagFields, m_key, std::move(role), key);
}

/// Home Assistant's measurements are units; what is measured, the entity tells.
std::string_view LineProtocolParser::entity() const {
  if (unitFromText(m_line.measurement).kind == Unit::Kind::Unknown)
    return {};
  for (const LineProtocolLine::Tag &tag : m_line.tags)
    if (tag.key == "entity_id")
      return tag.value;
  return {};
}

Field &LineProtocolParser::valueField(std::string_view key) {
  const std::string_view entity = this->entity();
  m_key.assign(m_line.measurement).append(1, '\n').append(key).append(1, '\n').append(entity);
  if (const auto found = m_valueFields.find(m_key); found != m_valueFields.end())
    return *found->second;
  FieldRole role = roleOf(m_builder.roles(), key);
  if (!role.mapped && isGeneric(key)) {
    std::string name(m_line.measurement);
    if (!entity.empty())
      name = std::string(entity) + " (" + name + ")";
    role = roleOf(m_builder.roles(), name);
    if (role.role != Role::Quantity) // a measurement may be called anything
      role = roleOf(m_builder.roles(), key);
  }
  return fieldFor(m_valueFields, m_key, std::move(role), key);
}

} // namespace meteorograph
