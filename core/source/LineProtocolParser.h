// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/LineProtocolLine.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/RecordParser.h"

#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <unordered_map>

namespace meteorograph {

/// InfluxDB's line protocol. The device is told by a tag of a known name, else by all tags' values; a
/// field that is called just `value` is named by its measurement. The timestamps' precision is told by
/// the magnitude of the first one, unless the mapping says it.
class LineProtocolParser : public RecordParser {
public:
  explicit LineProtocolParser(const FileContext &context);
  LineProtocolParser(const FileContext &context, const nlohmann::json &state);

  Consumed parse(const Chunk &chunk, Batch &batch) override;
  std::string state() const override;
  std::string description() const override { return "InfluxDB line protocol"; }
  Inference inference() const override;
  bool wantsOtherDates() const override { return m_builder.times().misread(); }
  DateEvidence dates() const override { return m_builder.times().dates(); }

private:
  using Fields = std::unordered_map<std::string, Field *>;

  void takeLine(const RecordPlace &place, Batch &batch);
  void addTags();
  void addValues();
  void addTime();
  Field &tagField(std::string_view key);
  Field &valueField(std::string_view key);
  Field &fieldFor(Fields &known, const std::string &key, FieldRole role, std::string_view label);
  std::string_view entity() const;

  ReadingBuilder m_builder;
  LineProtocolLine m_line;
  std::deque<Field> m_fields;
  Fields m_tagFields;   ///< by the tag's key
  Fields m_valueFields; ///< by measurement and key
  Field m_time;
  Field m_device; ///< of all tags
  std::string m_allTags;
  std::string m_timeText;
  std::string m_key;      ///< scratch
  std::int64_t m_per = 0; ///< timestamps in a second; 0: not known yet
};

} // namespace meteorograph
