// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FieldRoles.h"

#include <span>
#include <string_view>

namespace meteorograph {

/// The part of a JSON message's path that its device wrote: without the keys that brokers, hubs and
/// network servers put around it (`Body`, `payload`, `uplink_message.decoded_payload` …).
std::span<const std::string_view> payloadPath(std::span<const std::string_view> path);

/// What a field of a JSON message is: as the mapping says, else by what is known of messages'
/// envelopes, else by its name in the payload. A payload's own time and device go before those of its
/// envelope.
FieldRole roleInMessage(const FieldRoles &roles, std::span<const std::string_view> path);

/// Whether the path leads into what a network server says of the way that a message took: no payload
/// of any kind is in it.
bool isMetadata(std::span<const std::string_view> path);

} // namespace meteorograph
