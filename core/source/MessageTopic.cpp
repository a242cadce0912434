// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/MessageTopic.h"

#include "core/source/FieldNames.h"

#include <algorithm>
#include <vector>

namespace meteorograph {

namespace {

/// More topics than any broker's log has; beyond, all are found anew.
constexpr std::size_t kMaxTopics = 20'000;
/// A device in the payload is better known, one in the envelope less.
constexpr int kRankOfTopic = 9'000;

/// Parts that brokers, firmware and conventions put into topics.
constexpr std::string_view kGenericParts[] = {"tele",
                                              "stat",
                                              "cmnd",
                                              "sensor",
                                              "sensors",
                                              "state",
                                              "status",
                                              "result",
                                              "data",
                                              "up",
                                              "uplink",
                                              "event",
                                              "events",
                                              "rx",
                                              "devices",
                                              "device",
                                              "json",
                                              "mqtt",
                                              "attributes",
                                              "esphome",
                                              "zigbee2mqtt",
                                              "shellies",
                                              "tasmota",
                                              "telemetry",
                                              "info",
                                              "values",
                                              "value",
                                              "messages",
                                              "homeassistant",
                                              "readings",
                                              "reading",
                                              "measurement",
                                              "raw",
                                              "payload",
                                              "application",
                                              "applications",
                                              "home assistant",
                                              "iot",
                                              "measurements",
                                              "notify",
                                              "statestream",
                                              "availability",
                                              "lwt",
                                              "v1",
                                              "v2",
                                              "v3",
                                              "out",
                                              "publish",
                                              "set",
                                              "get"};

/// Names of chips: two devices may have the same, so the part before it counts too.
constexpr std::string_view kChips[] = {"bme", "bmp", "dht", "sht", "htu", "hdc", "am",  "si",
                                       "aht", "ds",  "scd", "mcp", "lm",  "mhz", "sds", "pms"};

bool isGeneric(std::string_view part) {
  const std::string plain = plainName(part);
  return plain.empty() ||
         std::find(std::begin(kGenericParts), std::end(kGenericParts), plain) != std::end(kGenericParts);
}

bool isChip(std::string_view part) {
  const std::string plain = plainName(part);
  const std::size_t digits = plain.find_first_of("0123456789");
  return digits != plain.npos &&
         std::find(std::begin(kChips), std::end(kChips), plain.substr(0, digits)) != std::end(kChips);
}

std::vector<std::string_view> tellingParts(std::string_view topic) {
  std::vector<std::string_view> parts;
  while (!topic.empty()) {
    const std::size_t slash = topic.find('/');
    const std::string_view part = topic.substr(0, slash);
    if (!isGeneric(part))
      parts.push_back(part);
    topic.remove_prefix(slash == topic.npos ? topic.size() : slash + 1);
  }
  return parts;
}

FieldRole deviceRole() {
  FieldRole role;
  role.role = Role::Device;
  role.rank = kRankOfTopic;
  role.envelope = true;
  return role;
}

FieldRole quantityRole(const FieldRoles &roles, const std::string &quantity) {
  const std::string_view path[] = {quantity};
  return roles.of(path);
}

} // namespace

TopicParts partsOfTopic(std::string_view topic, bool scalar) {
  std::vector<std::string_view> parts = tellingParts(topic);
  TopicParts result;
  if (scalar && !parts.empty()) {
    result.quantity = parts.back();
    parts.pop_back();
  }
  if (parts.empty())
    return result;
  result.device = parts.back();
  if (parts.size() > 1 && isChip(parts.back()))
    result.device = std::string(parts[parts.size() - 2]) + "/" + result.device;
  return result;
}

MessageTopics::Topic &MessageTopics::find(std::string_view topic, bool scalar) {
  if (m_topics.size() >= kMaxTopics)
    m_topics.clear();
  std::unique_ptr<Topic> &found = m_topics[(scalar ? "=" : "{") + std::string(topic)];
  if (!found) {
    TopicParts parts = partsOfTopic(topic, scalar);
    const std::string quantity = parts.quantity.empty() ? "value" : parts.quantity;
    found = std::make_unique<Topic>(Topic{std::move(parts.device), Field(deviceRole(), "topic"),
                                          Field(quantityRole(m_roles, quantity), quantity)});
  }
  return *found;
}

} // namespace meteorograph
