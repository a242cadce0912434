// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/DashPattern.h"

#include <cstddef>
#include <span>
#include <vector>

namespace meteorograph::ui {

struct SpanEdges;
struct SpanVertex;

/// What dashes leave of four columns, row by row: `even` of all rows of a column, or what is on of
/// `rate` of line in each row.
struct DashWeights {
  Floats even{};
  Floats start{};
  Floats rate{};
  Floats perRate{};

  bool areEven() const { return most(distance(rate, 0)) == 0; }
};

/// Knows of one line how long it is where it enters each pixel column, and so where its dashes lie.
/// Keeps its memory from one line to the next.
class SpanDashes {
public:
  /// Takes the line's way through the columns; its edges must have been traced and closed.
  void follow(std::span<const SpanVertex> vertices, const SpanEdges &edges);
  /// Of four columns, for a pen of this radius.
  DashWeights weights(int firstColumn, const DashPattern &pattern, float radius) const;

private:
  void findCrossings(std::span<const SpanVertex> vertices, int firstColumn, std::size_t columns);

  // Of each column, with a few more at both ends, where the line goes no further.
  std::vector<float> m_y;     ///< where the line enters it
  std::vector<float> m_arc;   ///< its length so far
  std::vector<float> m_upper; ///< the stroke's upper edge in its middle
  std::vector<float> m_lower; ///< its lower one, upside down
};

} // namespace meteorograph::ui
