// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TopicPayloadParser.h"

#include "core/source/EachLine.h"
#include "core/source/TopicPayloadLine.h"

#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr std::string_view kNoTopic = "no topic and payload";
constexpr std::string_view kNotJson = "not JSON";
constexpr std::string_view kNotUtf8 = "not valid UTF-8";
/// When the message was received: any time in it goes before.
constexpr int kRankOfReceipt = 900;

FieldRole timeRole(const FieldRoles &roles) {
  const std::string_view path[] = {"time"};
  FieldRole role = roles.of(path);
  if (role.mapped)
    return role;
  role = {};
  role.role = Role::Time;
  role.rank = kRankOfReceipt;
  return role;
}

bool isWholeObject(const JsonExtent &extent, std::string_view text) {
  return extent.status == JsonExtent::Status::Complete && extent.end == text.size() &&
         extent.depth <= kMaxJsonDepth;
}

} // namespace

TopicPayloadParser::TopicPayloadParser(const FileContext &context)
    : m_builder(context), m_record(m_builder), m_time(timeRole(m_builder.roles()), "time") {}

TopicPayloadParser::TopicPayloadParser(const FileContext &context, const nlohmann::json &state)
    : TopicPayloadParser(context) {
  m_builder.restore(state);
}

std::string TopicPayloadParser::state() const {
  nlohmann::json state = {{"format", "topic_payload"}};
  m_builder.save(state);
  return state.dump();
}

Inference TopicPayloadParser::inference() const {
  Inference inference = startOfInference(*this, m_builder.roles().mapping(), Mapping::Format::TopicPayload);
  const Field *time[] = {&m_time};
  m_record.describe(std::span(time).first(m_time.record > 0 ? 1 : 0), inference);
  return inference;
}

Consumed TopicPayloadParser::parse(const Chunk &chunk, Batch &batch) {
  return eachLine(chunk, [&](const RecordPlace &place) { takeLine(place, batch); });
}

void TopicPayloadParser::takeLine(const RecordPlace &place, Batch &batch) {
  if (trimmed(place.text).empty()) {
    m_builder.skip(batch);
    return;
  }
  const TopicPayloadLine line = splitTopicPayload(place.text);
  if (!isValidUtf8(place.text) || line.topic.empty() || line.payload.empty()) {
    m_builder.quarantine(batch, place, isValidUtf8(place.text) ? kNoTopic : kNotUtf8);
    return;
  }
  if (line.isObject() && !isWholeObject(m_scanner.scan(line.payload), line.payload)) {
    m_builder.quarantine(batch, place, kNotJson);
    return;
  }
  m_builder.begin();
  if (line.isObject())
    m_record.add(m_scanner.fields(), line.topic);
  else
    m_record.addScalar(line.topic, {FieldValue::Kind::Text, line.payload, {}});
  if (!line.time.empty())
    m_builder.add(m_time, {FieldValue::Kind::Text, line.time, {}});
  m_builder.finish(batch, place);
}

} // namespace meteorograph
