// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonRecord.h"
#include "core/source/JsonScanner.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/RecordParser.h"

#include <nlohmann/json_fwd.hpp>

namespace meteorograph {

/// MQTT messages a line each, as `mosquitto_sub -v` writes them: topic, blank, payload; maybe with the
/// time of receipt in front. A payload is a JSON object, or a number whose quantity the topic tells.
/// Other texts are no readings: skipped ones where the line has a time.
class TopicPayloadParser : public RecordParser {
public:
  explicit TopicPayloadParser(const FileContext &context);
  TopicPayloadParser(const FileContext &context, const nlohmann::json &state);

  Consumed parse(const Chunk &chunk, Batch &batch) override;
  std::string state() const override;
  std::string description() const override { return "MQTT topics with payloads"; }
  Inference inference() const override;
  bool wantsOtherDates() const override { return m_builder.times().misread(); }
  DateEvidence dates() const override { return m_builder.times().dates(); }

private:
  void takeLine(const RecordPlace &place, Batch &batch);

  ReadingBuilder m_builder;
  JsonScanner m_scanner;
  JsonRecord m_record;
  Field m_time;
};

} // namespace meteorograph
