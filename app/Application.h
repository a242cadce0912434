// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace meteorograph {

/// What the window is started with.
struct WindowOptions {
  std::string store;
  bool demo = false;
  std::vector<std::string> folders;
};

/// Opens the window and returns the exit code once it is closed.
int runWindow(int argc, char **argv, const WindowOptions &options);

} // namespace meteorograph
