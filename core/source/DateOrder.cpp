// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DateOrder.h"

#include "core/source/TimeText.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

constexpr TimeUs kSmallStep = 7 * kDay;

/// Days between two dates are few, and there are some.
bool isSmall(std::optional<TimeUs> from, std::optional<TimeUs> to) {
  return from && to && std::abs(*to - *from) <= kSmallStep;
}

} // namespace

void DateEvidence::see(int first, int second, int year) {
  ++m_dates;
  if (certain())
    return;
  if (first > 12 || second > 12)
    m_certain = first > 12 ? DateOrder::DayFirst : DateOrder::MonthFirst;
  else
    step(first, second, year);
}

void DateEvidence::step(int first, int second, int year) {
  if (first == m_last[0] && second == m_last[1] && year == m_last[2])
    return;
  if (m_last[2] != 0) {
    const bool day = isSmall(dayStartOf(m_last[2], m_last[1], m_last[0]), dayStartOf(year, second, first));
    const bool month = isSmall(dayStartOf(m_last[2], m_last[0], m_last[1]), dayStartOf(year, first, second));
    m_daySteps += day && !month ? 1 : 0;
    m_monthSteps += month && !day ? 1 : 0;
  }
  m_last[0] = first;
  m_last[1] = second;
  m_last[2] = year;
}

void DateEvidence::hint(DateOrder order) {
  m_dayHint = m_dayHint || order == DateOrder::DayFirst;
  m_monthHint = m_monthHint || order == DateOrder::MonthFirst;
}

DateOrder DateEvidence::decision() const {
  if (certain())
    return m_certain;
  if (m_daySteps != m_monthSteps)
    return m_daySteps > m_monthSteps ? DateOrder::DayFirst : DateOrder::MonthFirst;
  if (m_dayHint != m_monthHint)
    return m_dayHint ? DateOrder::DayFirst : DateOrder::MonthFirst;
  return DateOrder::Undecided;
}

nlohmann::json DateEvidence::toJson() const {
  return {m_dates,    static_cast<int>(m_certain),
          m_daySteps, m_monthSteps,
          m_dayHint,  m_monthHint,
          m_last[0],  m_last[1],
          m_last[2]};
}

DateEvidence DateEvidence::fromJson(const nlohmann::json &json) {
  DateEvidence evidence;
  evidence.m_dates = json.at(0).get<std::int64_t>();
  evidence.m_certain = static_cast<DateOrder>(json.at(1).get<unsigned>() % 3);
  evidence.m_daySteps = json.at(2).get<std::int64_t>();
  evidence.m_monthSteps = json.at(3).get<std::int64_t>();
  evidence.m_dayHint = json.at(4).get<bool>();
  evidence.m_monthHint = json.at(5).get<bool>();
  for (std::size_t i = 0; i < 3; ++i)
    evidence.m_last[i] = json.at(6 + i).get<int>();
  return evidence;
}

} // namespace meteorograph
