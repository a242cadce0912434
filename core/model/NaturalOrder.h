// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace meteorograph {

/// Whether a name comes before another one as people sort them: runs of digits by their number, so that
/// "device 2" comes before "device 10"; all else by bytes. A strict order of all texts. Any thread.
bool naturallyBefore(std::string_view a, std::string_view b);

} // namespace meteorograph
