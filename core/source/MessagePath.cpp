// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/MessagePath.h"

#include "core/source/FieldNames.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace meteorograph {

namespace {

using Path = std::span<const std::string_view>;

template <std::size_t N> bool contains(const std::string_view (&table)[N], std::string_view plain) {
  return std::find(table, table + N, plain) != table + N;
}

/// Keys around a payload, as plain names: each is taken off as long as something is below it.
constexpr std::string_view kWrappers[] = {
    "body",         "payload", "data",     "message",       "msg",        "object",     "uplinkmessage",
    "decoded",      "values",  "readings", "payloadfields", "result",     "d",          "decodedpayload",
    "measurements", "sensors", "fields",   "telemetry",     "properties", "decodeddata"};

/// What The Things Stack has beside the payload in its `uplink_message`.
constexpr std::string_view kUplinkPayloads[] = {"decodedpayload", "normalizedpayload"};

/// Objects and arrays of network servers and hubs that tell of the way a message took.
constexpr std::string_view kMetadata[] = {"rxinfo",       "txinfo",   "rxmetadata",  "networkids",
                                          "versionids",   "hotspots", "gatewayids",  "correlationids",
                                          "packetbroker", "gateways", "relayrxinfo", "requestcontext"};

/// Objects that describe a device or its software: what is in them is no measurement.
constexpr std::string_view kDescriptions[] = {"device",   "update",     "ota",     "settings",
                                              "metadata", "deviceinfo", "location"};
constexpr std::string_view kDeviceObjects[] = {"sensor", "device", "station", "node", "thing", "probe"};

/// Counters, channels and keys of a radio or a broker, beside its payload.
constexpr std::string_view kTransport[] = {
    "fcnt",       "fport",  "fcntup",          "fcntdown",  "frmpayload", "sessionkeyid",
    "dr",         "adr",    "devaddr",         "confirmed", "qos",        "retain",
    "retained",   "mid",    "msgid",           "packetid",  "mqttcount",  "linkcount",
    "sleepmode",  "offset", "networkaddress",  "channel",   "shardid",    "rawdata",
    "payloadraw", "dup",    "deduplicationid", "pin",       "payloadlen"};

constexpr std::string_view kPayloadTimes[] = {"lastseen", "phenomenontime", "resulttime", "dt"};
constexpr std::string_view kEnvelopeTimes[] = {"publishtime", "tst", "approximatearrivaltimestamp",
                                               "enqueuedtime", "arrivaltimestamp"};

FieldRole plainRole(Role which, int rank = 0) {
  FieldRole role;
  role.role = which;
  role.rank = rank;
  role.envelope = which == Role::Envelope;
  return role;
}

bool describes(Path path) { return path.size() > 1 && contains(kDescriptions, plainName(path.front())); }

std::optional<FieldRole> transportRole(Path path) {
  const std::string leaf = plainName(path.back());
  if (contains(kTransport, leaf))
    return plainRole(Role::Attribute);
  if (contains(kPayloadTimes, leaf))
    return plainRole(Role::Time, 4);
  if (contains(kEnvelopeTimes, leaf))
    return plainRole(Role::Time, 6);
  if (leaf == "friendlyname" || leaf == "ieeeaddr")
    return plainRole(Role::Device, leaf == "friendlyname" ? 1 : 4);
  if (leaf == "devid" || leaf == "thingname")
    return plainRole(Role::Device, 2);
  if (leaf == "id" && path.size() > 1 && contains(kDeviceObjects, plainName(path[path.size() - 2])))
    return plainRole(Role::Device, 103);
  return std::nullopt;
}

} // namespace

std::span<const std::string_view> payloadPath(std::span<const std::string_view> path) {
  if (path.size() > 2 && path[0] == "state" && path[1] == "reported") // a device's shadow
    path = path.subspan(2);
  while (path.size() > 1 && contains(kWrappers, plainName(path.front())))
    path = path.subspan(1);
  return path;
}

bool isMetadata(std::span<const std::string_view> path) {
  bool uplink = false;
  for (const std::string_view part : path) {
    const std::string key = plainName(part);
    if (uplink)
      return !contains(kUplinkPayloads, key);
    if (contains(kMetadata, key))
      return true;
    uplink = key == "uplinkmessage";
  }
  return false;
}

FieldRole roleInMessage(const FieldRoles &roles, std::span<const std::string_view> path) {
  FieldRole role = roles.of(path);
  if (role.mapped || role.envelope)
    return role;
  if (isMetadata(path))
    return plainRole(Role::Envelope);
  const Path payload = payloadPath(path);
  if (payload.size() < path.size())
    role = roles.of(payload);
  if (role.mapped || role.envelope)
    return role;
  if (const auto known = transportRole(payload))
    role = *known;
  else if (role.role == Role::Quantity && describes(payload))
    role = plainRole(Role::Attribute);
  if (payload.size() < path.size())
    --role.rank;
  return role;
}

} // namespace meteorograph
