// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/Sparkline.h"

#include "ui/charts/ValueFit.h"

#include <QPainter>

#include <algorithm>
#include <vector>

namespace meteorograph::ui {

namespace {

constexpr std::size_t kLeastStrokes = 8; // fewer minutes are no line

using Stroke = std::pair<std::size_t, std::size_t>; // from a minute to a later one

/// From each minute that has a value to the next that has one, without those across a gap: more than 2.5
/// times as far as is usual, as in the charts.
std::vector<Stroke> strokesOf(const Sparkline::Hour &hour) {
  std::vector<Stroke> strokes;
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < hour.size(); ++i) {
    if (!hour[i])
      continue;
    if (last)
      strokes.emplace_back(*last, i);
    last = i;
  }
  if (strokes.empty())
    return strokes;
  std::vector<std::size_t> steps;
  for (const auto &[from, to] : strokes)
    steps.push_back(to - from);
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  std::erase_if(strokes, [usual = *middle](const Stroke &stroke) {
    return 2 * (stroke.second - stroke.first) > 5 * usual;
  });
  return strokes;
}

} // namespace

Sparkline::Sparkline(QWidget *parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMaximumWidth(220);
  setAccessibleName(tr("The last hour"));
  setToolTip(accessibleName());
}

void Sparkline::show(const Hour &hour, const QColor &colour) {
  if (hour == m_hour && colour == m_colour)
    return;
  m_hour = hour;
  m_colour = colour;
  update();
}

bool Sparkline::hasLine() const { return strokesOf(m_hour).size() >= kLeastStrokes; }

void Sparkline::paintEvent(QPaintEvent *) {
  ValueExtent extent;
  for (const std::optional<double> &minute : m_hour)
    if (minute)
      extent.add(*minute);
  if (extent.empty())
    return;
  const QRectF area = QRectF(rect()).adjusted(4, 6, -4, -6);
  const double span = extent.high > extent.low ? extent.high - extent.low : 1;
  const auto at = [&](std::size_t i) {
    return QPointF(area.left() + area.width() * static_cast<double>(i) / 59,
                   area.bottom() - area.height() * (*m_hour[i] - extent.low) / span);
  };
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(m_colour, 1.5, Qt::SolidLine, Qt::RoundCap));
  for (const auto &[from, to] : strokesOf(m_hour))
    painter.drawLine(at(from), at(to));
  std::size_t last = m_hour.size() - 1;
  while (!m_hour[last]) // the extent has one
    --last;
  painter.setPen(Qt::NoPen);
  painter.setBrush(m_colour);
  painter.drawEllipse(at(last), 2.5, 2.5);
}

} // namespace meteorograph::ui
