// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanCoverage.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {

SpanCoverage::SpanCoverage(QImage &image, const QRect &clip)
    : m_clip(clip & image.rect()), m_pixels(reinterpret_cast<std::uint32_t *>(image.bits())),
      m_stride(image.bytesPerLine() / 4),
      m_change(static_cast<std::size_t>(std::max(0, m_clip.height()) + 2)), m_first(m_clip.bottom() + 3),
      m_last(m_clip.top() - 1) {}

/// Cuts off what lies above the clip (it covers every row) and below (it covers none).
void SpanCoverage::addEdge(float y0, float y1, float weight) {
  if (y0 > y1)
    std::swap(y0, y1);
  const auto top = static_cast<float>(m_clip.top());
  const auto bottom = static_cast<float>(m_clip.top() + m_clip.height());
  if (y0 >= bottom)
    return;
  if (y1 <= top) {
    put(m_clip.top(), weight);
    return;
  }
  const float whole = weight / std::max(y1 - y0, 1e-6F);
  if (y0 < top) {
    put(m_clip.top(), whole * (top - y0));
    weight = whole * (y1 - top);
    y0 = top;
  }
  if (y1 > bottom) {
    weight = whole * (bottom - y0);
    y1 = bottom;
  }
  addInside(y0, y1, weight);
}

/// Mean over the piece of clamp(row + 1 − y, 0, 1), written as its change from row to row.
void SpanCoverage::addInside(float y0, float y1, float weight) {
  const int first = static_cast<int>(y0);
  const int last = static_cast<int>(y1);
  const float above = static_cast<float>(first + 1) - y0; // of the first row, below y0
  const float below = y1 - static_cast<float>(last);      // of the last row, above y1
  if (first == last) {
    const float mean = (above + 1 - below) / 2;
    put(first, weight * mean);
    put(first + 1, weight * (1 - mean));
    return;
  }
  const float perRow = weight / (y1 - y0);
  const float atFirst = above * above / 2 * perRow;
  const float beforeLast = weight - (0.5F + below) * perRow;
  const float atLast = weight - (below * below / 2) * perRow;
  put(first, atFirst);
  if (last == first + 1) {
    put(last, atLast - atFirst);
  } else {
    const float second = (above + 0.5F) * perRow;
    put(first + 1, second - atFirst);
    for (int row = first + 2; row < last; ++row)
      m_change[static_cast<std::size_t>(row - m_clip.top())] += perRow;
    put(last, atLast - beforeLast);
  }
  put(last + 1, weight - atLast);
}

} // namespace meteorograph::ui
