// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanStroke.h"

#include "ui/charts/SpanLanes.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace meteorograph::ui {
namespace {

constexpr float kUpright = 1e-6F;    // pixels; a segment not wider is taken as upright
constexpr float kSeenSag = 1 / 20.F; // pixels; by less, sides do not reach beyond the discs at their ends

// Knots that are looked at together: as many columns as are filled together.
constexpr int kTogether = 8;
using Knots [[gnu::vector_size(32)]] = float;

/// The edges of a stroke at knots beside each other. Where a disc or a side does not reach, it is put
/// out of the way instead of left out, so that there are no branches.
struct KnotEdges {
  Knots x;
  Knots upper = Knots{} + kNoEdge;
  Knots lower = Knots{} + kNoEdge; ///< upside down

  void addDisc(const SpanVertex &middle, float square) {
    const Knots aside = x - middle.x;
    const Knots room = square - aside * aside;
    Knots height = room > 0 ? room : Knots{};
    for (int knot = 0; knot < kTogether; ++knot)
      height[knot] = std::sqrt(height[knot]);
    height = room < 0 ? Knots{} - kNoEdge : height;
    put(middle.y - height, -middle.y - height);
  }

  template <class Side> void addSides(const Side &side) {
    const Knots along = (x - side.x) * side.slope;
    const Knots half = x - side.x - side.half; // from the segment's middle
    const Knots above = side.y + along - side.aside;
    const Knots below = -side.y - along - side.aside;
    const Knots toRight = half - side.shift;
    const Knots toLeft = half + side.shift;
    put((toRight > side.half) | (toRight < -side.half) ? Knots{} + kNoEdge : above,
        (toLeft > side.half) | (toLeft < -side.half) ? Knots{} + kNoEdge : below);
  }

private:
  void put(const Knots &above, const Knots &below) {
    upper = above < upper ? above : upper;
    lower = below < lower ? below : lower;
  }
};

/// Of things ordered by x, those that reach a window that goes to the right.
struct Reach {
  std::size_t first = 0;
  std::size_t end = 0;

  template <class EndsBefore, class BeginsWithin>
  void follow(std::size_t count, EndsBefore endsBefore, BeginsWithin beginsWithin) {
    while (first < count && endsBefore(first))
      ++first;
    for (end = std::max(end, first); end < count && beginsWithin(end);)
      ++end;
  }
};

} // namespace

/// The pen's discs along the line have an edge that runs around the corners and along both sides of
/// the segments, but the discs at the ends of an upright or very short one hide its sides.
inline void SpanStroke::findSides(std::span<const SpanVertex> vertices, float radius) {
  const float hidden = 8 * radius * kSeenSag;
  m_sideCount = 0;
  for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
    const SpanVertex &from = vertices[i];
    const float dx = vertices[i + 1].x - from.x;
    const float dy = vertices[i + 1].y - from.y;
    const float square = dx * dx + dy * dy;
    const float length = std::max(std::sqrt(square), kUpright);
    const float inverse = 1 / (length * std::max(dx, kUpright)); // dividing is slow
    const float perPixel = length * inverse;
    m_sides[m_sideCount] = {from.x,
                            from.y,
                            from.x + dx,
                            dx / 2,
                            radius * dy * std::max(dx, kUpright) * inverse,
                            dy * perPixel,
                            radius * length * perPixel};
    m_sideCount += dx >= kUpright && square > hidden ? 1U : 0U; // without a branch: it would be a coin's toss
  }
}

/// Some knots at a time, which look only at the discs and sides that reach them.
inline void SpanStroke::traceKnots(std::span<const SpanVertex> vertices, float radius, SpanEdges &edges) {
  Reach discs;
  Reach sides;
  const auto knots = static_cast<std::size_t>(edges.knots);
  for (std::size_t knot = 0; knot < knots; knot += kTogether) {
    const float start = edges.knotX(static_cast<int>(knot));
    const float left = start - radius;
    const float right = start + radius + 0.5F * (kTogether - 1);
    KnotEdges at{start + Knots{0, 0.5F, 1, 1.5F, 2, 2.5F, 3, 3.5F}};
    discs.follow(
        vertices.size(), [&](std::size_t i) { return vertices[i].x < left; },
        [&](std::size_t i) { return vertices[i].x <= right; });
    for (std::size_t i = discs.first; i < discs.end; ++i)
      at.addDisc(vertices[i], radius * radius);
    sides.follow(
        m_sideCount, [&](std::size_t i) { return m_sides[i].end < left; },
        [&](std::size_t i) { return m_sides[i].x <= right; });
    for (std::size_t i = sides.first; i < sides.end; ++i)
      at.addSides(m_sides[i]);
    std::memcpy(&edges.upper[knot], &at.upper, sizeof at.upper);
    std::memcpy(&edges.lower[knot], &at.lower, sizeof at.lower);
  }
}

void SpanStroke::trace(std::span<const SpanVertex> vertices, float radius, SpanEdges &edges) {
  m_sides.resize(std::max(m_sides.size(), vertices.size()));
  withWidestLanes([&] {
    findSides(vertices, radius);
    traceKnots(vertices, radius, edges);
  });
}

void traceBand(std::span<const BandVertex> vertices, SpanEdges &edges) {
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const BandVertex &from = vertices[i - 1];
    const BandVertex &to = vertices[i];
    const float perPixel = 1 / std::max(to.x - from.x, kUpright);
    const float topSlope = (to.top - from.top) * perPixel;
    const float bottomSlope = (to.bottom - from.bottom) * perPixel;
    int knot = edges.knotBefore(from.x);
    if (knot < 0 || edges.knotX(knot) < from.x)
      ++knot;
    for (const int last = edges.knotBefore(to.x); knot <= last; ++knot) {
      const float way = edges.knotX(knot) - from.x;
      float &upper = edges.upper[static_cast<std::size_t>(knot)];
      float &lower = edges.lower[static_cast<std::size_t>(knot)];
      upper = std::min(upper, from.top + way * topSlope);
      lower = std::min(lower, -from.bottom - way * bottomSlope);
    }
  }
}

} // namespace meteorograph::ui
