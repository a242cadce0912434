// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonFields.h"
#include "core/source/JsonScanner.h"
#include "core/source/MessageTopic.h"
#include "core/source/ReadingBuilder.h"

#include <array>
#include <deque>

namespace meteorograph {

/// Hands the members of a JSON object to a ReadingBuilder. Also looks into what a message wraps up: JSON
/// in a text (`"payload":"{\"temperature\":21}"`), JSON in base64 (an IoT Hub's `Body`), lists of names
/// and values (`"sensordatavalues":[{"value_type":"temperature","value":"21"}]`), and the topic beside a
/// payload. One a parser, on its thread; the builder must outlive it.
class JsonRecord {
public:
  explicit JsonRecord(ReadingBuilder &builder)
      : m_builder(builder), m_fields(builder.roles()), m_topics(builder.roles()) {}

  /// Between the builder's begin() and its finish(), until which the members' text and this object's
  /// own scratch space hold the values. `topic`: that the record came by, if that is known otherwise.
  void add(std::span<const JsonField> members, std::string_view topic = {});
  /// The same for a message that is no object but a number or a text.
  void addScalar(std::string_view topic, const FieldValue &value);

  /// The last record had a body that is neither JSON nor base64 of JSON.
  bool hasUnreadBody() const { return m_unreadBody; }
  /// … or a column of times, see JsonColumns.
  bool hasTimes() const { return m_times; }
  JsonFields &fields() { return m_fields; }
  /// How the fields seen so far were understood, and these besides.
  void describe(std::span<const Field *const> others, Inference &inference) const;

private:
  void begin();
  void addMembers(std::span<const JsonField> members, JsonNode *above, std::size_t level);
  void addMember(const JsonField &member, JsonNode &node, std::size_t level);
  bool addText(const JsonField &member, JsonNode &node, std::size_t level);
  bool addObject(std::string text, JsonNode &node, std::size_t level);
  bool addPairs(const JsonField &member, JsonNode &node);
  void addTopic(const FieldValue *value);
  std::string &scratch();

  ReadingBuilder &m_builder;
  JsonFields m_fields;
  MessageTopics m_topics;
  std::array<JsonScanner, JsonFields::kLevels> m_scanners; ///< of objects in texts, by their level
  std::deque<std::string> m_scratch;                       ///< texts that had escapes, of one record
  std::size_t m_scratchUsed = 0;
  std::string_view m_topic;
  bool m_usedTopics = false;                                  ///< some device or quantity came from a topic
  std::optional<std::pair<JsonNode *, FieldValue>> m_payload; ///< a number or a text beside a topic
  bool m_unreadBody = false;
  bool m_times = false;
};

/// Whether an object is but the name of a quantity and its value: `{"type":"temperature","value":21}`.
bool isNameAndValue(std::span<const JsonField> members);

/// The value of a member that is no object, for the builder. `unescaped`: of a text with escapes.
FieldValue valueOf(const JsonField &member, std::string_view unescaped);

} // namespace meteorograph
