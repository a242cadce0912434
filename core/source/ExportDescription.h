// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace meteorograph {

inline constexpr std::string_view kDescribingProgram = "Meteorograph";

/// Whether a text is, whole, the JSON object that describes an exported file beside it, as any version
/// writes it. It holds no reading.
bool isExportDescription(std::string_view text);

} // namespace meteorograph
