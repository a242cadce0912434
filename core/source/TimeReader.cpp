// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/TimeReader.h"

#include "core/source/TextEncoding.h"

#include <cstring>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr std::size_t kShownBytes = 40; ///< of a date in a reason

/// Two digits, or 100 or more when they are none.
unsigned twoDigits(const char *at) {
  const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

std::size_t leadingDigits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && isDigit(text[count]))
    ++count;
  return count;
}

bool startsLikeIso(std::string_view text) { return text.size() >= 10 && text[4] == '-' && text[7] == '-'; }

/// `20240207181825`: what no epoch count of our times looks like. (`2024020718` is one of 2034.)
bool isDateInDigits(std::string_view text) {
  const std::size_t digits = leadingDigits(text);
  const bool fits = digits == 8 || digits == 12 || digits == 14 || digits == 17 ||
                    (digits == 10 && text.substr(0, 4) < "2030" && text.size() == 10);
  return fits && (text.starts_with("19") || text.starts_with("20")) && parseTimeText(text).has_value();
}

} // namespace

TimeReader::TimeReader(std::string_view zone, const std::optional<DateEvidence> &dates)
    : m_zoneName(zone), m_clock(zone) {
  if (!dates)
    return;
  m_dates = *dates;
  m_surveyed = true;
  m_order = m_dates.decision();
  m_known = m_dates.dates();
}

void TimeReader::setZone(std::string_view zone) {
  m_zoneName = zone;
  m_clock = ZoneClock(zone);
}

std::optional<TimeReader::Reading> TimeReader::placed(const std::optional<Moment> &moment) {
  if (!moment)
    return std::nullopt;
  if (moment->zoned)
    return Reading{moment->time_us, 0};
  const ZoneClock::Moment utc = m_clock.toUtc(moment->time_us);
  return Reading{utc.time_us, utc.flags};
}

std::optional<TimeReader::Reading> TimeReader::read(std::string_view text) { return placed(readAny(text)); }

std::optional<TimeUs> TimeReader::readUs(std::string_view text) {
  const std::optional<Reading> reading = placed(readAny(text));
  return reading ? std::optional(reading->time_us) : std::nullopt;
}

// Tells the kinds apart by their first characters alone, so that nothing need be remembered.
std::optional<TimeReader::Moment> TimeReader::readAny(std::string_view text) {
  if (const std::optional<Moment> moment = readCount(text))
    return moment;
  m_whyNot.clear();
  if (const std::optional<TimeText> read = isPlainCount(text) ? std::nullopt : parseTimeText(text)) {
    seeDate(*read);
    return momentOf(*read, m_order, text);
  }
  if (const std::optional<TimeUs> time = parseEpochTime(text)) // 1.458117704e12, say
    return Moment{*time, true};
  return std::nullopt;
}

std::optional<TimeReader::Told> TimeReader::tell(std::string_view text) {
  if (const std::optional<Moment> moment = readCount(text))
    return Told{moment->time_us, moment->zoned};
  const std::optional<TimeText> read = isPlainCount(text) ? std::nullopt : parseTimeText(text);
  const std::optional<Moment> moment = read ? momentOf(*read, m_order, text) : std::nullopt;
  return moment ? std::optional(Told{moment->time_us, moment->zoned, read}) : std::nullopt;
}

TimeReader::Reading TimeReader::settle(const Told &told) {
  if (told.date)
    seeDate(*told.date);
  return *placed(Moment{told.time_us, told.zoned});
}

bool TimeReader::isPlainCount(std::string_view text) const {
  return text.size() == 8 && !m_dayNumbers && leadingDigits(text) == 8;
}

/// ISO 8601, or a count since 1970.
std::optional<TimeReader::Moment> TimeReader::readCount(std::string_view text) {
  if (const std::optional<Moment> moment = readCommonIso(text))
    return moment;
  if (startsLikeIso(text))
    if (const std::optional<IsoTime> iso = parseIsoTime(text))
      return Moment{iso->time_us, iso->zoned};
  if (leadingDigits(text.substr(0, 20)) >= 9 || text.starts_with('-'))
    if (const std::optional<TimeUs> time = isDateInDigits(text) ? std::nullopt : parseEpochTime(text))
      return Moment{*time, true};
  return std::nullopt;
}

bool TimeReader::rememberMinute(const char *at) {
  constexpr std::size_t kDate = 10;
  const unsigned hour = twoDigits(at + 11);
  const unsigned minute = twoDigits(at + 14);
  if ((at[kDate] != 'T' && at[kDate] != ' ') || at[13] != ':' || hour > 23 || minute > 59)
    return false;
  if (m_dayStart == kNoTime || std::memcmp(at, m_minute, kDate) != 0) {
    const std::optional<IsoTime> day = parseIsoTime({at, kDate});
    if (!day)
      return false;
    m_dayStart = day->time_us;
  }
  std::memcpy(m_minute, at, sizeof m_minute);
  m_minuteStart = m_dayStart + hour * kHour + minute * kMinute;
  return true;
}

// `YYYY-MM-DDThh:mm:ss[.f…][Z]`, hot: once a time field, several a record.
std::optional<TimeReader::Moment> TimeReader::readCommonIso(std::string_view text) {
  if (text.size() < 19)
    return std::nullopt;
  const char *at = text.data();
  const bool known = m_minuteStart != kNoTime && std::memcmp(at, m_minute, sizeof m_minute) == 0;
  if (!known && !rememberMinute(at))
    return std::nullopt;
  const unsigned second = twoDigits(at + 17);
  if (at[16] != ':' || second > 59)
    return std::nullopt;
  TimeUs time = m_minuteStart + second * kSecond;
  std::size_t i = 19;
  if (i < text.size() && text[i] == '.') {
    const std::size_t first = ++i;
    TimeUs unit = kSecond / 10;
    for (; i < text.size() && isDigit(text[i]); ++i, unit /= 10)
      time += unit * (text[i] - '0');
    if (i == first)
      return std::nullopt;
  }
  if (i == text.size())
    return Moment{time, false};
  return i + 1 == text.size() && text[i] == 'Z' ? std::optional(Moment{time, true}) : std::nullopt;
}

void TimeReader::seeDate(const TimeText &text) {
  if (!text.order_open)
    return;
  if (m_known > 0) {
    --m_known;
    return;
  }
  if (text.twelve_hours)
    m_dates.hint(DateOrder::MonthFirst);
  m_dates.see(text.month, text.day, text.year);
}

/// Puts month and day in their places; false where nothing says which is which.
bool TimeReader::orderDate(TimeText &text, DateOrder order, std::string_view shown) {
  if (!text.order_open)
    return true;
  if (order == DateOrder::Undecided && text.month > 12)
    order = DateOrder::DayFirst;
  if (order == DateOrder::Undecided && text.day <= 12 && text.day != text.month) {
    m_whyNot = "day or month first? " + toUtf8(shown.substr(0, characterBoundary(shown, kShownBytes))) +
               " can be both; a mapping must say";
    return false;
  }
  if (order == DateOrder::DayFirst)
    std::swap(text.month, text.day);
  text.order_open = false;
  return true;
}

std::optional<TimeReader::Moment> TimeReader::momentOf(TimeText text, DateOrder order,
                                                       std::string_view shown) {
  if (!text.hasDate() || !orderDate(text, order, shown))
    return std::nullopt;
  const std::optional<TimeUs> day = dayStartOf(text.year, text.month, text.day);
  if (!day)
    return std::nullopt;
  return Moment{*day + text.of_day.value_or(0) - text.offset.value_or(0), text.offset.has_value()};
}

void TimeReader::save(nlohmann::json &state) const {
  m_clock.save(state);
  if (!m_surveyed && m_dates == DateEvidence())
    return;
  state["dates"] = m_dates.toJson();
  state["date_order"] = {static_cast<int>(m_order), m_known, m_surveyed};
}

void TimeReader::restore(const nlohmann::json &state) {
  m_clock.restore(state);
  const auto dates = state.find("dates");
  if (dates == state.end())
    return;
  m_dates = DateEvidence::fromJson(*dates);
  m_order = static_cast<DateOrder>(state.at("date_order").at(0).get<unsigned>() % 3);
  m_known = state.at("date_order").at(1).get<std::int64_t>();
  m_surveyed = state.at("date_order").at(2).get<bool>();
}

} // namespace meteorograph
