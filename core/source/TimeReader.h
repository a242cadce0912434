// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/DateOrder.h"
#include "core/source/TimePattern.h"
#include "core/source/TimeText.h"
#include "core/source/ZoneClock.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meteorograph {

/// Reads the times of one file: ISO 8601 (see parseIsoTime()), a count of seconds, milliseconds,
/// microseconds or nanoseconds since 1970 (told apart by magnitude), or what parseTimeText() reads. Times
/// that state no zone are of the file's zone. Where day and month can be confused the file's dates
/// decide, all together: what they said before reading began counts, and misread() tells when what came
/// since says otherwise. Remembers the last minute, since successive readings share it. One a parser, on its
/// thread; the same texts in the same order give the same times, however often it is saved and restored.
class TimeReader {
public:
  struct Reading {
    TimeUs time_us = 0;
    std::uint8_t flags = 0; ///< kRepeatedHour, kMissingHour
  };
  /// A text and the format that its mapping gives it, or none.
  struct Part {
    std::string_view text;
    std::string_view format;
  };
  /// `zone`: of times that state none; empty: UTC. `dates`: of the whole file, where it was looked at.
  explicit TimeReader(std::string_view zone = {}, const std::optional<DateEvidence> &dates = {});

  /// Any time that can be told from the text alone.
  std::optional<Reading> read(std::string_view text);
  /// Several parts of one time, in the mapping's order: the date of the first that has one, the time of
  /// day of the first that has one. Parts without a format are put together before they are read.
  std::optional<Reading> read(std::span<const Part> parts);
  /// The same as read(text), without its flags.
  std::optional<TimeUs> readUs(std::string_view text);

  /// A time that may be local still, and what the file's dates would learn from it.
  struct Told {
    TimeUs time_us = 0;
    bool zoned = false;
    std::optional<TimeText> date = {};
  };
  /// What the text says, of which nothing is remembered: settle() then does and gives what read(text)
  /// would have. Nothing for what is no time.
  std::optional<Told> tell(std::string_view text);
  /// The same for read() of a single part.
  std::optional<Told> tell(const Part &part);
  Reading settle(const Told &told);

  /// Why the last text that was not read was not; empty where there is no more to say than that.
  const std::string &whyNot() const { return m_whyNot; }

  /// The file's header states a zone, which counts more than what was said of the file.
  void setZone(std::string_view zone);
  const std::string &zone() const { return m_zoneName; }

  /// Eight digits are a day, not a count of something.
  void takeDayNumbers() { m_dayNumbers = true; }

  void hint(DateOrder order) { m_dates.hint(order); }
  const DateEvidence &dates() const { return m_dates; }
  DateOrder dateOrder() const { return m_order; }
  /// Dates that can be read in two ways came and nobody has looked through the file, or they say
  /// something else by now than what they are read by.
  bool misread() const { return m_dates.any() && (!m_surveyed || m_dates.decision() != m_order); }

  void save(nlohmann::json &state) const;
  /// Throws nlohmann::json::exception when the state is none of ours.
  void restore(const nlohmann::json &state);

private:
  /// A time that may be local still.
  struct Moment {
    TimeUs time_us = 0;
    bool zoned = false;
  };
  std::optional<Reading> placed(const std::optional<Moment> &moment);
  std::optional<Moment> readAny(std::string_view text);
  std::optional<Moment> readCount(std::string_view text);
  bool isPlainCount(std::string_view text) const;
  std::optional<Moment> readCommonIso(std::string_view text);
  bool rememberMinute(const char *at);
  std::optional<Moment> momentOf(TimeText text, DateOrder order, std::string_view shown);
  bool orderDate(TimeText &text, DateOrder order, std::string_view shown);
  void seeDate(const TimeText &text);
  std::optional<Moment> readFormatted(const Part &part);
  std::optional<TimeText> partOf(const Part &part, DateOrder &order);
  const TimePattern *pattern(std::string_view format);

  char m_minute[16] = {}; ///< `YYYY-MM-DDThh:mm`, the last one
  TimeUs m_dayStart = kNoTime;
  TimeUs m_minuteStart = kNoTime;
  std::string m_zoneName;
  ZoneClock m_clock;
  DateEvidence m_dates;
  bool m_dayNumbers = false;
  bool m_surveyed = false; ///< m_order is what the whole file said
  DateOrder m_order = DateOrder::Undecided;
  std::int64_t m_known = 0; ///< dates that m_dates holds from looking ahead and that are still to come
  std::string m_whyNot;
  std::vector<std::pair<std::string, std::optional<TimePattern>>> m_patterns;
};

/// Whether a mapping may name it: a pattern (see TimePattern), `iso`, `epoch_s`, `epoch_ms`, `epoch_us`,
/// `epoch_ns`, `day_first`, `month_first`, `arrival`, or nothing.
bool isKnownTimeFormat(std::string_view format);

/// The epoch count alone. Counts below 100,000,000 (1973 as seconds) are uptimes or dates in digits.
std::optional<TimeUs> parseEpochTime(std::string_view text);

/// `18:00`, `7:05:30.25`, `18.00.00`, `6:05 PM`, `1805`, `180530`: a time of day that waits for its date.
bool isTimeOfDay(std::string_view text);

/// What a value of a table without names may be.
enum class TimeShape : std::uint8_t {
  None,
  OfDay, ///< with signs, so that it can be nothing else
  Date,  ///< the same
  Whole  ///< date and time of day, or an epoch count of the years 2000 to 2100
};
TimeShape timeShapeOf(std::string_view text);

} // namespace meteorograph
