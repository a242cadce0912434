// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>

namespace meteorograph {

/// Turns SIGINT, SIGTERM and SIGHUP into a flag for as long as it lives; a second signal of the same
/// kind ends the program as usual. One at a time, made before other threads are.
class StopSignal {
public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal &) = delete;
  StopSignal &operator=(const StopSignal &) = delete;

  const std::atomic<bool> &flag() const;
  /// Can be read from once a signal came; −1 where there is none.
  int descriptor() const;
  /// Waits until a signal came or the time has passed; true: a signal came.
  bool waitFor(std::chrono::milliseconds time) const;
};

} // namespace meteorograph
