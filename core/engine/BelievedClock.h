// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

namespace meteorograph {

/// The wall clock as far as what it says may cost anything. A clock that leaps forward against the time
/// that passes may be wrong, so it goes on as before for a day; after that the leap is believed. One that
/// goes back is believed at once. A value; belongs to one thread.
class BelievedClock {
public:
  /// What is believed now, with what the wall clock says and how long the machine has been running.
  TimeUs now(TimeUs wall_us, TimeUs running_us);
  /// How far the wall clock is ahead of what is believed; 0: it is believed.
  TimeUs leap() const { return m_leap; }

private:
  TimeUs m_offset = kNoTime; ///< of what is believed against the time of running
  TimeUs m_leapt = kNoTime;  ///< when, in the time of running
  TimeUs m_leap = 0;
};

/// How long the machine has been running, with its sleep.
TimeUs runningTimeNow();

} // namespace meteorograph
