// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// The bytes that a base64 text (RFC 4648, also its URL-safe alphabet) stands for; nothing where it is
/// none. Blanks and line breaks between the characters do not count, padding may be missing.
std::optional<std::string> decodeBase64(std::string_view text);

} // namespace meteorograph
