// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SpanRasterizer.h"

#include "ui/charts/DashPattern.h"

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr float kNowhere = 1e30F; // no line in this cell

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

/// Lays out cells over the columns that the line and its pen can touch inside of the clip.
void SpanRasterizer::prepare(float firstX, float lastX, float reach, int cellsPerColumn) {
  const auto left = static_cast<float>(m_clip.left()) - reach - 2;
  const auto right = static_cast<float>(m_clip.left() + m_clip.width()) + reach + 2;
  m_firstColumn = static_cast<int>(std::floor(std::clamp(firstX - reach - 1, left, right)));
  const int lastColumn = static_cast<int>(std::ceil(std::clamp(lastX + reach + 1, left, right)));
  m_columns = std::max(0, lastColumn - m_firstColumn + 1);
  m_cellsPerColumn = cellsPerColumn;
  m_cell = 1.0F / static_cast<float>(cellsPerColumn);
  const auto cells = static_cast<std::size_t>(m_columns * cellsPerColumn);
  m_top.assign(cells, kNowhere);
  m_bottom.assign(cells, -kNowhere);
}

/// Calls take(cell, y) with the segment's height at the middle of each cell that it passes.
template <class Take>
void SpanRasterizer::forEachCell(float x0, float y0, float x1, float y1, Take take) const {
  const auto count = static_cast<float>(m_top.size());
  const auto perColumn = static_cast<float>(m_cellsPerColumn);
  const float start = (x0 - static_cast<float>(m_firstColumn)) * perColumn - 0.5F;
  const float end = (x1 - static_cast<float>(m_firstColumn)) * perColumn - 0.5F;
  const auto first = static_cast<int>(std::ceil(std::clamp(start, 0.0F, count)));
  const auto last = static_cast<int>(std::ceil(std::clamp(end, 0.0F, count)));
  const float slope = first < last ? (y1 - y0) / (end - start) : 0;
  for (int cell = first; cell < last; ++cell)
    take(static_cast<std::size_t>(cell), y0 + (static_cast<float>(cell) - start) * slope);
}

/// Corners that stand out, and ends, count in full although they miss the middle of a cell.
void SpanRasterizer::sampleCorner(std::span<const SpanVertex> vertices, std::size_t index) {
  const SpanVertex &corner = vertices[index];
  const bool isEnd = index == 0 || index + 1 == vertices.size();
  const float before = isEnd ? corner.y : vertices[index - 1].y;
  const float after = isEnd ? corner.y : vertices[index + 1].y;
  const float place = (corner.x - static_cast<float>(m_firstColumn)) * static_cast<float>(m_cellsPerColumn);
  if (place < 0 || place >= static_cast<float>(m_top.size()))
    return;
  const auto cell = static_cast<std::size_t>(place);
  if (corner.y <= before && corner.y <= after)
    m_top[cell] = std::min(m_top[cell], corner.y);
  if (corner.y >= before && corner.y >= after)
    m_bottom[cell] = std::max(m_bottom[cell], corner.y);
}

void SpanRasterizer::sampleLine(std::span<const SpanVertex> vertices) {
  const auto both = [this](std::size_t cell, float y) {
    m_top[cell] = std::min(m_top[cell], y);
    m_bottom[cell] = std::max(m_bottom[cell], y);
  };
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    sampleCorner(vertices, i);
    if (i > 0)
      forEachCell(vertices[i - 1].x, vertices[i - 1].y, vertices[i].x, vertices[i].y, both);
  }
  for (std::size_t cell = 0; cell < m_top.size(); ++cell) { // a corner alone in its cell is top or bottom
    if (isNowhere(m_top[cell]) && !isNowhere(m_bottom[cell]))
      m_top[cell] = m_bottom[cell];
    if (isNowhere(m_bottom[cell]) && !isNowhere(m_top[cell]))
      m_bottom[cell] = m_top[cell];
  }
}

/// How far the pen's disc, rolling along the edge, reaches beyond it in this cell: the greatest of
/// the disc standing on the cells around, and leaning on the slope to either side. `sign` −1 looks
/// upwards, +1 downwards.
float SpanRasterizer::reachOf(const std::vector<float> &edge, std::size_t cell, float radius,
                              float sign) const {
  const auto size = static_cast<std::ptrdiff_t>(edge.size());
  const auto here = static_cast<std::ptrdiff_t>(cell);
  const auto at = [&](std::ptrdiff_t index) {
    return index < 0 || index >= size || isNowhere(edge[static_cast<std::size_t>(index)])
               ? -kNowhere
               : sign * edge[static_cast<std::size_t>(index)];
  };
  const auto taps = static_cast<std::ptrdiff_t>(m_offsets.size());
  const float middle = at(here);
  float best = middle > -kNowhere ? middle + radius : -kNowhere;
  for (std::ptrdiff_t tap = 1; tap < taps; ++tap)
    best =
        std::max(best, std::max(at(here - tap), at(here + tap)) + m_offsets[static_cast<std::size_t>(tap)]);
  const float part = radius / m_cell - static_cast<float>(taps - 1); // of a cell, to where the disc ends
  for (const std::ptrdiff_t side : {-1, 1}) {
    const float inner = at(here + side * (taps - 1));
    const float outer = at(here + side * taps);
    if (inner > -kNowhere && outer > -kNowhere)
      best = std::max(best, inner + (outer - inner) * part);
    const float slope = (at(here + side) - middle) / m_cell;
    const float lean = std::sqrt(1 + slope * slope);
    if (slope > 0 && middle > -kNowhere && slope * radius <= m_cell * lean)
      best = std::max(best, middle + radius * lean);
  }
  return best;
}

void SpanRasterizer::dilate(float radius) {
  m_offsets.clear();
  for (int tap = 0; static_cast<float>(tap) * m_cell <= radius; ++tap) {
    const float distance = static_cast<float>(tap) * m_cell;
    m_offsets.push_back(std::sqrt(radius * radius - distance * distance));
  }
  m_upper.resize(m_top.size());
  m_lower.resize(m_top.size());
  for (std::size_t cell = 0; cell < m_top.size(); ++cell) {
    m_upper[cell] = -reachOf(m_top, cell, radius, -1);
    m_lower[cell] = reachOf(m_bottom, cell, radius, 1);
  }
}

/// One edge within a cell: straight from half-way to the neighbour before, over the middle, to
/// half-way to the neighbour after.
void SpanRasterizer::addCell(const std::vector<float> &edge, std::size_t cell, float weight) {
  const float middle = edge[cell];
  const float before = cell > 0 && !isNowhere(edge[cell - 1]) ? edge[cell - 1] : middle;
  const float after = cell + 1 < edge.size() && !isNowhere(edge[cell + 1]) ? edge[cell + 1] : middle;
  const float left = (before + middle) / 2;
  const float right = (after + middle) / 2;
  if (std::abs(left + right - 2 * middle) < 0.1F) { // straight enough for one piece
    m_coverage.addEdge(left, right, weight);
    return;
  }
  m_coverage.addEdge(left, middle, weight / 2);
  m_coverage.addEdge(middle, right, weight / 2);
}

void SpanRasterizer::addColumn(int column) {
  const auto first = static_cast<std::size_t>(column * m_cellsPerColumn);
  for (std::size_t cell = first; cell < first + static_cast<std::size_t>(m_cellsPerColumn); ++cell) {
    if (isNowhere(m_upper[cell]) || isNowhere(m_lower[cell]))
      continue;
    addCell(m_upper, cell, m_cell);
    addCell(m_lower, cell, -m_cell);
  }
}

/// Where the line enters each column, and how long it is up to there. Columns that it does not
/// enter from the left keep the length of its first corner.
void SpanRasterizer::sampleColumnEdges(std::span<const SpanVertex> vertices) {
  m_columnEdges.assign(static_cast<std::size_t>(m_columns) + 1, vertices.front());
  int next = 0;
  const auto x = [&] { return static_cast<float>(m_firstColumn + next); };
  while (next <= m_columns && x() <= vertices.front().x)
    ++next;
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const SpanVertex &from = vertices[i - 1];
    const SpanVertex &to = vertices[i];
    for (; next <= m_columns && x() <= to.x; ++next) {
      const float share = (x() - from.x) / std::max(to.x - from.x, 1e-6F);
      m_columnEdges[static_cast<std::size_t>(next)] = {x(), from.y + (to.y - from.y) * share,
                                                       from.arc + (to.arc - from.arc) * share};
    }
  }
  for (; next <= m_columns; ++next)
    m_columnEdges[static_cast<std::size_t>(next)] = vertices.back();
}

/// A gentle line is dimmed by the share of the column that is on; in a steep one the pattern runs
/// along the rows.
void SpanRasterizer::blendDashed(int column, std::uint32_t pixel, const SpanPen &pen) {
  const auto index = static_cast<std::size_t>(column);
  const SpanVertex &in = m_columnEdges[index];
  const SpanVertex &out = m_columnEdges[index + 1];
  const DashPattern pattern{static_cast<float>(pen.dash), static_cast<float>(pen.gap)};
  const float alpha = blendShare(pen.colour, pen.opacity);
  const int x = m_firstColumn + column;
  if (out.arc - in.arc < 1.6F) {
    m_coverage.blend(x, pixel, alpha * pattern.shareOn(in.arc, out.arc));
    return;
  }
  const auto first = static_cast<std::size_t>(column * m_cellsPerColumn);
  float top = kNowhere;
  float bottom = -kNowhere;
  for (std::size_t cell = first; cell < first + static_cast<std::size_t>(m_cellsPerColumn); ++cell) {
    top = std::min({top, m_top[cell], in.y, out.y});
    bottom = std::max({bottom, m_bottom[cell], in.y, out.y});
  }
  const float stretch = std::min((out.arc - in.arc) / std::max(bottom - top, 1.0F), 1.5F);
  const bool down = in.y <= out.y;
  m_coverage.blend(x, pixel, alpha, [&](int y) {
    const float way = down ? static_cast<float>(y) - top : bottom - static_cast<float>(y) - 1;
    const float from = in.arc + way * stretch;
    return pattern.shareOn(from, from + stretch);
  });
}

void SpanRasterizer::fill(const SpanPen &pen) {
  const std::uint32_t pixel = opaquePixel(pen.colour);
  const float alpha = blendShare(pen.colour, pen.opacity);
  const int begin = std::max(0, m_clip.left() - m_firstColumn);
  const int end = std::min(m_columns, m_clip.left() + m_clip.width() - m_firstColumn);
  for (int column = begin; column < end; ++column) {
    addColumn(column);
    if (pen.dash > 0 && pen.gap > 0)
      blendDashed(column, pixel, pen);
    else
      m_coverage.blend(m_firstColumn + column, pixel, alpha);
  }
}

void SpanRasterizer::drawLine(std::span<const SpanVertex> vertices, const SpanPen &pen) {
  if (vertices.empty() || m_clip.isEmpty())
    return;
  if (vertices.size() == 1) {
    drawDot(vertices[0].x, vertices[0].y, pen.width, pen.colour, pen.opacity);
    return;
  }
  const auto radius = static_cast<float>(pen.width / 2);
  const float length = vertices.back().x - vertices.front().x;
  const bool isDense = static_cast<float>(vertices.size()) > length;
  prepare(vertices.front().x, vertices.back().x, radius, isDense ? 1 : 2);
  sampleLine(vertices);
  dilate(radius);
  if (pen.dash > 0 && pen.gap > 0)
    sampleColumnEdges(vertices);
  fill(pen);
}

void SpanRasterizer::drawBand(std::span<const BandVertex> vertices, const QColor &colour, double opacity) {
  if (vertices.size() < 2 || m_clip.isEmpty())
    return;
  prepare(vertices.front().x, vertices.back().x, 0, 1);
  const auto top = [this](std::size_t cell, float y) { m_top[cell] = std::min(m_top[cell], y); };
  const auto bottom = [this](std::size_t cell, float y) { m_bottom[cell] = std::max(m_bottom[cell], y); };
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const BandVertex &from = vertices[i - 1];
    const BandVertex &to = vertices[i];
    forEachCell(from.x, from.top, to.x, to.top, top);
    forEachCell(from.x, from.bottom, to.x, to.bottom, bottom);
  }
  m_upper = m_top;
  m_lower = m_bottom;
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
