// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of TimeReader that know formats by name, and counts since 1970.
#include "core/source/TextEncoding.h"
#include "core/source/TimeReader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace meteorograph {

namespace {

/// How many microseconds one of a unit is: numerator by denominator.
struct EpochScale {
  double below; ///< exclusive bound of the magnitude
  TimeUs numerator;
  TimeUs denominator;
  std::string_view format;
};
constexpr double kSmallestEpoch = 1e8;
constexpr EpochScale kEpochScales[] = {{1e11, kSecond, 1, "epoch_s"},
                                       {1e14, kMillisecond, 1, "epoch_ms"},
                                       {1e17, 1, 1, "epoch_us"},
                                       {9e18, 1, 1'000, "epoch_ns"}};

const EpochScale *scaleOf(double magnitude) {
  if (!(magnitude >= kSmallestEpoch))
    return nullptr;
  for (const EpochScale &scale : kEpochScales)
    if (magnitude < scale.below)
      return &scale;
  return nullptr;
}

const EpochScale *scaleNamed(std::string_view format) {
  for (const EpochScale &scale : kEpochScales)
    if (scale.format == format)
      return &scale;
  return nullptr;
}

TimeUs floorDivide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

bool isTime(double us) {
  return us >= static_cast<double>(kEarliestTime) && us <= static_cast<double>(kLatestTime);
}

/// `scale`: the count's unit, or nothing where its magnitude is to tell.
std::optional<TimeUs> epochTime(std::string_view text, const EpochScale *scale) {
  const bool told = scale != nullptr;
  std::int64_t whole = 0;
  const char *end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, whole);
  const std::string_view rest(stopped, static_cast<std::size_t>(end - stopped));
  if (error != std::errc{})
    return std::nullopt;
  if (!told)
    scale = scaleOf(std::abs(static_cast<double>(whole)));
  const bool exact = rest.empty() || (rest[0] == '.' && rest.find_first_not_of("0123456789", 1) == rest.npos);
  if (exact) {
    if (scale == nullptr || !isTime(static_cast<double>(whole) * static_cast<double>(scale->numerator) /
                                    static_cast<double>(scale->denominator)))
      return std::nullopt;
    const TimeUs fraction = rest.empty() ? 0 : fractionUs(rest.substr(1), scale->numerator);
    const TimeUs time =
        scale->denominator > 1 ? floorDivide(whole, scale->denominator) : whole * scale->numerator;
    return text[0] == '-' ? time - fraction : time + fraction;
  }
  double value = 0; // 1.458117704e12
  const auto [stop, failed] = std::from_chars(text.data(), end, value);
  if (failed != std::errc{} || stop != end)
    return std::nullopt;
  scale = told ? scale : scaleOf(std::abs(value));
  if (scale == nullptr)
    return std::nullopt;
  const double us = value * static_cast<double>(scale->numerator) / static_cast<double>(scale->denominator);
  return isTime(us) ? std::optional<TimeUs>(std::llround(us)) : std::nullopt;
}

/// `18.05.30` alone could be a date; behind one it is not.
bool isDotted(std::string_view text) {
  return text.size() == 8 && text[2] == '.' && text[5] == '.' &&
         text.find_first_not_of("0123456789.") == text.npos;
}

/// With four or six digits and nothing else.
bool isClockInDigits(std::string_view text) {
  const bool digits = (text.size() == 4 || text.size() == 6) &&
                      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && text.substr(0, 2) < "24" && text[2] < '6' && (text.size() == 4 || text[4] < '6');
}

} // namespace

std::optional<TimeUs> parseEpochTime(std::string_view text) { return epochTime(text, nullptr); }

bool isTimeOfDay(std::string_view text) {
  text = trimmed(text);
  const bool plain = text.find_first_not_of("0123456789:.,") == text.npos;
  if (isClockInDigits(text) || isDotted(text) || (plain && (text.find(':') == 1 || text.find(':') == 2)))
    return true;
  if (parseTimeText(text).value_or(TimeText{}).hasDate())
    return false;
  std::string dated = "2000-01-01 ";
  const std::optional<TimeText> both = parseTimeText(dated.append(text));
  return both && both->of_day.has_value();
}

TimeShape timeShapeOf(std::string_view text) {
  constexpr TimeUs kFrom = 946'684'800 * kSecond;
  constexpr TimeUs kTo = 4'102'444'800 * kSecond;
  text = trimmed(text);
  if (text.find_first_not_of("0123456789.") == text.npos && text.find('.') > 8)
    if (const std::optional<TimeUs> time = parseEpochTime(text); time && *time >= kFrom && *time < kTo)
      return TimeShape::Whole;
  const bool number = text.find_first_not_of("0123456789.,+-eE") == text.npos &&
                      text.find('.') == text.rfind('.') && text.find('-', 1) == text.npos;
  if (text.size() < 4 || (number && (text.size() < 12 || text.find_first_of(".,") != text.npos)))
    return TimeShape::None;
  const std::optional<TimeText> read = parseTimeText(text);
  if (!read)
    return TimeShape::None;
  if (!read->hasDate())
    return TimeShape::OfDay;
  if (read->year < 1970 || read->year >= 2100)
    return TimeShape::None;
  return read->of_day ? TimeShape::Whole : TimeShape::Date;
}

bool isKnownTimeFormat(std::string_view format) {
  return format.empty() || format == "iso" || format == "day_first" || format == "month_first" ||
         format == "arrival" || scaleNamed(format) != nullptr || TimePattern::compile(format).has_value();
}

const TimePattern *TimeReader::pattern(std::string_view format) {
  for (const auto &[text, pattern] : m_patterns)
    if (text == format)
      return pattern ? &*pattern : nullptr;
  m_patterns.emplace_back(std::string(format), TimePattern::compile(format));
  return m_patterns.back().second ? &*m_patterns.back().second : nullptr;
}

/// One part that is a whole time, by a format that has a name of its own.
std::optional<TimeReader::Moment> TimeReader::readFormatted(const Part &part) {
  const std::string_view text = trimmed(part.text);
  if (part.format == "iso") {
    const std::optional<IsoTime> iso = parseIsoTime(text);
    return iso ? std::optional(Moment{iso->time_us, iso->zoned}) : std::nullopt;
  }
  const EpochScale *scale = scaleNamed(part.format);
  const std::optional<TimeUs> time = scale == nullptr ? std::nullopt : epochTime(text, scale);
  return time ? std::optional(Moment{*time, true}) : std::nullopt;
}

std::optional<TimeText> TimeReader::partOf(const Part &part, DateOrder &order) {
  if (part.format == "day_first" || part.format == "month_first") {
    order = part.format == "day_first" ? DateOrder::DayFirst : DateOrder::MonthFirst;
    return parseTimeText(part.text);
  }
  const TimePattern *known = pattern(part.format);
  return known == nullptr ? std::nullopt : known->read(part.text);
}

std::optional<TimeReader::Told> TimeReader::tell(const Part &part) {
  if (part.format.empty())
    return tell(trimmed(part.text));
  if (const std::optional<Moment> moment = readFormatted(part))
    return Told{moment->time_us, moment->zoned};
  DateOrder order = m_order;
  const std::optional<TimeText> read = partOf(part, order);
  const std::optional<Moment> moment = read ? momentOf(*read, order, part.text) : std::nullopt;
  if (!moment)
    return std::nullopt;
  return Told{moment->time_us, moment->zoned, order == m_order ? read : std::nullopt};
}

std::optional<TimeReader::Reading> TimeReader::read(std::span<const Part> parts) {
  m_whyNot.clear();
  if (parts.size() == 1 && !parts[0].format.empty())
    if (const std::optional<Moment> moment = readFormatted(parts[0]))
      return placed(moment);
  std::string plain; // what has no format
  TimeText whole;
  DateOrder order = m_order;
  const auto take = [&whole](const TimeText &part) {
    if (!whole.hasDate() && part.hasDate()) {
      whole.year = part.year;
      whole.month = part.month;
      whole.day = part.day;
      whole.order_open = part.order_open;
    }
    whole.of_day = whole.of_day ? whole.of_day : part.of_day;
    whole.offset = whole.offset ? whole.offset : part.offset;
    whole.twelve_hours = whole.twelve_hours || part.twelve_hours;
  };
  for (const Part &part : parts) {
    if (part.format.empty()) {
      plain.append(plain.empty() ? "" : " ").append(trimmed(part.text));
      continue;
    }
    const std::optional<TimeText> read = partOf(part, order);
    if (!read)
      return std::nullopt;
    take(*read);
  }
  if (!plain.empty() && !whole.hasDate() && !whole.of_day)
    return read(plain);
  if (!plain.empty()) {
    const std::optional<TimeText> read =
        whole.hasDate() ? parseTimeText("2000-01-01 " + plain) : parseTimeText(plain);
    if (!read)
      return std::nullopt;
    TimeText rest = *read;
    rest.year = whole.hasDate() ? 0 : rest.year;
    take(rest);
  }
  if (order == m_order)
    seeDate(whole);
  return placed(momentOf(whole, order, parts.empty() ? std::string_view{} : parts.front().text));
}

} // namespace meteorograph
