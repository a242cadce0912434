// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace meteorograph {

/// A line of `mosquitto_sub -v`: a topic and what came by it, maybe behind the time of its receipt.
struct TopicPayloadLine {
  std::string_view time; ///< empty where there is none
  std::string_view topic;
  std::string_view payload;

  bool isObject() const { return payload.starts_with('{'); }
};

/// Takes a line apart; its topic is empty where it has none.
TopicPayloadLine splitTopicPayload(std::string_view line);

/// Whether a line certainly is one: a topic of several parts, then an object or a number.
bool looksLikeTopicPayload(std::string_view line);

} // namespace meteorograph
