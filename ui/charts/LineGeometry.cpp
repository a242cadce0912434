// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/LineGeometry.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kOutside = 64;        // pixels beyond the plot at which lines are cut off
constexpr double kFarAway = 1e6;       // pixels; floats still tell a sixteenth of one apart
constexpr double kStretchPixels = 128; // about how often dashes start anew

/// A power of two of microseconds, so that it stays the same while the range moves or grows a bit.
TimeUs stretchFor(double pixelsPerUs) {
  const double exponent = std::ceil(std::log2(kStretchPixels / pixelsPerUs));
  return TimeUs{1} << static_cast<int>(std::clamp(exponent, 0.0, 60.0));
}

} // namespace

LineGeometry::LineGeometry(const SeriesLine &line, const PlotTransform &transform, double dashLength)
    : m_line(line), m_transform(transform), m_dashLength(dashLength),
      m_stretch_us(stretchFor(transform.pixelsPerUs())) {
  findRuns();
}

bool LineGeometry::isVisible(const LineRun &run) const {
  return m_transform.x(m_line.points[run.end - 1].last_us) >= m_transform.plot().left() - kOutside &&
         m_transform.x(m_line.points[run.begin].first_us) <= m_transform.plot().right() + kOutside;
}

void LineGeometry::findRuns() {
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    if (const LineRun run{begin, end}; end > begin && isVisible(run))
      m_runs.push_back(run);
    begin = end;
  };
  for (const std::uint32_t index : m_line.breaks)
    if (index <= m_line.points.size())
      close(index);
  close(m_line.points.size());
}

void LineGeometry::append(TimeUs time, double x, double y) {
  y = std::clamp(y, -kFarAway, kFarAway);
  double arc = 0;
  if (!m_vertices.empty()) {
    const SpanVertex &last = m_vertices.back();
    const double dx = x - static_cast<double>(last.x);
    const double dy = y - static_cast<double>(last.y);
    arc = static_cast<double>(last.arc) + std::sqrt(dx * dx + dy * dy); // hypot is five times slower
  }
  const TimeUs stretch = floorTo(time, m_stretch_us);
  if (m_dashLength > 0 && stretch != m_lastStretch)
    arc = std::round(arc / m_dashLength) * m_dashLength;
  m_lastStretch = stretch;
  m_vertices.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(arc)});
}

/// Cuts the segment to the new corner at the outside limits.
void LineGeometry::addCorner(TimeUs time, double x, double value) {
  const double y = m_transform.y(value);
  const double left = m_transform.plot().left() - kOutside;
  const double right = m_transform.plot().right() + kOutside;
  const auto yAt = [&](double at) { return m_lastY + (y - m_lastY) * (at - m_lastX) / (x - m_lastX); };
  if (x >= left) {
    if (m_hasLast && m_lastX < left)
      append(time, left, yAt(left));
    if (x <= right)
      append(time, x, y);
    else if (m_hasLast && m_lastX <= right)
      append(time, right, yAt(right));
  }
  m_hasLast = true;
  m_lastX = x;
  m_lastY = y;
}

/// The order of the extremes is the one that makes the shorter way. Within a pixel their bar says
/// all that can be seen.
void LineGeometry::addPoint(const SeriesPoint &point, bool extremes) {
  const double first = m_transform.x(point.first_us);
  const double last = m_transform.x(point.last_us);
  const bool hasBar = extremes && point.min < point.max;
  const bool isBar = hasBar && last - first <= 1;
  const bool rising = point.first <= point.last;
  if (!isBar)
    addCorner(point.first_us, first, point.first);
  if (hasBar) {
    addCorner(point.first_us, (first + last) / 2, rising ? point.min : point.max);
    addCorner(point.first_us, (first + last) / 2, rising ? point.max : point.min);
  }
  if (!isBar && point.last_us != point.first_us)
    addCorner(point.last_us, last, point.last);
}

const std::vector<SpanVertex> &LineGeometry::raw(const LineRun &run, bool extremes) {
  m_vertices.clear();
  m_hasLast = false;
  for (std::size_t i = run.begin; i < run.end; ++i)
    addPoint(m_line.points[i], extremes);
  return m_vertices;
}

const std::vector<SpanVertex> &LineGeometry::average(const LineRun &run) {
  m_vertices.clear();
  m_hasLast = false;
  for (std::size_t i = run.begin; i < run.end; ++i)
    addCorner(m_line.points[i].last_us, m_transform.x(m_line.points[i].last_us), m_line.points[i].average);
  return m_vertices;
}

const std::vector<BandVertex> &LineGeometry::band(const LineRun &run) {
  m_band.clear();
  const auto add = [this](TimeUs time, const SeriesPoint &point) {
    const auto y = [this](double value) {
      return static_cast<float>(std::clamp(m_transform.y(value), -kFarAway, kFarAway));
    };
    const double x = std::clamp(m_transform.x(time), -kFarAway, kFarAway);
    m_band.push_back({static_cast<float>(x), y(point.max), y(point.min)});
  };
  for (std::size_t i = run.begin; i < run.end; ++i) {
    add(m_line.points[i].first_us, m_line.points[i]);
    if (m_line.points[i].last_us != m_line.points[i].first_us)
      add(m_line.points[i].last_us, m_line.points[i]);
  }
  return m_band;
}

} // namespace meteorograph::ui
