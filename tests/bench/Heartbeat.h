// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/Clock.h"

#include <QTimer>

#include <algorithm>
#include <ctime>
#include <vector>

namespace meteorograph::bench {

inline double threadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// A beat of the event loop each millisecond: how much later than that one comes is how long nobody
/// would have been answered.
class Heartbeat {
public:
  Heartbeat() {
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
    m_timer.start(kBeat_ms);
  }
  std::vector<double> blocks;    ///< in milliseconds, of every beat
  std::vector<double> processor; ///< what of it the GUI thread itself used

private:
  static constexpr int kBeat_ms = 1;
  void beat() {
    blocks.push_back(std::max(0.0, m_since.milliseconds() - kBeat_ms));
    const double used = threadSeconds();
    processor.push_back((used - m_used) * 1e3);
    m_since = {};
    m_used = used;
  }
  QTimer m_timer;
  Clock m_since;
  double m_used = threadSeconds();
};

} // namespace meteorograph::bench
