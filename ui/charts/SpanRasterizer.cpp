// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanRasterizer.h"

#include "ui/charts/DashPattern.h"
#include "ui/charts/SpanCoverage.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

namespace meteorograph::ui {
namespace {

constexpr int kPrefetched = 16; // pixels; lines are rarely in the nearest cache and go on to the right
constexpr int kWorthwhile = 2;  // rows inside of both edges for which three loops are better than one
constexpr float kThinnest = 1;  // pixels; thinner lines are drawn so wide, but fainter

/// Straight alpha is folded into the blending share, so the pixel itself is opaque.
std::uint32_t opaquePixel(const QColor &colour) { return colour.rgb() | 0xff000000U; }

float blendShare(const QColor &colour, double opacity) {
  return static_cast<float>(256 * std::clamp(opacity * static_cast<double>(colour.alphaF()), 0.0, 1.0));
}

/// [from, to) of an image.
struct Rows {
  int from = 0;
  int to = 0;
  int count() const { return to - from; }
};

/// Four columns of a stroke, or what there is of them, filled row by row. Where rows in the middle lie
/// wholly inside, each row is crossed by one edge at most.
class ColumnFiller {
public:
  ColumnFiller(const SpanEdges &edges, int column, const QRect &clip)
      : m_upper(&edges.upper[static_cast<std::size_t>(column) * 2], 1),
        m_lower(&edges.lower[static_cast<std::size_t>(column) * 2], -1),
        m_bytes(static_cast<std::size_t>(std::min(kLanes, edges.columns - column)) * sizeof(std::uint32_t)) {
    const auto top = static_cast<float>(clip.top());
    const auto bottom = static_cast<float>(clip.top() + clip.height());
    m_first = rowAfter(std::clamp(m_upper.firstTouched(), top, bottom));
    m_end = std::max(m_first, rowAfter(std::clamp(m_lower.lastTouched(), top, bottom)));
    const auto from = static_cast<float>(m_first);
    const auto to = static_cast<float>(m_end);
    m_belowUpper = rowAfter(std::clamp(m_upper.lastTouched(), from, to));
    m_atLower = rowAfter(std::clamp(m_lower.firstTouched(), from, to));
  }

  /// `pixels` is the first of the columns in row 0; `shareOf` gives how much of the colour goes to
  /// the inside of a row, 0 to 256, and is asked row by row.
  template <class ShareOf>
  void fill(std::uint32_t *pixels, std::ptrdiff_t stride, std::uint32_t colour, ShareOf shareOf,
            Rows without = {}) const {
    const Pixels pixel = Pixels{} + colour;
    std::uint32_t *target = pixels + m_first * stride;
    const auto rows = [&](int from, int to, auto coverageOf) {
      for (int y = from; y < to; ++y, target += stride) {
        __builtin_prefetch(target + kPrefetched, 1);
        const auto row = static_cast<float>(y);
        blendInto(target, pixel, whole(coverageOf(row) * shareOf(row) + 0.5F));
      }
    };
    if (m_atLower - m_belowUpper < kWorthwhile) {
      rows(m_first, m_end,
           [this](float row) { return greater(m_upper.below(row) - m_lower.below(row), Floats{}); });
      return;
    }
    rows(m_first, m_belowUpper, [this](float row) { return m_upper.below(row); });
    const auto inside = [](float) { return floats(1); };
    if (without.count() > 0) {
      rows(m_belowUpper, without.from, inside);
      target += without.count() * stride;
      rows(without.to, m_atLower, inside);
    } else {
      rows(m_belowUpper, m_atLower, inside);
    }
    rows(m_atLower, m_end, [this](float row) { return 1 - m_lower.below(row); });
  }

  int firstRow() const { return m_first; }
  /// The rows that lie wholly inside.
  Rows inside() const { return {m_belowUpper, m_atLower}; }

private:
  /// The first row at or below a height that is not negative.
  static int rowAfter(float height) {
    const auto row = static_cast<int>(height);
    return row + (static_cast<float>(row) < height ? 1 : 0);
  }

  void blendInto(std::uint32_t *target, Pixels pixel, Ints share) const {
    Pixels there{};
    if (m_bytes == sizeof there) {
      std::memcpy(&there, target, sizeof there);
      there = blend(there, pixel, share);
      std::memcpy(target, &there, sizeof there);
    } else {
      std::memcpy(&there, target, m_bytes);
      there = blend(there, pixel, share);
      std::memcpy(target, &there, m_bytes);
    }
  }

  SpanEdge m_upper;
  SpanEdge m_lower;
  std::size_t m_bytes; ///< of the columns that belong to the line
  int m_first;         ///< row that is touched
  int m_belowUpper;    ///< row that lies wholly below the upper edge
  int m_atLower;       ///< row that the lower edge touches
  int m_end;           ///< row after the last
};

// Columns of which the rows inside are filled across: where bands are high, that is most of the work.
constexpr int kAcross = 16;
constexpr int kHigh = 8; // rows from which on that is worth while

/// Eight pixels beside each other.
using PixelRow [[gnu::vector_size(32)]] = std::uint32_t;
using ChannelRow [[gnu::vector_size(32)]] = std::uint16_t;

/// Blends the same share, of 256, of the same colour into a block of kAcross columns.
inline void fillBlock(std::uint32_t *corner, std::ptrdiff_t stride, int rows, std::uint32_t colour,
                      std::uint16_t share) {
  const PixelRow pixel = PixelRow{} + colour;
  const ChannelRow off = ChannelRow{} + static_cast<std::uint16_t>(256 - share);
  const ChannelRow redBlue = reinterpret_cast<ChannelRow>(pixel & 0x00ff00ffU) * share;
  const ChannelRow alphaGreen = reinterpret_cast<ChannelRow>((pixel >> 8) & 0x00ff00ffU) * share;
  for (int row = 0; row < rows; ++row, corner += stride)
    for (int column = 0; column < kAcross; column += 8) {
      PixelRow there;
      std::memcpy(&there, corner + column, sizeof there);
      const auto low = reinterpret_cast<ChannelRow>(there & 0x00ff00ffU) * off + redBlue;
      const auto high = reinterpret_cast<ChannelRow>((there >> 8) & 0x00ff00ffU) * off + alphaGreen;
      there = reinterpret_cast<PixelRow>(low >> 8) | (reinterpret_cast<PixelRow>(high) & 0xff00ff00U);
      std::memcpy(corner + column, &there, sizeof there);
    }
}

} // namespace

SpanRasterizer::SpanRasterizer(QImage &image, const QRectF &clip)
    : m_clip(clip.toAlignedRect() & image.rect()), m_pixels(reinterpret_cast<std::uint32_t *>(image.bits())),
      m_stride(image.bytesPerLine() / 4) {
  Q_ASSERT(image.depth() == 32);
  readyForLanes();
}

inline void SpanRasterizer::fill(const SpanPen &pen) {
  const std::uint32_t colour = opaquePixel(pen.colour);
  const float alpha = blendShare(pen.colour, pen.opacity);
  const auto share = [alpha](float) { return alpha; };
  for (int column = 0; column < m_edges.columns; column += kAcross) {
    std::uint32_t *pixels = m_pixels + m_edges.firstColumn + column;
    std::array<std::optional<ColumnFiller>, kAcross / kLanes> parts;
    Rows block{m_clip.top(), m_clip.top() + m_clip.height()};
    for (int part = 0; part < kAcross / kLanes && column + part * kLanes < m_edges.columns; ++part) {
      const ColumnFiller &filler =
          parts[static_cast<std::size_t>(part)].emplace(m_edges, column + part * kLanes, m_clip);
      block = {std::max(block.from, filler.inside().from), std::min(block.to, filler.inside().to)};
    }
    const bool isBlock = column + kAcross <= m_edges.columns && block.count() >= kHigh;
    if (isBlock)
      fillBlock(pixels + block.from * m_stride, m_stride, block.count(), colour,
                static_cast<std::uint16_t>(alpha + 0.5F));
    for (int part = 0; part < kAcross / kLanes && parts[static_cast<std::size_t>(part)]; ++part)
      parts[static_cast<std::size_t>(part)]->fill(pixels + part * kLanes, m_stride, colour, share,
                                                  isBlock ? block : Rows());
  }
}

inline void SpanRasterizer::fillDashed(const SpanPen &pen) {
  const std::uint32_t colour = opaquePixel(pen.colour);
  const float alpha = blendShare(pen.colour, pen.opacity);
  const DashPattern pattern(static_cast<float>(pen.dash), static_cast<float>(pen.gap));
  for (int column = 0; column < m_edges.columns; column += kLanes) {
    const DashWeights weights = m_dashes.weights(column, pattern, static_cast<float>(pen.width / 2));
    const ColumnFiller filler(m_edges, column, m_clip);
    std::uint32_t *pixels = m_pixels + m_edges.firstColumn + column;
    if (weights.areEven()) {
      filler.fill(pixels, m_stride, colour, [share = weights.even * alpha](float) { return share; });
      continue;
    }
    const Floats even = weights.even * alpha;
    const Floats perRate = weights.perRate * alpha;
    Floats on = pattern.onUntil(weights.start + weights.rate * static_cast<float>(filler.firstRow()));
    filler.fill(pixels, m_stride, colour, [&](float row) {
      const Floats before = on;
      on = pattern.onUntil(weights.start + weights.rate * (row + 1));
      return even + perRate * (on - before);
    });
  }
}

void SpanRasterizer::drawLine(std::span<const SpanVertex> vertices, const SpanPen &pen) {
  if (vertices.empty() || m_clip.isEmpty())
    return;
  SpanPen wide = pen;
  wide.width = std::max<double>(pen.width, kThinnest);
  wide.opacity *= pen.width / wide.width;
  if (vertices.size() == 1) {
    drawDot(vertices[0].x, vertices[0].y, wide.width, wide.colour, wide.opacity);
    return;
  }
  const auto radius = static_cast<float>(wide.width / 2);
  m_edges.prepare(m_clip, vertices.front().x - radius, vertices.back().x + radius);
  m_stroke.trace(vertices, radius, m_edges);
  if (!m_edges.closeEnds())
    return;
  if (wide.dash <= 0 || wide.gap <= 0)
    return withWidestLanes([&] { fill(wide); });
  m_dashes.follow(vertices, m_edges);
  withWidestLanes([&] { fillDashed(wide); });
}

void SpanRasterizer::drawBand(std::span<const BandVertex> vertices, const QColor &colour, double opacity) {
  if (vertices.size() < 2 || m_clip.isEmpty())
    return;
  m_edges.prepare(m_clip, vertices.front().x, vertices.back().x);
  traceBand(vertices, m_edges);
  if (m_edges.closeEnds())
    withWidestLanes([&] { fill({colour, opacity, 0, 0, 0}); });
}

/// Each pixel's column in four slices, each exact at its ends.
void SpanRasterizer::drawDot(float x, float y, double diameter, const QColor &colour, double opacity) {
  const auto radius = static_cast<float>(std::max(diameter, 0.5) / 2);
  const Pixels pixel = Pixels{} + opaquePixel(colour);
  const float alpha = blendShare(colour, opacity) / kLanes;
  const auto reach = [](float middle, float by, int from, int to) {
    const auto place = [&](float at) {
      return std::clamp(at, static_cast<float>(from), static_cast<float>(to));
    };
    return std::pair(static_cast<int>(place(middle - by)), static_cast<int>(std::ceil(place(middle + by))));
  };
  const auto [left, right] = reach(x, radius, m_clip.left(), m_clip.left() + m_clip.width());
  const auto [top, bottom] = reach(y, radius, m_clip.top(), m_clip.top() + m_clip.height());
  for (int column = left; column < right; ++column) {
    const Floats aside = static_cast<float>(column) - x + Floats{0.125F, 0.375F, 0.625F, 0.875F};
    const Floats height = root(greater(radius * radius - aside * aside, Floats{}));
    for (int row = top; row < bottom; ++row) {
      const Floats above = greater(y - height, floats(static_cast<float>(row)));
      const Floats below = lesser(y + height, floats(static_cast<float>(row) + 1));
      const Floats inside = greater(below - above, Floats{});
      const float share = (inside[0] + inside[1] + inside[2] + inside[3]) * alpha;
      std::uint32_t &target = m_pixels[column + row * m_stride];
      target = blend(Pixels{} + target, pixel, Ints{} + static_cast<int>(share + 0.5F))[0];
    }
  }
}

} // namespace meteorograph::ui
