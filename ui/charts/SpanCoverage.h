// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

#include <cstdint>
#include <vector>

namespace meteorograph::ui {

/// Exact coverage of one pixel column at a time. Edges are added as straight pieces that say where
/// the filled area begins (opening) or ends (closing) going down; then the column is blended into
/// the image. Keeps the change of coverage from row to row, so a tall filled span costs its two
/// ends and one pass of blending.
class SpanCoverage {
public:
  SpanCoverage(QImage &image, const QRect &clip);

  /// The area below an edge that runs from y0 to y1 gains `weight` of coverage (negative: loses).
  void addEdge(float y0, float y1, float weight);
  /// Blends the column into the image and starts the next. `alpha` 0 to 256 is full coverage.
  void blend(int x, std::uint32_t pixel, float alpha);
  /// The same with a weight for each row: weightOf(y) gives 0 to 1.
  template <class RowWeight> void blend(int x, std::uint32_t pixel, float alpha, RowWeight weightOf);

private:
  void addInside(float y0, float y1, float weight);
  void put(int row, float weight) {
    m_change[static_cast<std::size_t>(row - m_clip.top())] += weight;
    m_first = row < m_first ? row : m_first;
    m_last = row > m_last ? row : m_last;
  }
  static void blendPixel(std::uint32_t &target, std::uint32_t pixel, std::uint32_t alpha) {
    const std::uint32_t rest = 256 - alpha;
    const std::uint32_t redBlue = ((target & 0xff00ff) * rest + (pixel & 0xff00ff) * alpha) >> 8;
    const std::uint32_t alphaGreen = ((target >> 8) & 0xff00ff) * rest + ((pixel >> 8) & 0xff00ff) * alpha;
    target = (redBlue & 0xff00ff) | (alphaGreen & 0xff00ff00);
  }

  QRect m_clip;
  std::uint32_t *m_pixels;
  std::ptrdiff_t m_stride;     ///< pixels from row to row
  std::vector<float> m_change; ///< of coverage, from the row above; two rows more than the clip
  int m_first;
  int m_last;
};

template <class RowWeight>
void SpanCoverage::blend(int x, std::uint32_t pixel, float alpha, RowWeight weightOf) {
  float coverage = 0;
  std::uint32_t *target = m_pixels + x + m_first * m_stride;
  for (int y = m_first; y <= m_last; ++y, target += m_stride) {
    float &change = m_change[static_cast<std::size_t>(y - m_clip.top())];
    coverage += change;
    change = 0;
    if (coverage < 0.002F || y > m_clip.bottom())
      continue;
    const float weight = coverage * weightOf(y) * alpha;
    const auto share = static_cast<std::uint32_t>(weight + 0.5F);
    if (share > 0)
      blendPixel(*target, pixel, share > 256 ? 256 : share);
  }
  m_first = m_clip.bottom() + 3;
  m_last = m_clip.top() - 1;
}

inline void SpanCoverage::blend(int x, std::uint32_t pixel, float alpha) {
  blend(x, pixel, alpha, [](int) { return 1.0F; });
}

} // namespace meteorograph::ui
