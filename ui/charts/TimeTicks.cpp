// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TimeTicks.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace meteorograph::ui {
namespace {

enum class Unit { Clock, Days, Months, Years };

/// A distance between ticks: `count` microseconds, days, months or years.
struct Step {
  Unit unit;
  std::int64_t count;
  TimeUs mean_us;
  int labelPixels; ///< room for a label of this kind and the space after it
};

constexpr TimeUs kMeanYear = 31'556'952 * kSecond;
constexpr std::size_t kMaxTicks = 1000; // more cannot be labelled on any screen

std::vector<Step> makeSteps() {
  std::vector<Step> steps;
  const auto clock = [&](TimeUs unit, std::initializer_list<int> counts, int pixels) {
    for (const int count : counts)
      steps.push_back({Unit::Clock, count * unit, count * unit, pixels});
  };
  clock(1, {1, 2, 5, 10, 20, 50, 100, 200, 500}, 130);
  clock(kMillisecond, {1, 2, 5, 10, 20, 50, 100, 200, 500}, 112);
  clock(kSecond, {1, 2, 5, 10, 15, 30}, 92);
  clock(kMinute, {1, 2, 5, 10, 15, 30}, 74);
  clock(kHour, {1, 2, 3, 6, 12}, 74);
  for (const int days : {1, 2, 3, 7, 14})
    steps.push_back({Unit::Days, days, days * kDay, 74});
  for (const int months : {1, 3, 6})
    steps.push_back({Unit::Months, months, months * kMeanYear / 12, 74});
  for (const int years : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000})
    steps.push_back({Unit::Years, years, years * kMeanYear, 62});
  return steps;
}

const Step &chooseStep(TimeUs from, TimeUs to, int pixels) {
  static const std::vector<Step> steps = makeSteps();
  const double usPerPixel = static_cast<double>(to - from) / std::max(1, pixels);
  for (const Step &step : steps)
    if (static_cast<double>(step.mean_us) >= usPerPixel * step.labelPixels)
      return step;
  return steps.back();
}

QDateTime wallClock(TimeUs at, const QTimeZone &zone) {
  return QDateTime::fromMSecsSinceEpoch(floorTo(at, kMillisecond) / kMillisecond, zone);
}

TimeUs offsetAt(TimeUs at, const QTimeZone &zone) {
  const QDateTime utc =
      QDateTime::fromMSecsSinceEpoch(floorTo(at, kMillisecond) / kMillisecond, QTimeZone::utc());
  return zone.offsetFromUtc(utc) * kSecond;
}

TimeUs startOf(QDate date, const QTimeZone &zone) {
  return date.startOfDay(zone).toMSecsSinceEpoch() * kMillisecond;
}

QString offsetText(TimeUs offset) {
  const TimeUs minutes = std::abs(offset) / kMinute;
  const QString sign = offset < 0 ? QStringLiteral("−") : QStringLiteral("+");
  const QString rest =
      minutes % 60 == 0 ? QString() : QStringLiteral(":%1").arg(minutes % 60, 2, 10, QLatin1Char('0'));
  return QStringLiteral("UTC") + sign + QString::number(minutes / 60) + rest;
}

QString dayMonth(QDate date) { return QLocale().toString(date, QStringLiteral("d MMM")); }

/// "14:04", "14:04:58", "14:04:58.250"; `local` is wall time as if it were UTC.
QString clockText(TimeUs local, TimeUs resolution) {
  const TimeUs ofDay = local - floorTo(local, kDay);
  const TimeUs rest = ofDay % kSecond;
  const auto two = [](TimeUs number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
  QString text = two(ofDay / kHour) + QLatin1Char(':') + two(ofDay / kMinute % 60);
  if (resolution < kMinute)
    text += QLatin1Char(':') + two(ofDay / kSecond % 60);
  if (resolution < kMillisecond)
    text += QStringLiteral(".%1").arg(rest, 6, 10, QLatin1Char('0'));
  else if (resolution < kSecond)
    text += QStringLiteral(".%1").arg(rest / kMillisecond, 3, 10, QLatin1Char('0'));
  return text;
}

TimeTick clockTick(TimeUs time, TimeUs offset, TimeUs step, const QTimeZone &zone) {
  const TimeUs local = time + offset;
  if (floorTo(local, kDay) == local)
    return {time, dayMonth(wallClock(time, zone).date()), true};
  return {time, clockText(local, step), step < kSecond && floorTo(local, kSecond) == local};
}

/// Ticks where the offset from UTC stays the same: [from, to] of it.
void addClockTicks(std::vector<TimeTick> &ticks, TimeUs from, TimeUs to, TimeUs offset, TimeUs step,
                   const QTimeZone &zone) {
  TimeUs time = floorTo(from + offset, step) - offset;
  if (time < from)
    time += step;
  for (; time <= to && ticks.size() < kMaxTicks; time += step)
    ticks.push_back(clockTick(time, offset, step, zone));
}

std::vector<TimeTick> clockTicks(TimeUs from, TimeUs to, TimeUs step, const QTimeZone &zone) {
  std::vector<TimeTick> ticks;
  std::vector<std::size_t> firstAfterChange;
  TimeUs start = from;
  TimeUs offset = offsetAt(from, zone);
  for (const auto &change : zone.transitions(wallClock(from, zone), wallClock(to, zone))) {
    const TimeUs at = change.atUtc.toMSecsSinceEpoch() * kMillisecond;
    const TimeUs after = change.offsetFromUtc * kSecond;
    if (at <= start || at > to || after == offset)
      continue;
    addClockTicks(ticks, start, at - 1, offset, step, zone);
    firstAfterChange.push_back(ticks.size());
    start = at;
    offset = after;
  }
  addClockTicks(ticks, start, to, offset, step, zone);
  for (const std::size_t index : firstAfterChange)
    if (index < ticks.size()) { // tells the two passes of a doubled hour apart
      ticks[index].label += QLatin1Char(' ') + offsetText(offsetAt(ticks[index].time_us, zone));
      ticks[index].major = true;
    }
  return ticks;
}

/// Days 1, 1 + n, 1 + 2n … of a month, without one that would crowd the next month's first.
bool isDayTick(QDate date, std::int64_t count) {
  return (date.day() - 1) % count == 0 && date.daysInMonth() - date.day() + 1 > count / 2;
}

std::vector<TimeTick> dayTicks(TimeUs from, TimeUs to, std::int64_t count, const QTimeZone &zone) {
  std::vector<TimeTick> ticks;
  for (QDate date = wallClock(from, zone).date(); ticks.size() < kMaxTicks; date = date.addDays(1)) {
    const TimeUs time = startOf(date, zone);
    if (time > to)
      break;
    if (time < from || !isDayTick(date, count))
      continue;
    const bool first = date.day() == 1;
    const QString format = !first              ? QStringLiteral("d MMM")
                           : date.month() == 1 ? QStringLiteral("MMM yyyy")
                                               : QStringLiteral("MMM");
    ticks.push_back({time, QLocale().toString(date, format), first});
  }
  return ticks;
}

std::vector<TimeTick> monthTicks(TimeUs from, TimeUs to, std::int64_t count, const QTimeZone &zone) {
  std::vector<TimeTick> ticks;
  const QDate first = wallClock(from, zone).date();
  for (QDate date(first.year(), 1, 1); ticks.size() < kMaxTicks;
       date = date.addMonths(static_cast<int>(count))) {
    const TimeUs time = startOf(date, zone);
    if (time > to)
      break;
    const bool major = date.month() == 1;
    if (time >= from)
      ticks.push_back(
          {time, QLocale().toString(date, major ? QStringLiteral("yyyy") : QStringLiteral("MMM")), major});
  }
  return ticks;
}

std::vector<TimeTick> yearTicks(TimeUs from, TimeUs to, std::int64_t count, const QTimeZone &zone) {
  std::vector<TimeTick> ticks;
  const std::int64_t first = wallClock(from, zone).date().year();
  for (std::int64_t year = std::max<std::int64_t>(count, first / count * count); ticks.size() < kMaxTicks;
       year += count) {
    const TimeUs time = startOf(QDate(static_cast<int>(year), 1, 1), zone);
    if (time > to)
      break;
    if (time >= from)
      ticks.push_back({time, QString::number(year), false});
  }
  return ticks;
}

} // namespace

std::vector<TimeTick> timeTicks(TimeUs from, TimeUs to, int pixels, const QTimeZone &zone) {
  from = std::max(from, kEarliestTime);
  to = std::min(to, kLatestTime);
  if (to <= from || pixels <= 0 || !zone.isValid())
    return {};
  const Step &step = chooseStep(from, to, pixels);
  switch (step.unit) {
  case Unit::Clock:
    return clockTicks(from, to, step.count, zone);
  case Unit::Days:
    return dayTicks(from, to, step.count, zone);
  case Unit::Months:
    return monthTicks(from, to, step.count, zone);
  case Unit::Years:
    break;
  }
  return yearTicks(from, to, step.count, zone);
}

TimeUs timeTickStep(TimeUs from, TimeUs to, int pixels) { return chooseStep(from, to, pixels).mean_us; }

QString dateSpan(TimeUs from, TimeUs to, const QTimeZone &zone) {
  const QDate first = wallClock(from, zone).date();
  const QDate last = wallClock(std::max(from, to - 1), zone).date();
  const QString full = QStringLiteral("d MMM yyyy");
  if (first == last)
    return QLocale().toString(first, full);
  const QString start =
      QLocale().toString(first, first.year() == last.year() ? QStringLiteral("d MMM") : full);
  return start + QStringLiteral(" – ") + QLocale().toString(last, full);
}

QString dayLabel(TimeUs at, const QTimeZone &zone) { return dayMonth(wallClock(at, zone).date()); }

QString zoneLabel(TimeUs at, const QTimeZone &zone) {
  const QString id = QString::fromLatin1(zone.id());
  if (id.startsWith(QLatin1String("UTC")))
    return id;
  return id + QLatin1Char(' ') + offsetText(offsetAt(at, zone));
}

QString zoneLabel(TimeUs from, TimeUs to, const QTimeZone &zone) {
  const TimeUs before = offsetAt(from, zone);
  const TimeUs after = offsetAt(std::max(from, to - 1), zone);
  if (before == after)
    return zoneLabel(from, zone);
  return zoneLabel(from, zone) + QStringLiteral(" → ") + offsetText(after);
}

QString wallTime(TimeUs at, TimeUs resolution_us, const QTimeZone &zone) {
  return clockText(at + offsetAt(at, zone), resolution_us);
}

} // namespace meteorograph::ui
