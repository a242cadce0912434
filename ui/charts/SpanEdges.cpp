// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanEdges.h"

#include "ui/charts/SpanLanes.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

bool isThere(float height) { return height < kNoEdge / 10; }

} // namespace

/// Some knots more, so that the last columns can be read as whole lanes.
void SpanEdges::prepare(const QRect &clip, float firstX, float lastX) {
  const auto left = static_cast<float>(clip.left());
  const auto right = static_cast<float>(clip.left() + clip.width());
  firstColumn = static_cast<int>(std::floor(std::clamp(firstX, left, right)));
  columns = static_cast<int>(std::ceil(std::clamp(lastX, left, right))) - firstColumn;
  firstKnot = firstColumn * 2;
  knots = columns * 2 + 1;
  const auto room = static_cast<std::size_t>(knots + 2 * kLanes);
  upper.assign(room, kNoEdge);
  lower.assign(room, kNoEdge);
}

int SpanEdges::knotBefore(float x) const {
  const float knot = x * 2 - static_cast<float>(firstKnot);
  const float place = std::clamp(knot + 1, 0.0F, static_cast<float>(knots));
  return static_cast<int>(place) - 1; // not below 0 before, so that casting rounds down
}

bool SpanEdges::closeEnds() {
  const auto end = upper.begin() + knots;
  const auto first = std::find_if(upper.begin(), end, isThere);
  if (first == end)
    return false;
  auto last = end - 1;
  while (!isThere(*last))
    --last;
  const auto put = [this](std::ptrdiff_t from, std::ptrdiff_t to, std::ptrdiff_t beside) {
    const auto index = static_cast<std::size_t>(beside);
    const float middle = (upper[index] - lower[index]) / 2;
    std::fill(upper.begin() + from, upper.begin() + to, middle);
    std::fill(lower.begin() + from, lower.begin() + to, -middle);
  };
  put(0, first - upper.begin(), first - upper.begin());
  put(last + 1 - upper.begin(), static_cast<std::ptrdiff_t>(upper.size()), last - upper.begin());
  return true;
}

} // namespace meteorograph::ui
