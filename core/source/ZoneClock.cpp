// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ZoneClock.h"

#include "core/model/Batch.h"
#include "core/source/TextEncoding.h"
#include "core/source/TimeText.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

using Seconds = cctz::time_point<cctz::seconds>;

constexpr TimeUs kStepBack = kMinute; ///< smaller ones are devices of one file that cross

std::int64_t secondsOf(Seconds time) { return time.time_since_epoch().count(); }

/// The civil time as if it were UTC.
TimeUs localUs(const cctz::civil_second &civil) { return (civil - cctz::civil_second(1970, 1, 1)) * kSecond; }

bool loadZone(std::string_view name, cctz::time_zone &zone) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
  // Names, not files: the database is found by the library.
  return plain && !name.empty() && name.front() != '/' && name != "localtime" &&
         cctz::load_time_zone(std::string(name), &zone);
}

} // namespace

bool isKnownZone(std::string_view zone) {
  zone = trimmed(zone);
  cctz::time_zone loaded;
  return offsetFromText(zone).has_value() || loadZone(zone, loaded);
}

ZoneClock::ZoneClock(std::string_view zone) {
  zone = trimmed(zone);
  m_fixed = zone.empty() ? TimeUs{0} : offsetFromText(zone);
  if (!m_fixed && !loadZone(zone, m_zone))
    m_fixed = 0;
}

// Hot: once a time.
ZoneClock::Moment ZoneClock::toUtc(TimeUs local) {
  if (m_fixed)
    return {local - *m_fixed, 0};
  const TimeUs before = m_last;
  if (local == m_last) {
    ++m_times;
  } else {
    m_step = m_last == kNoTime ? 0 : local - m_last;
    m_before = m_times;
    m_times = 1;
    m_last = local;
  }
  if (local >= m_from && local < m_to)
    return {local - m_offset, 0};
  return lookUp(local, before);
}

ZoneClock::Moment ZoneClock::lookUp(TimeUs local, TimeUs before) {
  const TimeUs whole = floorTo(local, kSecond);
  const cctz::civil_second civil = cctz::civil_second(1970, 1, 1) + whole / kSecond;
  const cctz::time_zone::civil_lookup found = m_zone.lookup(civil);
  const TimeUs first = secondsOf(found.pre) * kSecond + (local - whole);
  if (found.kind == cctz::time_zone::civil_lookup::SKIPPED)
    return {first, kMissingHour};
  if (found.kind == cctz::time_zone::civil_lookup::UNIQUE) {
    rememberSpan(found.pre);
    return {first, 0};
  }
  const TimeUs second = secondsOf(found.post) * kSecond + (local - whole);
  const TimeUs change = secondsOf(found.trans) * kSecond;
  if (m_change != change)
    m_second = false;
  m_change = change;
  m_second = isSecondPass(local, before, change + (local - second), second - first);
  return {m_second ? second : first, kRepeatedHour};
}

/// `begin`: the local time at which the repeated span begins; `length`: how long it is.
bool ZoneClock::isSecondPass(TimeUs local, TimeUs before, TimeUs begin, TimeUs length) {
  if (before == kNoTime || before < begin)
    return false;
  if (m_second || before - local >= kStepBack)
    return true;
  return before == local && m_step >= length && m_times > m_before;
}

/// Until when the offset of this moment holds, both ways.
void ZoneClock::rememberSpan(Seconds at) {
  constexpr TimeUs kFar = 1'000'000 * kDay;
  m_offset = TimeUs{m_zone.lookup(at).offset} * kSecond;
  cctz::time_zone::civil_transition change;
  m_from = m_zone.prev_transition(at + cctz::seconds(1), &change)
               ? std::max(localUs(change.from), localUs(change.to))
               : -kFar;
  m_to = m_zone.next_transition(at, &change) ? std::min(localUs(change.from), localUs(change.to)) : kFar;
}

void ZoneClock::save(nlohmann::json &state) const {
  if (!m_fixed)
    state["clock"] = {m_last, m_step, m_times, m_before, m_change, m_second};
}

void ZoneClock::restore(const nlohmann::json &state) {
  const auto found = state.find("clock");
  if (found == state.end())
    return;
  // Whatever it says, the numbers are such as times of sensors give, anywhere on the earth.
  constexpr TimeUs kFirst = kEarliestTime - kDay;
  constexpr TimeUs kLast = kLatestTime + kDay;
  const auto number = [found](std::size_t at, std::int64_t least, std::int64_t most) {
    const auto value = found->at(at).get<std::int64_t>();
    return value == kNoTime ? value : std::clamp(value, least, most);
  };
  m_last = number(0, kFirst, kLast);
  m_step = number(1, kFirst - kLast, kLast - kFirst);
  m_times = number(2, 0, std::int64_t{1} << 53);
  m_before = number(3, 0, std::int64_t{1} << 53);
  m_change = number(4, kFirst, kLast);
  m_second = found->at(5).get<bool>();
}

} // namespace meteorograph
