// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/TileFacts.h"

#include "ui/panels/DevicesPanel.h"

#include <algorithm>

namespace meteorograph::ui {

namespace {

constexpr TimeUs kLeastTrend = 10 * kMinute; // less would be multiplied into nonsense

void takeLatest(TileFacts &facts, const Quantity &quantity, const std::vector<const DeviceStatus *> &devices,
                TimeUs reference) {
  double sum = 0;
  for (const DeviceStatus *device : devices)
    for (const LatestValue &latest : device->latest) {
      if (latest.quantity != quantity.id)
        continue;
      // A window's start is up to a second behind the reading in it.
      if (!device->holds && isStale(latest.time_us + kSecond, device->cadence_us, reference)) {
        const TimeUs silent = reference - std::min(device->newest_us, latest.time_us + kSecond);
        if (silent < facts.silent_us.value_or(silent + 1)) {
          facts.silent_us = silent;
          facts.lastValue = latest.average;
        }
        continue;
      }
      sum += latest.average;
      ++facts.devices;
      const TimeUs newest = std::min(device->newest_us, latest.time_us + kSecond);
      const TimeUs age = std::max<TimeUs>(0, reference - newest);
      facts.age_us = std::min(facts.age_us.value_or(age), age);
    }
  if (facts.devices == 0)
    return;
  facts.value = sum / facts.devices;
  facts.lastValue.reset();
  facts.silent_us.reset();
}

/// A bucket reaches a step beyond its start: the first one of a range may begin before it.
void takeExtremes(TileFacts &facts, const SeriesLine &line, const ViewRange &range, TimeUs step_us) {
  for (const SeriesPoint &point : line.points) {
    if (point.last_us + std::max<TimeUs>(step_us, 1) <= range.from_us || point.first_us >= range.to_us)
      continue;
    const TimeUs until = point.last_us + std::max<TimeUs>(step_us, 1);
    if (!facts.maximum || point.max > facts.maximum->value)
      facts.maximum = {point.max, point.first_us, until, line.device};
    if (!facts.minimum || point.min < facts.minimum->value)
      facts.minimum = {point.min, point.first_us, until, line.device};
  }
}

bool isAbout(const std::vector<const DeviceStatus *> &devices, DeviceId id) {
  return std::any_of(devices.begin(), devices.end(),
                     [id](const DeviceStatus *device) { return device->id == id; });
}

/// Sums by minute, and what they are sums of.
struct Minutes {
  std::array<double, 60> sum{};
  std::array<int, 60> count{};
  double level = 0;
  int lines = 0;
};

/// A line's distance from its own mean, so that devices that come and go move no trend.
void addLine(Minutes &minutes, const SeriesLine &line, TimeUs from) {
  const auto isWithin = [from](const SeriesPoint &point) {
    return point.first_us >= from && point.last_us < from + kHour + kSecond &&
           point.last_us - point.first_us < kMinute;
  };
  double mean = 0;
  int count = 0;
  for (const SeriesPoint &point : line.points)
    if (isWithin(point)) {
      mean += point.mean;
      ++count;
    }
  if (count == 0)
    return;
  mean /= count;
  minutes.level += mean;
  ++minutes.lines;
  for (const SeriesPoint &point : line.points)
    if (isWithin(point)) {
      const auto minute = static_cast<std::size_t>(std::min<TimeUs>(59, (point.first_us - from) / kMinute));
      minutes.sum[minute] += point.mean - mean;
      ++minutes.count[minute];
    }
}

/// The slope of the straight line through the minutes, per hour.
std::optional<double> slopeOf(const std::array<std::optional<double>, 60> &hour) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  double first = 60, last = 0;
  for (std::size_t i = 0; i < hour.size(); ++i) {
    if (!hour[i])
      continue;
    const auto at = static_cast<double>(i);
    n += 1, x += at, y += *hour[i], xx += at * at, xy += at * *hour[i];
    first = std::min(first, at);
    last = at;
  }
  if ((last - first) * static_cast<double>(kMinute) < static_cast<double>(kLeastTrend))
    return std::nullopt;
  return 60 * (n * xy - x * y) / (n * xx - x * x);
}

void takeHour(TileFacts &facts, const Quantity &quantity, const SeriesSet &hour,
              const std::vector<const DeviceStatus *> &devices, TimeUs reference) {
  Minutes minutes;
  for (const SeriesLine &line : hour.lines)
    if (line.quantity == quantity.id && isAbout(devices, line.device))
      addLine(minutes, line, reference - kHour);
  for (std::size_t i = 0; i < facts.hour.size(); ++i)
    if (minutes.count[i] > 0)
      facts.hour[i] = minutes.level / minutes.lines + minutes.sum[i] / minutes.count[i];
  facts.trend = slopeOf(facts.hour);
}

} // namespace

std::vector<const DeviceStatus *> tileDevices(const Overview &overview, const ViewState &view) {
  for (const DeviceStatus &device : overview.devices)
    if (device.id == view.selectedDevice)
      return {&device};
  return view.shownDevices(overview);
}

TileFacts tileFacts(const Quantity &quantity, const Overview &overview, const SeriesSet &series,
                    const SeriesSet &hour, const ViewState &view, const ViewRange &range, TimeUs reference) {
  TileFacts facts;
  const std::vector<const DeviceStatus *> devices = tileDevices(overview, view);
  takeLatest(facts, quantity, devices, reference);
  for (const SeriesLine &line : series.lines)
    if (line.quantity == quantity.id && isAbout(devices, line.device))
      takeExtremes(facts, line, range, series.step_us);
  takeHour(facts, quantity, hour, devices, reference);
  return facts;
}

} // namespace meteorograph::ui
