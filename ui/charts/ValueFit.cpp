// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ValueFit.h"

#include "ui/charts/ValueTicks.h"

namespace meteorograph::ui {
namespace {

constexpr std::size_t kMostSamples = 512; // points of a line that tell its quantiles well enough
constexpr std::size_t kLeastValues = 10;  // of fewer nobody can say which is a spike
constexpr std::size_t kTail = 20;         // one in so many values is left out on either side

bool isShown(const ChartScene &scene, const SeriesLine &line, QuantityId quantity) {
  return line.quantity == quantity &&
         std::any_of(scene.devices.begin(), scene.devices.end(),
                     [&line](const DeviceStyle &style) { return style.id == line.device; });
}

/// The range of a line's points that are visible, as indices.
std::pair<std::size_t, std::size_t> visiblePoints(const ChartScene &scene, const SeriesLine &line) {
  const auto begin =
      std::lower_bound(line.points.begin(), line.points.end(), scene.from_us,
                       [](const SeriesPoint &point, TimeUs time) { return point.last_us < time; });
  const auto end =
      std::upper_bound(begin, line.points.end(), scene.to_us,
                       [](TimeUs time, const SeriesPoint &point) { return time < point.first_us; });
  return {static_cast<std::size_t>(begin - line.points.begin()),
          static_cast<std::size_t>(end - line.points.begin())};
}

double valueAtRank(std::vector<double> &values, std::size_t rank) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Half as much again on either side, so that a steady line loses nothing.
ValueExtent widened(double low, double high) {
  if (low == high) {
    const auto [below, above] = niceValueRange(low, high);
    return {below, above};
  }
  return {low - (high - low) / 2, high + (high - low) / 2};
}

ValueExtent robustExtentOf(const SeriesLine &line, const ChartScene &scene) {
  const auto [begin, end] = visiblePoints(scene, line);
  const std::size_t stride = std::max<std::size_t>(1, (end - begin) / kMostSamples);
  const bool readings = scene.showRaw || scene.showBand || !scene.showAverage;
  std::vector<double> values;
  ValueExtent all;
  for (std::size_t i = begin; i < end; ++i) {
    const SeriesPoint &point = line.points[i];
    all.add(shownValues(point, scene));
    if ((i - begin) % stride == 0) {
      values.push_back(readings ? point.min : point.average);
      values.push_back(readings ? point.max : point.average);
    }
  }
  if (values.size() < kLeastValues)
    return all;
  const std::size_t tail =
      std::max<std::size_t>(2, values.size() / kTail); // two: a lone point has two values
  const double low = valueAtRank(values, tail);
  const double high = valueAtRank(values, values.size() - 1 - tail);
  const ValueExtent usual = widened(low, high);
  return {std::max(all.low, usual.low), std::min(all.high, usual.high)};
}

} // namespace

ValueExtent visibleExtent(const ChartScene &scene, QuantityId quantity) {
  ValueExtent inside;
  ValueExtent crossing;
  for (const SeriesLine &line : scene.series.lines) {
    if (!isShown(scene, line, quantity))
      continue;
    const auto [begin, end] = visiblePoints(scene, line);
    for (std::size_t i = begin; i < end; ++i)
      inside.add(shownValues(line.points[i], scene));
    if (begin == end && begin > 0 && end < line.points.size() && line.breaks.empty())
      crossing.add(shownValues(line.points[end], scene));
  }
  return inside.empty() ? crossing : inside;
}

ValueExtent robustExtent(const ChartScene &scene, QuantityId quantity) {
  ValueExtent extent;
  for (const SeriesLine &line : scene.series.lines)
    if (isShown(scene, line, quantity))
      extent.add(robustExtentOf(line, scene));
  return extent;
}

} // namespace meteorograph::ui
