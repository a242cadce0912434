// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Mapping.h"

#include <string>

namespace meteorograph {

/// A mapping under a name: its file's, without `.json`.
struct Preset {
  std::string name;
  Mapping mapping;
  bool own = false; ///< the user's, who may change it; it hides a shipped one of the same name
};

} // namespace meteorograph
