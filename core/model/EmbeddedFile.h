// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace meteorograph {

/// A file of the source tree that the program carries in itself.
struct EmbeddedFile {
  std::string_view name; ///< without its folder
  std::string_view text;
};

} // namespace meteorograph
