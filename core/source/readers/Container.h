// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace meteorograph {

/// What a file's text can be packed in.
enum class Container : std::uint8_t { None, Gzip, Zstd, Utf16Le, Utf16Be, Avro, Sqlite };

/// As much of the beginning decides.
inline constexpr std::size_t kSniffedBytes = 64;

/// Told by the first bytes alone; fewer than kSniffedBytes are all that there is. Never changes its
/// mind when a file grows, but for None.
Container containerOf(std::string_view head);

} // namespace meteorograph
