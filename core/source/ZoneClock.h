// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cctz/time_zone.h>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// `UTC`, `Z`, an offset (`+05:30`, `UTC+2`, `GMT-05:00`) or a name of the system's time zone database
/// (`Europe/Berlin`). From any thread.
bool isKnownZone(std::string_view zone);

/// Turns the local times of one file, in the file's order, into UTC. A local time that a clock change
/// repeats belongs to the first pass, until the file steps back by a minute or more within the repeated
/// hour: then the second one has begun. (Where the readings are an hour or more apart the second pass
/// begins when one local time comes more often than the one before it did.) A local time that a change
/// leaves out is shifted forward by the change. Kept per file, not per device: the devices of one file are
/// taken to write as time goes by. One a parser, on its thread.
class ZoneClock {
public:
  /// An unknown zone, and an empty text, mean UTC.
  explicit ZoneClock(std::string_view zone = {});

  struct Moment {
    TimeUs time_us = 0;
    std::uint8_t flags = 0; ///< kRepeatedHour, kMissingHour
  };
  Moment toUtc(TimeUs local);

  void save(nlohmann::json &state) const;
  void restore(const nlohmann::json &state);

private:
  Moment lookUp(TimeUs local, TimeUs before);
  bool isSecondPass(TimeUs local, TimeUs before, TimeUs begin, TimeUs length);
  void rememberSpan(cctz::time_point<cctz::seconds> at);

  std::optional<TimeUs> m_fixed; ///< the offset, of a zone that never changes it
  cctz::time_zone m_zone;
  TimeUs m_from = 0; ///< local times in [m_from, m_to) have this offset
  TimeUs m_to = 0;
  TimeUs m_offset = 0;
  // What file order tells of a repeated hour.
  TimeUs m_last = kNoTime;   ///< the local time before
  TimeUs m_step = 0;         ///< from the different one before that
  std::int64_t m_times = 0;  ///< how often it came
  std::int64_t m_before = 0; ///< how often the different one before it did
  TimeUs m_change = kNoTime; ///< the repeated hour that was entered last, and its pass
  bool m_second = false;
};

} // namespace meteorograph
