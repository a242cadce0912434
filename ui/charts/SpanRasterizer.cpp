// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanRasterizer.h"

#include "ui/charts/DashPattern.h"
#include "ui/charts/SpanCoverage.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr float kNowhere = 1e30F; // no stroke at this knot
constexpr int kPrefetched = 16;   // pixels; lines are rarely in the nearest cache and go on to the right
constexpr float kThinnest = 1;    // pixels; thinner lines are drawn so wide, but fainter
constexpr float kGentle = 1.6F;   // length of line in a column up to which its dashes go by columns
constexpr float kTip = 0.5F;      // length that stands for a column in which a line ends
constexpr float kUpright = 1e-6F; // pixels; a segment not wider is taken as upright
constexpr float kSteep = 4;       // length from which on its pen reaches well into columns beside it

bool isNowhere(float value) { return value > 1e29F; }

/// Straight alpha is folded into the blending share, so the pixel itself is opaque.
std::uint32_t opaquePixel(const QColor &colour) { return colour.rgb() | 0xff000000U; }

float blendShare(const QColor &colour, double opacity) {
  return static_cast<float>(256 * std::clamp(opacity * static_cast<double>(colour.alphaF()), 0.0, 1.0));
}

} // namespace

/// What dashes leave of each column and row: `even` of all rows of the column, or what is on of
/// `rate` of line in each row.
struct SpanRasterizer::Weights {
  Floats even{};
  Floats start{};
  Floats rate{};
  Floats perRate{};
};

/// A corner, and the segment to the next one.
struct SpanRasterizer::Piece {
  float x = 0;
  float y = 0;
  float half = -1; ///< of the segment's width; negative where it has no sides to draw
  float shift = 0; ///< its upper edge lies so far to the right of it, the lower one to the left
  float slope = 0;
  float aside = 0; ///< straight up or down, from the segment to its edges
};

SpanRasterizer::SpanRasterizer(QImage &image, const QRectF &clip)
    : m_clip(clip.toAlignedRect() & image.rect()), m_pixels(reinterpret_cast<std::uint32_t *>(image.bits())),
      m_stride(image.bytesPerLine() / 4) {
  Q_ASSERT(image.depth() == 32);
  readyForLanes();
}

SpanRasterizer::~SpanRasterizer() = default;

/// Lays out columns from one x to the other inside of the clip, and their knots; some more, so that
/// the last columns can be read as four.
void SpanRasterizer::prepare(float firstX, float lastX) {
  const auto left = static_cast<float>(m_clip.left());
  const auto right = static_cast<float>(m_clip.left() + m_clip.width());
  m_firstColumn = static_cast<int>(std::floor(std::clamp(firstX, left, right)));
  m_columns = static_cast<int>(std::ceil(std::clamp(lastX, left, right))) - m_firstColumn;
  m_firstKnot = m_firstColumn * 2;
  m_knots = m_columns * 2 + 1;
  const auto room = static_cast<std::size_t>(m_knots + 2 * kLanes);
  m_upper.assign(room, kNowhere);
  m_lower.assign(room, kNowhere);
}

int SpanRasterizer::knotBefore(float x) const {
  const float knot = x * 2 - static_cast<float>(m_firstKnot);
  const float place = std::clamp(knot + 1, 0.0F, static_cast<float>(m_knots));
  return static_cast<int>(place) - 1; // not below 0 before, so that casting rounds down
}

/// The pen's discs along the line have an edge that runs around the corners and along both sides of
/// the segments. Here is what both need of a corner and the segment after it.
void SpanRasterizer::findPieces(std::span<const SpanVertex> vertices, float radius) {
  m_pieces.resize(vertices.size());
  for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
    const SpanVertex &from = vertices[i];
    const float dx = vertices[i + 1].x - from.x;
    const float dy = vertices[i + 1].y - from.y;
    if (dx < kUpright) { // its sides lie between the discs at its ends
      m_pieces[i] = {from.x, from.y};
      continue;
    }
    const float length = std::sqrt(dx * dx + dy * dy);
    const float perPixel = 1 / dx;
    m_pieces[i] = {from.x, from.y, dx / 2, radius * dy / length, dy * perPixel, radius * length * perPixel};
  }
  m_pieces.back() = {vertices.back().x, vertices.back().y};
}

/// The edges at four knots beside each other, of all pieces from `piece` to `end`. Where a disc or a
/// side does not reach, it is put out of the way instead of left out, so that there are no branches.
void SpanRasterizer::strokeKnots(std::size_t knot, std::size_t piece, std::size_t end, float square) {
  const Floats x = floats(knotX(static_cast<int>(knot))) + Floats{0, 0.5F, 1, 1.5F};
  Floats upper = floats(kNowhere);
  Floats lower = floats(kNowhere);
  for (; piece < end; ++piece) {
    const Piece &at = m_pieces[piece];
    const Floats right = x - at.x;
    const Floats room = square - right * right;
    const Floats height = root(greater(room, Floats{})) + where(room < 0, -kNowhere);
    upper = lesser(upper, at.y - height);
    lower = lesser(lower, -at.y - height);
    const Floats along = right * at.slope;
    const Floats half = right - at.half; // from the segment's middle
    upper = lesser(upper, at.y + along - at.aside + where(distance(half, at.shift) > at.half, kNowhere));
    lower = lesser(lower, -at.y - along - at.aside + where(distance(half, -at.shift) > at.half, kNowhere));
  }
  store(&m_upper[knot], upper);
  store(&m_lower[knot], lower);
}

/// Each four knots look only at the pieces that reach them; both go from left to right.
void SpanRasterizer::stroke(std::span<const SpanVertex> vertices, float radius) {
  findPieces(vertices, radius);
  std::size_t first = 0;
  std::size_t end = 0;
  const auto knots = static_cast<std::size_t>(m_knots);
  for (std::size_t knot = 0; knot < knots; knot += kLanes) {
    const float left = knotX(static_cast<int>(knot)) - radius;
    const float right = left + 2 * radius + 0.5F * (kLanes - 1);
    while (first + 1 < vertices.size() && vertices[first + 1].x < left)
      ++first; // its segment ends before
    while (end < vertices.size() && vertices[end].x <= right)
      ++end;
    strokeKnots(knot, first, end, radius * radius);
  }
}

void SpanRasterizer::bandSegment(const BandVertex &from, const BandVertex &to) {
  const float perPixel = 1 / std::max(to.x - from.x, 1e-6F);
  const float topSlope = (to.top - from.top) * perPixel;
  const float bottomSlope = (to.bottom - from.bottom) * perPixel;
  int knot = knotBefore(from.x);
  if (knot < 0 || knotX(knot) < from.x)
    ++knot;
  for (const int last = knotBefore(to.x); knot <= last; ++knot) {
    const float way = knotX(knot) - from.x;
    float &upper = m_upper[static_cast<std::size_t>(knot)];
    float &lower = m_lower[static_cast<std::size_t>(knot)];
    upper = std::min(upper, from.top + way * topSlope);
    lower = std::min(lower, -from.bottom - way * bottomSlope);
  }
}

/// Where the line enters each column, and how long it is up to there. Columns that it does not
/// enter from the left keep the length of its first corner.
void SpanRasterizer::findCrossings(std::span<const SpanVertex> vertices) {
  m_crossings.assign(static_cast<std::size_t>(m_columns) + 1, vertices.front());
  int next = 0;
  const auto x = [&] { return static_cast<float>(m_firstColumn + next); };
  while (next <= m_columns && x() <= vertices.front().x)
    ++next;
  for (std::size_t i = 1; i < vertices.size() && next <= m_columns; ++i) {
    const SpanVertex &from = vertices[i - 1];
    const SpanVertex &to = vertices[i];
    if (x() > to.x)
      continue;
    const float perPixel = 1 / std::max(to.x - from.x, 1e-6F);
    for (; next <= m_columns && x() <= to.x; ++next) {
      const float share = (x() - from.x) * perPixel;
      m_crossings[static_cast<std::size_t>(next)] = {x(), from.y + (to.y - from.y) * share,
                                                     from.arc + (to.arc - from.arc) * share};
    }
  }
  for (; next <= m_columns; ++next)
    m_crossings[static_cast<std::size_t>(next)] = vertices.back();
}

float SpanRasterizer::lengthIn(int column) const {
  const auto index = static_cast<std::size_t>(column);
  return column < 0 || column >= m_columns ? 0 : m_crossings[index + 1].arc - m_crossings[index].arc;
}

/// What a steep neighbour's pen leaves in a column follows the neighbour.
int SpanRasterizer::steepestAround(int column) const {
  int steepest = column;
  for (const int other : {column - 1, column + 1})
    if (lengthIn(other) > kSteep && lengthIn(other) > 2 * lengthIn(steepest))
      steepest = other;
  return steepest;
}

/// A gentle line is dimmed by the share of the column that is on; in a steep one the pattern runs
/// along the rows.
SpanRasterizer::Weights SpanRasterizer::dashes(int firstColumn, const DashPattern &pattern,
                                               float radius) const {
  Weights weights;
  Floats arc{};
  Floats end = floats(kTip);
  for (int lane = 0; lane < std::min(kLanes, m_columns - firstColumn); ++lane) {
    const auto index = static_cast<std::size_t>(steepestAround(firstColumn + lane));
    const SpanVertex &in = m_crossings[index];
    const SpanVertex &out = m_crossings[index + 1];
    const float way = out.arc - in.arc;
    arc[lane] = in.arc;
    end[lane] = std::max(out.arc, in.arc + kTip);
    if (way < kGentle)
      continue;
    const float middle = m_upper[index * 2 + 1]; // reaches the highest corner, if the line turns here
    const float foot = -m_lower[index * 2 + 1];
    const float top = std::min({in.y, out.y, middle + radius});
    const float bottom = std::max({in.y, out.y, foot - radius});
    const float stretch = std::clamp(way / std::max(bottom - top, 1.0F), 1.0F, kGentle);
    weights.rate[lane] = in.y <= out.y ? stretch : -stretch; // of line length, by row
    weights.perRate[lane] = 1 / weights.rate[lane];
    weights.start[lane] = in.arc - (in.y <= out.y ? top : bottom) * weights.rate[lane];
  }
  const Floats share = pattern.shareOn(arc, end);
  weights.even = weights.rate == 0 ? share : Floats{};
  return weights;
}

/// Beyond its ends the stroke is nothing at its last middle, so that it tapers off to there within
/// half a pixel. False if it touches no knot.
bool SpanRasterizer::closeEnds() {
  const auto isThere = [](float height) { return !isNowhere(height); };
  const auto end = m_upper.begin() + m_knots;
  const auto first = std::find_if(m_upper.begin(), end, isThere);
  if (first == end)
    return false;
  auto last = end - 1;
  while (isNowhere(*last))
    --last;
  const auto put = [this](std::ptrdiff_t from, std::ptrdiff_t to, std::ptrdiff_t beside) {
    const auto index = static_cast<std::size_t>(beside);
    const float middle = (m_upper[index] - m_lower[index]) / 2;
    std::fill(m_upper.begin() + from, m_upper.begin() + to, middle);
    std::fill(m_lower.begin() + from, m_lower.begin() + to, -middle);
  };
  put(0, first - m_upper.begin(), first - m_upper.begin());
  put(last + 1 - m_upper.begin(), static_cast<std::ptrdiff_t>(m_upper.size()), last - m_upper.begin());
  return true;
}

/// Four columns, or what there is of them, row by row.
template <class WeightOf>
void SpanRasterizer::fillColumns(int column, std::uint32_t pixel, float alpha, WeightOf weightOf) {
  const auto knot = static_cast<std::size_t>(column) * 2;
  const SpanEdge upper(&m_upper[knot], 1);
  const SpanEdge lower(&m_lower[knot], -1);
  const auto top = static_cast<float>(m_clip.top());
  const auto bottom = static_cast<float>(m_clip.top() + m_clip.height());
  const int first = static_cast<int>(std::ceil(std::clamp(upper.firstTouched(), top, bottom)));
  const int end = static_cast<int>(std::ceil(std::clamp(lower.lastTouched(), top, bottom)));
  const auto bytes = static_cast<std::size_t>(std::min(kLanes, m_columns - column)) * sizeof(std::uint32_t);
  const Pixels colour = Pixels{} + pixel;
  std::uint32_t *target = m_pixels + m_firstColumn + column + first * m_stride;
  for (int y = first; y < end; ++y, target += m_stride) {
    __builtin_prefetch(target + kPrefetched, 1);
    const auto row = static_cast<float>(y);
    const Floats coverage = greater(upper.below(row) - lower.below(row), Floats{});
    const Ints share = whole(coverage * weightOf(row) * alpha + 0.5F);
    Pixels there{};
    if (bytes == sizeof there) {
      std::memcpy(&there, target, sizeof there);
      there = blend(there, colour, share);
      std::memcpy(target, &there, sizeof there);
    } else {
      std::memcpy(&there, target, bytes);
      there = blend(there, colour, share);
      std::memcpy(target, &there, bytes);
    }
  }
}

void SpanRasterizer::fill(const SpanPen &pen) {
  if (!closeEnds())
    return;
  const std::uint32_t pixel = opaquePixel(pen.colour);
  const float alpha = blendShare(pen.colour, pen.opacity);
  const DashPattern pattern(static_cast<float>(pen.dash), static_cast<float>(pen.gap));
  const bool isDashed = pen.dash > 0 && pen.gap > 0;
  for (int column = 0; column < m_columns; column += kLanes) {
    if (!isDashed) {
      fillColumns(column, pixel, alpha, [](float) { return 1.0F; });
      continue;
    }
    const Weights weights = dashes(column, pattern, static_cast<float>(pen.width / 2));
    fillColumns(column, pixel, alpha, [&](float row) {
      const Floats from = weights.start + weights.rate * row;
      return weights.even + weights.perRate * (pattern.onUntil(from + weights.rate) - pattern.onUntil(from));
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
  prepare(vertices.front().x - radius, vertices.back().x + radius);
  stroke(vertices, radius);
  if (wide.dash > 0 && wide.gap > 0)
    findCrossings(vertices);
  fill(wide);
}

void SpanRasterizer::drawBand(std::span<const BandVertex> vertices, const QColor &colour, double opacity) {
  if (vertices.size() < 2 || m_clip.isEmpty())
    return;
  prepare(vertices.front().x, vertices.back().x);
  for (std::size_t i = 1; i < vertices.size(); ++i)
    bandSegment(vertices[i - 1], vertices[i]);
  fill({colour, opacity, 0, 0, 0});
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
