// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SpanEdges.h"
#include "ui/charts/SpanVertex.h"

#include <cstddef>
#include <span>
#include <vector>

namespace meteorograph::ui {

/// Finds the edges of strokes: what a round pen along a line whose x never decreases touches, between
/// a highest and a lowest place at each x. Keeps its memory from one line to the next.
class SpanStroke {
public:
  /// The edges must have been prepared for the line.
  void trace(std::span<const SpanVertex> vertices, float radius, SpanEdges &edges);

private:
  /// The two sides of a segment.
  struct Side {
    float x = 0; ///< where the segment starts
    float y = 0;
    float end = 0;   ///< where it ends
    float half = 0;  ///< of its width
    float shift = 0; ///< its upper side lies so far to the right of it, the lower one to the left
    float slope = 0;
    float aside = 0; ///< straight up or down, from the segment to its sides
  };

  void findSides(std::span<const SpanVertex> vertices, float radius);
  void traceKnots(std::span<const SpanVertex> vertices, float radius, SpanEdges &edges);

  std::vector<Side> m_sides;   ///< room for those of the line at hand
  std::size_t m_sideCount = 0; ///< of them
};

/// The edges of an area between two lines; prepared for it.
void traceBand(std::span<const BandVertex> vertices, SpanEdges &edges);

} // namespace meteorograph::ui
