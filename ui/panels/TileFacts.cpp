// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/TileFacts.h"

#include "ui/panels/DevicesPanel.h"

#include <algorithm>

namespace meteorograph::ui {

namespace {

/// The devices that the tile is about.
std::vector<const DeviceStatus *> subjects(const Overview &overview, const ViewState &view) {
  for (const DeviceStatus &device : overview.devices)
    if (device.id == view.selectedDevice)
      return {&device};
  return view.shownDevices(overview);
}

void takeLatest(TileFacts &facts, const Quantity &quantity, const std::vector<const DeviceStatus *> &devices,
                TimeUs reference) {
  double sum = 0;
  for (const DeviceStatus *device : devices)
    for (const LatestValue &latest : device->latest) {
      // A window's start is up to a second behind the reading in it.
      if (latest.quantity != quantity.id ||
          (!device->holds && isStale(latest.time_us + kSecond, device->cadence_us, reference)))
        continue;
      sum += latest.average;
      ++facts.devices;
      const TimeUs newest = std::min(device->newest_us, latest.time_us + kSecond);
      const TimeUs age = std::max<TimeUs>(0, reference - newest);
      facts.age_us = std::min(facts.age_us.value_or(age), age);
    }
  if (facts.devices > 0)
    facts.value = sum / facts.devices;
}

/// A bucket reaches a step beyond its start: the first one of a range may begin before it.
void takeExtremes(TileFacts &facts, const SeriesLine &line, const ViewRange &range, TimeUs step_us) {
  for (const SeriesPoint &point : line.points) {
    if (point.last_us + std::max<TimeUs>(step_us, 1) <= range.from_us || point.first_us >= range.to_us)
      continue;
    if (!facts.maximum || point.max > facts.maximum->value)
      facts.maximum = {point.max, point.first_us};
    if (!facts.minimum || point.min < facts.minimum->value)
      facts.minimum = {point.min, point.first_us};
  }
}

/// The change of a line's average over the last `span` before its newest point.
std::optional<double> trendOf(const SeriesLine &line, TimeUs span) {
  if (line.points.size() < 2)
    return std::nullopt;
  const SeriesPoint &last = line.points.back();
  const auto before =
      std::lower_bound(line.points.begin(), line.points.end(), last.last_us - span,
                       [](const SeriesPoint &point, TimeUs time) { return point.first_us < time; });
  // A newest point that is wider than the span tells nothing of it.
  return before == line.points.end() ? std::nullopt : std::optional(last.average - before->average);
}

} // namespace

TileFacts tileFacts(const Quantity &quantity, const Overview &overview, const SeriesSet &series,
                    const ViewState &view, const ViewRange &range, TimeUs reference) {
  TileFacts facts;
  const std::vector<const DeviceStatus *> devices = subjects(overview, view);
  takeLatest(facts, quantity, devices, reference);
  facts.several_days = range.width() > kDay;
  facts.trend_us = std::min(range.width(), kHour);
  double trends = 0;
  int lines = 0;
  for (const SeriesLine &line : series.lines) {
    const bool about = std::any_of(devices.begin(), devices.end(),
                                   [&line](const DeviceStatus *device) { return device->id == line.device; });
    if (!about || line.quantity != quantity.id)
      continue;
    takeExtremes(facts, line, range, series.step_us);
    if (const std::optional<double> trend = trendOf(line, facts.trend_us)) {
      trends += *trend;
      ++lines;
    }
  }
  if (lines > 0)
    facts.trend = trends / lines;
  return facts;
}

} // namespace meteorograph::ui
