// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace meteorograph::bench {

/// How a process of its own ended.
struct Ended {
  bool well = false;       ///< the work returned; otherwise its failure was told on standard error
  bool stopped = false;    ///< by a signal
  double peak_rss_mib = 0; ///< the most memory that it held at once
};

/// Runs the work in a forked process and waits for it: its memory is its own, and what it leaves
/// behind is gone. Only while this process has no other threads.
Ended inOwnProcess(const std::function<void()> &work);

/// The same for work that hands `count` numbers back; they live in memory that both share.
Ended inOwnProcess(double *numbers, int count, const std::function<void(double *numbers)> &work);

} // namespace meteorograph::bench
