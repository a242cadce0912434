// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanDashes.h"

#include "ui/charts/SpanEdges.h"
#include "ui/charts/SpanVertex.h"

#include <algorithm>
#include <cstddef>

namespace meteorograph::ui {
namespace {

constexpr float kGentle = 1.6F;       // length of line in a column up to which its dashes go by columns
constexpr float kTip = 0.5F;          // length that stands for a column in which a line ends
constexpr float kSteep = 4;           // length from which on its pen reaches well into columns beside it
constexpr std::ptrdiff_t kBefore = 1; // columns that are kept before the first one

/// The line in four columns, one of which each pixel column follows.
struct Way {
  Floats inY;
  Floats outY;
  Floats inArc;
  Floats outArc;
  Floats middleUpper; ///< of the stroke's edges in the middle of the column
  Floats middleLower;

  Floats length() const { return outArc - inArc; }
  void take(Ints condition, const Way &other) {
    inY = condition ? other.inY : inY;
    outY = condition ? other.outY : outY;
    inArc = condition ? other.inArc : inArc;
    outArc = condition ? other.outArc : outArc;
    middleUpper = condition ? other.middleUpper : middleUpper;
    middleLower = condition ? other.middleLower : middleLower;
  }
};

} // namespace

void SpanDashes::follow(std::span<const SpanVertex> vertices, const SpanEdges &edges) {
  const auto room = static_cast<std::size_t>(edges.columns + 2 + 2 * kLanes);
  for (std::vector<float> *each : {&m_y, &m_arc, &m_upper, &m_lower})
    each->resize(room);
  findCrossings(vertices, edges.firstColumn, static_cast<std::size_t>(edges.columns));
  for (std::size_t column = 0; column < static_cast<std::size_t>(edges.columns); ++column) {
    m_upper[column + kBefore] = edges.upper[column * 2 + 1];
    m_lower[column + kBefore] = edges.lower[column * 2 + 1];
  }
}

/// Columns that the line does not enter from the left keep the length of its first corner.
void SpanDashes::findCrossings(std::span<const SpanVertex> vertices, int firstColumn, std::size_t columns) {
  std::size_t next = 0; // of the columns' left edges, and the right one of the last
  const auto x = [&] { return static_cast<float>(firstColumn + static_cast<int>(next)); };
  const auto put = [&](float y, float arc) {
    m_y[next + kBefore] = y;
    m_arc[next + kBefore] = arc;
    ++next;
  };
  while (next <= columns && x() <= vertices.front().x)
    put(vertices.front().y, vertices.front().arc);
  for (std::size_t i = 1; i < vertices.size() && next <= columns; ++i) {
    const SpanVertex &from = vertices[i - 1];
    const SpanVertex &to = vertices[i];
    if (x() > to.x)
      continue;
    const float perPixel = 1 / std::max(to.x - from.x, 1e-6F);
    while (next <= columns && x() <= to.x) {
      const float share = (x() - from.x) * perPixel;
      put(from.y + (to.y - from.y) * share, from.arc + (to.arc - from.arc) * share);
    }
  }
  while (next <= columns)
    put(vertices.back().y, vertices.back().arc);
  std::fill_n(m_y.begin(), kBefore, m_y[kBefore]);
  std::fill_n(m_arc.begin(), kBefore, m_arc[kBefore]);
  std::fill(m_y.begin() + kBefore + next, m_y.end(), m_y[kBefore + columns]);
  std::fill(m_arc.begin() + kBefore + next, m_arc.end(), m_arc[kBefore + columns]);
}

/// A gentle line is dimmed by the share of the column that is on; in a steep one the pattern runs
/// along the rows. What a steep neighbour's pen leaves in a column follows the neighbour.
DashWeights SpanDashes::weights(int firstColumn, const DashPattern &pattern, float radius) const {
  const auto wayAt = [&](int column) {
    const auto index = static_cast<std::size_t>(column + kBefore);
    return Way{load(&m_y[index]),       load(&m_y[index + 1]), load(&m_arc[index]),
               load(&m_arc[index + 1]), load(&m_upper[index]), load(&m_lower[index])};
  };
  Way way = wayAt(firstColumn);
  for (const int beside : {firstColumn - 1, firstColumn + 1}) {
    const Way other = wayAt(beside);
    way.take((other.length() > kSteep) & (other.length() > 2 * way.length()), other);
  }
  DashWeights weights;
  const Floats length = way.length();
  const Ints gentle = length < kGentle;
  // The middle reaches the highest corner, if the line turns here.
  const Floats top = lesser(lesser(way.inY, way.outY), way.middleUpper + radius);
  const Floats bottom = greater(greater(way.inY, way.outY), -way.middleLower - radius);
  const Floats stretch = between(length / greater(bottom - top, floats(1)), 1, kGentle);
  const Ints falls = way.inY <= way.outY;
  const Floats rate = falls ? stretch : -stretch; // of line length, by row
  weights.rate = gentle ? Floats{} : rate;
  weights.perRate = gentle ? Floats{} : 1 / rate;
  weights.start = gentle ? Floats{} : way.inArc - (falls ? top : bottom) * rate;
  const Floats share = pattern.shareOn(way.inArc, greater(way.outArc, way.inArc + kTip));
  weights.even = gentle ? share : Floats{};
  return weights;
}

} // namespace meteorograph::ui
