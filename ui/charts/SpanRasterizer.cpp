// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanRasterizer.h"

#include "ui/charts/DashPattern.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr float kNowhere = 1e30F;  // no stroke at this knot
constexpr float kStraight = 0.15F; // pixels off a straight line that nobody sees
constexpr float kThinnest = 1;     // pixels; thinner lines are drawn so wide, but fainter
constexpr float kLevel = 0.5F;     // rise of an edge in a column up to which its mean height will do
constexpr float kGentle = 1.6F;    // length of line in a column up to which its dashes go by columns
constexpr float kTip = 0.5F;       // length that stands for a column in which a line ends
constexpr float kSteep = 4;        // length from which on its pen reaches well into columns beside it

bool isNowhere(float value) { return std::abs(value) > 1e29F; }

/// Straight alpha is folded into the blending share, so the pixel itself is opaque.
std::uint32_t opaquePixel(const QColor &colour) { return colour.rgb() | 0xff000000U; }

float blendShare(const QColor &colour, double opacity) {
  return static_cast<float>(256 * std::clamp(opacity * colour.alphaF(), 0.0, 1.0));
}

} // namespace

SpanRasterizer::SpanRasterizer(QImage &image, const QRectF &clip)
    : m_clip(clip.toAlignedRect() & image.rect()), m_coverage(image, m_clip) {
  Q_ASSERT(image.depth() == 32);
}

/// Lays out columns from one x to the other inside of the clip, and their knots.
void SpanRasterizer::prepare(float firstX, float lastX) {
  const auto left = static_cast<float>(m_clip.left());
  const auto right = static_cast<float>(m_clip.left() + m_clip.width());
  m_firstColumn = static_cast<int>(std::floor(std::clamp(firstX, left, right)));
  m_columns = static_cast<int>(std::ceil(std::clamp(lastX, left, right))) - m_firstColumn;
  m_firstKnot = m_firstColumn * 2;
  const auto knots = static_cast<std::size_t>(m_columns) * 2 + 1;
  m_upper.assign(knots, kNowhere);
  m_lower.assign(knots, -kNowhere);
}

/// Each edge of a segment's stroke runs around the first corner, along the segment, and around the
/// second. All three are worked out at each knot and one is taken, so that the loop can use vector
/// instructions.
void SpanRasterizer::strokeSegment(const SpanVertex &from, const SpanVertex &to, float radius) {
  const float dx = to.x - from.x;
  const float dy = to.y - from.y;
  const float length = std::sqrt(dx * dx + dy * dy);
  const float ux = length > 0 ? dx / length : 1;
  const float uy = length > 0 ? dy / length : 0;
  const float slope = dx > 0 ? dy / dx : 0;
  const float shift =
      radius * uy; // the upper edge lies so far to the right of the segment, the lower to the left
  const float aside = radius * ux + shift * slope; // straight up or down, from the segment to its edges
  const float square = radius * radius;
  const int first = knotAfter(from.x - radius);
  const int count = knotBefore(to.x + radius) - first + 1;
  if (count <= 0)
    return;
  float *__restrict upper = &m_upper[static_cast<std::size_t>(first)];
  float *__restrict lower = &m_lower[static_cast<std::size_t>(first)];
  const float start = knotX(first) - from.x;
  const float fromY = from.y;
  const float toY = to.y;
  for (int i = 0; i < count; ++i) {
    const float a = start + static_cast<float>(i) * 0.5F; // to the right of each corner
    const float b = a - dx;
    const float aroundA = std::sqrt(std::abs(square - a * a)); // where it is negative it is not taken
    const float aroundB = std::sqrt(std::abs(square - b * b));
    const float along = fromY + a * slope;
    const float upA = fromY - aroundA;
    const float upB = toY - aroundB;
    const float downA = fromY + aroundA;
    const float downB = toY + aroundB;
    const float up = a < shift ? upA : b > shift ? upB : along - aside;
    const float down = a < -shift ? downA : b > -shift ? downB : along + aside;
    upper[i] = up < upper[i] ? up : upper[i];
    lower[i] = down > lower[i] ? down : lower[i];
  }
}

void SpanRasterizer::bandSegment(const BandVertex &from, const BandVertex &to) {
  const int first = knotAfter(from.x);
  const int count = knotBefore(to.x) - first + 1;
  if (count <= 0)
    return;
  const float perPixel = 1 / std::max(to.x - from.x, 1e-6F);
  const float topSlope = (to.top - from.top) * perPixel;
  const float bottomSlope = (to.bottom - from.bottom) * perPixel;
  float *upper = &m_upper[static_cast<std::size_t>(first)];
  float *lower = &m_lower[static_cast<std::size_t>(first)];
  for (int i = 0; i < count; ++i) {
    const float way = knotX(first + i) - from.x;
    upper[i] = std::min(upper[i], from.top + way * topSlope);
    lower[i] = std::max(lower[i], from.bottom + way * bottomSlope);
  }
}

/// One edge within a column, by its three knots.
void SpanRasterizer::addEdge(float start, float middle, float end, float weight) {
  if (std::abs(start + end - 2 * middle) < kStraight) {
    m_coverage.addEdge(start, end, weight);
    return;
  }
  m_coverage.addEdge(start, middle, weight / 2);
  m_coverage.addEdge(middle, end, weight / 2);
}

/// Half a column where the stroke ends between two knots: it tapers off to the missing one.
void SpanRasterizer::addTip(int knot) {
  const auto left = static_cast<std::size_t>(knot);
  const std::size_t there = isNowhere(m_upper[left]) ? left + 1 : left;
  const std::size_t other = left + left + 1 - there;
  if (isNowhere(m_upper[there]))
    return;
  const bool ends = isNowhere(m_upper[other]);
  const float tip = (m_upper[there] + m_lower[there]) / 2;
  m_coverage.addEdge(m_upper[there], ends ? tip : m_upper[other], 0.5F);
  m_coverage.addEdge(m_lower[there], ends ? tip : m_lower[other], -0.5F);
}

void SpanRasterizer::addColumn(int column) {
  const float *upper = &m_upper[static_cast<std::size_t>(column) * 2];
  const float *lower = &m_lower[static_cast<std::size_t>(column) * 2];
  m_coverage.begin(std::min({upper[0], upper[1], upper[2]}), std::max({lower[0], lower[1], lower[2]}));
  if (isNowhere(upper[0]) || isNowhere(upper[1]) || isNowhere(upper[2])) {
    addTip(column * 2);
    addTip(column * 2 + 1);
    return;
  }
  addEdge(upper[0], upper[1], upper[2], 1);
  addEdge(lower[0], lower[1], lower[2], -1);
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

bool SpanRasterizer::isLevel(const float *edge) const {
  return std::abs(edge[0] - edge[2]) < kLevel && std::abs(edge[0] - edge[1]) < kLevel && !isNowhere(edge[0]);
}

void SpanRasterizer::blendSolid(int column, std::uint32_t pixel, float alpha) {
  const float *upper = &m_upper[static_cast<std::size_t>(column) * 2];
  const float *lower = &m_lower[static_cast<std::size_t>(column) * 2];
  if (isLevel(upper) && isLevel(lower)) {
    m_coverage.blendLevel(m_firstColumn + column, pixel, alpha, (upper[0] + 2 * upper[1] + upper[2]) / 4,
                          (lower[0] + 2 * lower[1] + lower[2]) / 4);
    return;
  }
  addColumn(column);
  m_coverage.blend(m_firstColumn + column, pixel, alpha);
}

/// A gentle line is dimmed by the share of the column that is on; in a steep one the pattern runs
/// along the rows. What a steep neighbour's pen leaves in a column follows the neighbour.
void SpanRasterizer::blendDashed(int column, std::uint32_t pixel, float alpha, const DashPattern &pattern,
                                 float radius) {
  const auto length = [this](int at) {
    const auto index = static_cast<std::size_t>(at);
    return at < 0 || at >= m_columns ? 0.0F : m_crossings[index + 1].arc - m_crossings[index].arc;
  };
  int steepest = column;
  for (const int other : {column - 1, column + 1})
    if (length(other) > kSteep && length(other) > 2 * length(steepest))
      steepest = other;
  const auto index = static_cast<std::size_t>(steepest);
  const SpanVertex &in = m_crossings[index];
  const SpanVertex &out = m_crossings[index + 1];
  const float way = out.arc - in.arc;
  if (way < kGentle) {
    blendSolid(column, pixel, alpha * pattern.shareOn(in.arc, std::max(out.arc, in.arc + kTip)));
    return;
  }
  const float middle = m_upper[index * 2 + 1]; // reaches the highest corner, if the line turns here
  const float foot = m_lower[index * 2 + 1];
  const float top = std::min({in.y, out.y, isNowhere(middle) ? in.y : middle + radius});
  const float bottom = std::max({in.y, out.y, isNowhere(foot) ? in.y : foot - radius});
  const float stretch = std::clamp(way / std::max(bottom - top, 1.0F), 1.0F, kGentle);
  const float rate = in.y <= out.y ? stretch : -stretch; // of line length, by row
  const float start = in.arc - (in.y <= out.y ? top : bottom) * rate;
  addColumn(column);
  m_coverage.blend(m_firstColumn + column, pixel, alpha, [&](int y) {
    const float from = start + static_cast<float>(y) * rate;
    return (pattern.onUntil(from + rate) - pattern.onUntil(from)) / rate;
  });
}

void SpanRasterizer::fill(const SpanPen &pen) {
  const std::uint32_t pixel = opaquePixel(pen.colour);
  const float alpha = blendShare(pen.colour, pen.opacity);
  const DashPattern pattern(static_cast<float>(pen.dash), static_cast<float>(pen.gap));
  const bool isDashed = pen.dash > 0 && pen.gap > 0;
  for (int column = 0; column < m_columns; ++column)
    if (isDashed)
      blendDashed(column, pixel, alpha, pattern, static_cast<float>(pen.width / 2));
    else
      blendSolid(column, pixel, alpha);
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
  for (std::size_t i = 1; i < vertices.size(); ++i)
    strokeSegment(vertices[i - 1], vertices[i], radius);
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

/// Four slices a column, each exact at its edges.
void SpanRasterizer::drawDot(float x, float y, double diameter, const QColor &colour, double opacity) {
  constexpr int kSlices = 4;
  const auto radius = static_cast<float>(std::max(diameter, 0.5) / 2);
  const auto height = [&](float at) {
    const float distance = at - x;
    return std::sqrt(std::max(0.0F, radius * radius - distance * distance));
  };
  const int first = std::max(m_clip.left(), static_cast<int>(std::floor(x - radius)));
  const int last = std::min(m_clip.left() + m_clip.width() - 1, static_cast<int>(std::floor(x + radius)));
  for (int column = first; column <= last; ++column) {
    m_coverage.begin(y - radius, y + radius);
    for (int slice = 0; slice < kSlices; ++slice) {
      const float left = static_cast<float>(column) + static_cast<float>(slice) / kSlices;
      const float leftHeight = height(left);
      const float rightHeight = height(left + 1.0F / kSlices);
      m_coverage.addEdge(y - leftHeight, y - rightHeight, 1.0F / kSlices);
      m_coverage.addEdge(y + leftHeight, y + rightHeight, -1.0F / kSlices);
    }
    m_coverage.blend(column, opaquePixel(colour), blendShare(colour, opacity));
  }
}

} // namespace meteorograph::ui
