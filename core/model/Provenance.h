// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/model/Time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace meteorograph {

/// Bits of StoredReading::flags, as bronze has them.
inline constexpr std::int64_t kReadingLate = 1;
inline constexpr std::int64_t kReadingOfTwiceHour = 2; ///< its local hour came twice
inline constexpr std::int64_t kReadingShifted = 4;     ///< its local hour never was
inline constexpr std::int64_t kReadingDuplicate = 8;   ///< the windows leave it out

/// Asks for the readings of a device with an event time in [from_us, to_us).
struct ReadingsRequest {
  DeviceId device = 0;
  TimeUs from_us = 0;
  TimeUs to_us = 0;
  std::size_t limit = 500; ///< at most so many are handed out
};

/// A reading as bronze has it, with where it came from.
struct StoredReading {
  std::int64_t id = 0;
  TimeUs event_time_us = 0;
  TimeUs received_time_us = 0;
  std::int64_t flags = 0;
  std::vector<double> values; ///< one a quantity of the answer; NaN = absent
  std::string rescued;        ///< JSON of what fitted no column, or empty
  std::int64_t file_id = 0;
  std::string file; ///< its path as it is known now
  std::int64_t line = 0;
  std::int64_t offset = 0; ///< of its record, in the file's content as text
};

/// The answer, by event time, then in the order of arrival.
struct ReadingsOfWindow {
  std::vector<Quantity> quantities; ///< those that one of the readings holds
  std::vector<StoredReading> readings;
  std::int64_t total = 0; ///< there are
  bool more = false;      ///< … and more: it was counted no further
};

/// The record that a reading came from, as it stands in its file.
struct RawRecord {
  enum class State {
    Found,
    Gone,    ///< the file is not there any more
    Changed, ///< what was read of the file is not what it holds now
  };
  State state = State::Found;
  std::string text; ///< UTF-8, without the line's end; empty unless Found
  bool cut = false; ///< the text goes on
};

} // namespace meteorograph
