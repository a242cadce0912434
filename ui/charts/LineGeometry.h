// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/PlotTransform.h"
#include "ui/charts/SpanRasterizer.h"

#include <span>
#include <vector>

namespace meteorograph::ui {

/// A stretch of a SeriesLine without a break: points [begin, end), at least one.
struct LineRun {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Room for one line's corners, lent to one LineGeometry after the other, so that memory is asked for
/// once a picture. Larger than what the line at hand needs.
struct LineRoom {
  std::vector<SpanVertex> vertices;
  std::vector<TimeUs> times; ///< of the vertices
  std::vector<BandVertex> band;
};

/// Turns a SeriesLine into corners in pixels, the same for span and vector drawing. Refers to the
/// line and the room: what it returns holds until anything else is put there. Vertices far outside
/// of the plot are cut off on the way, so that floats suffice.
class LineGeometry {
public:
  /// `dashLength` is one dash and one gap: the length of a line starts anew, at a whole number of
  /// dashes, in each stretch of time, so that dashes do not creep while the range moves.
  LineGeometry(const SeriesLine &line, const PlotTransform &transform, double dashLength, LineRoom &room);

  /// Runs that touch the plot, with the neighbours outside of it to which their lines lead.
  const std::vector<LineRun> &runs() const { return m_runs; }

  /// Through every value: first, minimum, maximum and last of each column; or only first and last,
  /// where a band shows the rest.
  std::span<const SpanVertex> raw(const LineRun &run, bool extremes);
  std::span<const SpanVertex> average(const LineRun &run);
  const std::vector<BandVertex> &band(const LineRun &run);
  /// Gives each vertex of the line that was asked for last the length up to it, which only dashes need.
  void measure();

private:
  void findRuns();
  void begin(std::size_t corners);
  void addPoint(const SeriesPoint &point, bool extremes);
  template <class ValueOf> std::size_t addInside(std::size_t i, std::size_t end, ValueOf valueOf);
  void addCorner(TimeUs time, double x, double value);
  void addCut(TimeUs time, double x, double y);
  void append(TimeUs time, double x, double y);
  bool isVisible(const LineRun &run) const;
  TimeUs endOf(const LineRun &run) const;
  void hold(TimeUs time, double value);
  std::span<const SpanVertex> corners() const { return {m_room.vertices.data(), m_corners}; }

  const SeriesLine &m_line;
  PlotTransform m_transform;
  double m_left; ///< where lines are cut off
  double m_right;
  double m_dashLength;
  int m_stretchBits; ///< a stretch is two to the power of them, in microseconds
  std::vector<LineRun> m_runs;
  LineRoom &m_room;
  std::size_t m_corners = 0; ///< in the room
  bool m_hasLast = false;    ///< of the corner added last, seen or cut off
  double m_lastX = 0;
  double m_lastY = 0;
};

} // namespace meteorograph::ui
