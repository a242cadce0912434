// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/SpanLanes.h"

#include <limits>

namespace meteorograph::ui {

/// A line across four pixel columns, given by its heights at every half pixel (nine of them): how
/// much of each pixel lies below it. In each half column it is taken as straight, and its pixels'
/// shares as rising evenly over as many rows as have the spread of the exact ones.
class SpanEdge {
public:
  /// The heights are times `sign`.
  SpanEdge(const float *knots, float sign) {
    const Floats start = loadEverySecond(knots) * sign;
    const Floats middle = loadEverySecond(knots + 1) * sign;
    const Floats end = loadEverySecond(knots + 2) * sign;
    setPiece(0, start, middle);
    setPiece(1, middle, end);
  }

  /// Of the row, 0 to 1.
  Floats below(float row) const {
    return between(m_perRow[0] * row + m_atZero[0], 0, 0.5F) +
           between(m_perRow[1] * row + m_atZero[1], 0, 0.5F);
  }

  float firstTouched() const { return least(m_top); }  ///< rows above it have nothing below the edge
  float lastTouched() const { return most(m_bottom); } ///< rows after it are full

private:
  void setPiece(int piece, Floats from, Floats to) {
    const Floats rise = to - from;
    const Floats rows = root(1 + rise * rise);
    const Floats middle = (from + to) * 0.5F - 0.5F; // of rows by their middles
    m_perRow[piece] = 0.5F / rows;
    m_atZero[piece] = 0.25F - middle * m_perRow[piece];
    m_top = lesser(m_top, middle - rows * 0.5F);
    m_bottom = greater(m_bottom, middle + rows * 0.5F);
  }

  Floats m_perRow[2];
  Floats m_atZero[2];
  Floats m_top = floats(std::numeric_limits<float>::max());
  Floats m_bottom = floats(std::numeric_limits<float>::lowest());
};

} // namespace meteorograph::ui
