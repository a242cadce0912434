// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/LineGeometry.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kOutside = 64;        // pixels beyond the plot at which lines are cut off
constexpr double kFarAway = 1e6;       // pixels; floats still tell a sixteenth of one apart
constexpr double kStretchPixels = 128; // about how often dashes start anew

constexpr std::size_t kFetched = 64; // points ahead
constexpr std::size_t kCuts = 4;     // corners that cutting may add

/// A stretch is a power of two, so that it stays the same while the range moves or grows a bit.
int stretchBits(double pixelsPerUs) {
  return static_cast<int>(std::clamp(std::ceil(std::log2(kStretchPixels / pixelsPerUs)), 0.0, 60.0));
}

} // namespace

LineGeometry::LineGeometry(const SeriesLine &line, const PlotTransform &transform, double dashLength,
                           LineRoom &room)
    : m_line(line), m_transform(transform), m_left(transform.plot().left() - kOutside),
      m_right(transform.plot().right() + kOutside), m_dashLength(dashLength),
      m_stretchBits(stretchBits(transform.pixelsPerUs())), m_room(room) {
  findRuns();
}

/// A value that holds until the next one makes steps.
TimeUs LineGeometry::endOf(const LineRun &run) const {
  return std::max(m_line.points[run.end - 1].last_us, m_line.held_until_us);
}

bool LineGeometry::isVisible(const LineRun &run) const {
  return m_transform.x(endOf(run)) >= m_left && m_transform.x(m_line.points[run.begin].first_us) <= m_right;
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

void LineGeometry::begin(std::size_t corners) {
  const std::size_t room = std::max(m_room.vertices.size(), corners + kCuts);
  m_room.vertices.resize(room);
  m_room.times.resize(room);
  m_corners = 0;
  m_hasLast = false;
}

inline void LineGeometry::append(TimeUs time, double x, double y) {
  y = std::clamp(y, -kFarAway, kFarAway);
  m_room.vertices[m_corners] = {static_cast<float>(x), static_cast<float>(y), 0};
  m_room.times[m_corners] = time;
  ++m_corners;
}

void LineGeometry::measure() {
  double arc = 0;
  TimeUs lastStretch = kNoTime;
  for (std::size_t i = 0; i < m_corners; ++i) {
    if (i > 0) {
      const float dx = m_room.vertices[i].x - m_room.vertices[i - 1].x;
      const float dy = m_room.vertices[i].y - m_room.vertices[i - 1].y;
      arc += static_cast<double>(std::sqrt(dx * dx + dy * dy)); // hypot is five times slower
    }
    const TimeUs stretch = m_room.times[i] >> m_stretchBits;
    if (m_dashLength > 0 && stretch != lastStretch)
      arc = std::round(arc / m_dashLength) * m_dashLength;
    lastStretch = stretch;
    m_room.vertices[i].arc = static_cast<float>(arc);
  }
}

inline void LineGeometry::addCorner(TimeUs time, double x, double value) {
  const double y = m_transform.y(value);
  if (x >= m_left && x <= m_right && (!m_hasLast || m_lastX >= m_left))
    append(time, x, y);
  else
    addCut(time, x, y);
  m_hasLast = true;
  m_lastX = x;
  m_lastY = y;
}

/// Cuts the segment to the new corner at the outside limits.
void LineGeometry::addCut(TimeUs time, double x, double y) {
  const auto yAt = [&](double at) { return m_lastY + (y - m_lastY) * (at - m_lastX) / (x - m_lastX); };
  if (x < m_left)
    return;
  if (m_hasLast && m_lastX < m_left)
    append(time, m_left, yAt(m_left));
  if (x <= m_right)
    append(time, x, y);
  else if (m_hasLast && m_lastX <= m_right)
    append(time, m_right, yAt(m_right));
}

/// The order of the extremes is the one that makes the shorter way. Within a pixel their bar says
/// all that can be seen.
inline void LineGeometry::addPoint(const SeriesPoint &point, bool extremes) {
  if (point.first_us == point.last_us && point.min == point.max)
    return addCorner(point.first_us, m_transform.x(point.first_us), point.first);
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

/// Adds a corner for each point from `i` on, up to the first that does not lie inside of the limits with a
/// corner inside before it, or of which `valueOf` gives nothing; returns that one. Most points come this
/// way, so everything is at hand in registers, and points are fetched before they are needed.
template <class ValueOf>
inline std::size_t LineGeometry::addInside(std::size_t i, std::size_t end, ValueOf valueOf) {
  if (!m_hasLast || m_lastX < m_left || m_lastX > m_right)
    return i;
  const PlotTransform transform = m_transform;
  const SeriesPoint *points = m_line.points.data();
  SpanVertex *vertex = m_room.vertices.data() + m_corners;
  TimeUs *time = m_room.times.data() + m_corners;
  const double right = m_right;
  double x = m_lastX;
  double y = m_lastY;
  for (; i < end; ++i, ++vertex, ++time) {
    __builtin_prefetch(points + i + kFetched);
    const SeriesPoint &point = points[i];
    const double *const value = valueOf(point);
    const double next = transform.x(point.last_us);
    if (value == nullptr || next > right)
      break;
    x = next;
    y = transform.y(*value);
    *vertex = {static_cast<float>(x), static_cast<float>(std::clamp(y, -kFarAway, kFarAway)), 0};
    *time = point.last_us;
  }
  m_corners = static_cast<std::size_t>(vertex - m_room.vertices.data());
  m_lastX = x;
  m_lastY = y;
  return i;
}

void LineGeometry::hold(TimeUs time, double value) { addCorner(time, m_transform.x(time), value); }

std::span<const SpanVertex> LineGeometry::raw(const LineRun &run, bool extremes) {
  const bool holds = m_line.held_until_us != kNoTime;
  begin((extremes ? 4 : 2) * (run.end - run.begin) + (holds ? run.end - run.begin + 1 : 0));
  for (std::size_t i = run.begin; i < run.end; ++i) {
    if (!holds)
      i = addInside(i, run.end, [](const SeriesPoint &point) {
        return point.first_us == point.last_us && point.min == point.max ? &point.first : nullptr;
      });
    else if (i > run.begin)
      hold(m_line.points[i].first_us, m_line.points[i - 1].last);
    if (i < run.end)
      addPoint(m_line.points[i], extremes);
  }
  if (holds)
    hold(endOf(run), m_line.points[run.end - 1].last);
  return corners();
}

std::span<const SpanVertex> LineGeometry::average(const LineRun &run) {
  const bool holds = m_line.held_until_us != kNoTime;
  begin((holds ? 2 : 1) * (run.end - run.begin) + 1);
  for (std::size_t i = run.begin; i < run.end; ++i) {
    if (!holds)
      i = addInside(i, run.end, [](const SeriesPoint &point) { return &point.average; });
    else if (i > run.begin)
      hold(m_line.points[i].last_us, m_line.points[i - 1].average);
    if (i < run.end)
      addCorner(m_line.points[i].last_us, m_transform.x(m_line.points[i].last_us), m_line.points[i].average);
  }
  if (holds)
    hold(endOf(run), m_line.points[run.end - 1].average);
  return corners();
}

const std::vector<BandVertex> &LineGeometry::band(const LineRun &run) {
  m_room.band.clear();
  const auto add = [this](TimeUs time, const SeriesPoint &point) {
    const auto y = [this](double value) {
      return static_cast<float>(std::clamp(m_transform.y(value), -kFarAway, kFarAway));
    };
    const double x = std::clamp(m_transform.x(time), -kFarAway, kFarAway);
    m_room.band.push_back({static_cast<float>(x), y(point.max), y(point.min)});
  };
  for (std::size_t i = run.begin; i < run.end; ++i) {
    if (m_line.held_until_us != kNoTime && i > run.begin) { // nothing varies while a value holds
      SeriesPoint held = m_line.points[i - 1];
      held.min = held.max = held.last;
      add(held.last_us, held);
      add(m_line.points[i].first_us, held);
    }
    add(m_line.points[i].first_us, m_line.points[i]);
    if (m_line.points[i].last_us != m_line.points[i].first_us)
      add(m_line.points[i].last_us, m_line.points[i]);
  }
  return m_room.band;
}

} // namespace meteorograph::ui
