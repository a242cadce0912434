// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace meteorograph {

/// Whether a canonical path is that of the folder (or file) or lies below it.
inline bool isBelow(std::string_view path, std::string_view folder) {
  if (path == folder)
    return true;
  if (!folder.ends_with('/'))
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
  return path.starts_with(folder);
}

} // namespace meteorograph
