// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ReadingBuilder.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace meteorograph {

/// What the topic of a message tells: `livingroom/sensor/temperature/state` is of the device
/// "livingroom" and, where the message is but a number, of the quantity "temperature".
struct TopicParts {
  std::string device;   ///< the last part that is no word of a broker; empty: none
  std::string quantity; ///< only with `scalar`: the last such part, which is then not the device
};
TopicParts partsOfTopic(std::string_view topic, bool scalar);

/// The topics of a file, each with the fields that it stands for. One a parser, on its thread.
class MessageTopics {
public:
  struct Topic {
    std::string device;
    Field device_field;
    Field quantity_field;
  };

  explicit MessageTopics(const FieldRoles &roles) : m_roles(roles) {}
  /// Valid until the next call. `scalar`: the message is a number or a text.
  Topic &find(std::string_view topic, bool scalar);

private:
  const FieldRoles &m_roles;
  std::unordered_map<std::string, std::unique_ptr<Topic>> m_topics;
};

} // namespace meteorograph
