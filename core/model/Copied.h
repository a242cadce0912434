// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace meteorograph {

/// A store's copy: what it holds.
struct Copied {
  std::int64_t bytes = 0;
  std::int64_t revision = 0;
  std::int64_t readings = 0;
};

/// Pages done and in all; false ends what is done. May be called on another thread.
using CopyProgress = std::function<bool(std::int64_t done, std::int64_t total)>;

} // namespace meteorograph
