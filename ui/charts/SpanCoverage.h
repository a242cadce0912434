// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace meteorograph::ui {

/// Exact coverage of one pixel column at a time: begin() names the rows, addEdge() says along which
/// straight pieces the filled area opens (positive weight) and closes (negative) going down,
/// blend() puts it into the image. Keeps the change of coverage from row to row, so a tall filled
/// span costs its two ends and one pass of blending. Everything is inline: it runs a hundred
/// thousand times a frame.
class SpanCoverage {
public:
  SpanCoverage(QImage &image, const QRect &clip)
      : m_top(clip.top()), m_end(clip.top() + clip.height()),
        m_pixels(reinterpret_cast<std::uint32_t *>(image.bits())), m_stride(image.bytesPerLine() / 4),
        m_change(static_cast<std::size_t>(std::max(0, clip.height()) + 2)) {}

  /// The next column's edges lie between these heights.
  void begin(float highest, float lowest) {
    m_first = clampRow(highest);
    m_last = clampRow(lowest) + 1; // an edge's change spreads over two rows
  }

  /// The area below an edge that runs from y0 to y1 gains `weight` of coverage.
  void addEdge(float y0, float y1, float weight) {
    if (y0 > y1)
      std::swap(y0, y1);
    if (y0 < static_cast<float>(m_top) || y1 > static_cast<float>(m_end))
      addClipped(y0, y1, weight);
    else
      addInside(y0, y1, weight);
  }

  /// Blends the column and forgets it. `alpha` 256 is full.
  void blend(int x, std::uint32_t pixel, float alpha) {
    float coverage = 0;
    std::uint32_t share = 0;
    std::uint32_t *target = m_pixels + x + m_first * m_stride;
    const int last = std::min(m_last, m_end - 1);
    for (int y = m_first; y <= last; ++y, target += m_stride) {
      if (float &delta = change(y); delta != 0) { // inside of a tall span nothing changes
        coverage += delta;
        delta = 0;
        share = shareOf(coverage * alpha);
      }
      blendPixel(*target, pixel, share);
    }
    forgetBelow(last);
  }

  /// The same with a weight of 0 to 1 for each row: weightOf(y).
  template <class RowWeight> void blend(int x, std::uint32_t pixel, float alpha, RowWeight weightOf) {
    float coverage = 0;
    std::uint32_t *target = m_pixels + x + m_first * m_stride;
    const int last = std::min(m_last, m_end - 1);
    for (int y = m_first; y <= last; ++y, target += m_stride) {
      coverage += std::exchange(change(y), 0.0F);
      blendPixel(*target, pixel, shareOf(coverage * weightOf(y) * alpha));
    }
    forgetBelow(last);
  }

  /// The usual case at once: a column whose edges are nearly level, at their mean heights.
  void blendLevel(int x, std::uint32_t pixel, float alpha, float upper, float lower) {
    upper = std::clamp(upper, static_cast<float>(m_top), static_cast<float>(m_end));
    lower = std::clamp(lower, static_cast<float>(m_top), static_cast<float>(m_end));
    const int last = static_cast<int>(lower);
    int y = static_cast<int>(upper);
    std::uint32_t *target = m_pixels + x + y * m_stride;
    if (y == last) {
      if (y < m_end)
        blendPixel(*target, pixel, shareOf(alpha * (lower - upper)));
      return;
    }
    blendPixel(*target, pixel, shareOf(alpha * (static_cast<float>(y + 1) - upper)));
    const std::uint32_t full = shareOf(alpha);
    for (++y, target += m_stride; y < last; ++y, target += m_stride)
      blendPixel(*target, pixel, full);
    if (last < m_end)
      blendPixel(*target, pixel, shareOf(alpha * (lower - static_cast<float>(last))));
  }

private:
  float &change(int row) { return m_change[static_cast<std::size_t>(row - m_top)]; }
  int clampRow(float y) const {
    return static_cast<int>(std::clamp(y, static_cast<float>(m_top), static_cast<float>(m_end)));
  }

  void forgetBelow(int row) {
    for (int y = row + 1; y <= m_last; ++y)
      change(y) = 0;
  }

  /// What lies above the clip covers every row; what lies below, none.
  void addClipped(float y0, float y1, float weight) {
    const auto top = static_cast<float>(m_top);
    const auto end = static_cast<float>(m_end);
    if (y0 >= end)
      return;
    if (y1 <= top) {
      change(m_top) += weight;
      return;
    }
    const float perPixel = weight / std::max(y1 - y0, 1e-6F);
    if (y0 < top)
      change(m_top) += perPixel * (top - y0);
    y0 = std::max(y0, top);
    y1 = std::min(y1, end);
    addInside(y0, y1, perPixel * (y1 - y0));
  }

  /// Mean over the piece of clamp(row + 1 − y, 0, 1), written as its change from row to row.
  void addInside(float y0, float y1, float weight) {
    const int first = static_cast<int>(y0);
    const int last = static_cast<int>(y1);
    const float above = static_cast<float>(first + 1) - y0; // of the first row, below y0
    const float below = y1 - static_cast<float>(last);      // of the last row, above y1
    float *row = &change(first);
    if (first == last) {
      const float mean = (above + 1 - below) / 2;
      row[0] += weight * mean;
      row[1] += weight * (1 - mean);
      return;
    }
    const float perRow = weight / (y1 - y0);
    const float atFirst = above * above / 2 * perRow;
    const float atLast = weight - below * below / 2 * perRow;
    const int count = last - first;
    row[0] += atFirst;
    if (count == 1) {
      row[1] += atLast - atFirst;
    } else {
      row[1] += (above + 0.5F) * perRow - atFirst;
      for (int i = 2; i < count; ++i)
        row[i] += perRow;
      row[count] += atLast - (weight - (0.5F + below) * perRow);
    }
    row[count + 1] += weight - atLast;
  }

  static std::uint32_t shareOf(float alpha) {
    return static_cast<std::uint32_t>(static_cast<int>(std::clamp(alpha + 0.5F, 0.0F, 256.0F)));
  }
  static void blendPixel(std::uint32_t &target, std::uint32_t pixel, std::uint32_t share) {
    const std::uint32_t rest = 256 - share;
    const std::uint32_t redBlue = ((target & 0xff00ff) * rest + (pixel & 0xff00ff) * share) >> 8;
    const std::uint32_t alphaGreen = ((target >> 8) & 0xff00ff) * rest + ((pixel >> 8) & 0xff00ff) * share;
    target = (redBlue & 0xff00ff) | (alphaGreen & 0xff00ff00);
  }

  int m_top;
  int m_end; ///< the row after the last
  std::uint32_t *m_pixels;
  std::ptrdiff_t m_stride;     ///< pixels from row to row
  std::vector<float> m_change; ///< of coverage, from the row above; two rows more than the clip
  int m_first = 0;
  int m_last = -1;
};

} // namespace meteorograph::ui
