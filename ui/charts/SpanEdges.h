// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

#include <cstddef>
#include <vector>

namespace meteorograph::ui {

/// The upper and lower edge of one stroke or band inside of a clip: heights in device pixels at every
/// half pixel, which are called knots. Kept from one stroke to the next, so that memory is asked for
/// once.
struct SpanEdges {
  int firstColumn = 0;      ///< of pixels
  int columns = 0;          ///< that the stroke may touch
  int firstKnot = 0;        ///< twice the x of knot 0
  int knots = 0;            ///< one more than twice the columns
  std::vector<float> upper; ///< heights of the upper edge at the knots, and some beyond
  std::vector<float> lower; ///< of the lower edge, negative: the upper edge upside down

  /// Lays out columns from one x to the other inside of the clip; no stroke is at any knot yet.
  void prepare(const QRect &clip, float firstX, float lastX);
  /// Beyond its ends the stroke is nothing at its last middle, so that it tapers off to there within
  /// half a pixel. False if it touches no knot.
  bool closeEnds();

  float knotX(int knot) const { return static_cast<float>(knot + firstKnot) * 0.5F; }
  /// The last knot at or before x; −1 before the first, the last one after it.
  int knotBefore(float x) const;
};

/// The height where no stroke is.
inline constexpr float kNoEdge = 1e30F;

} // namespace meteorograph::ui
