// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/Sparkline.h"

#include "ui/charts/ValueFit.h"

#include <QPainter>

namespace meteorograph::ui {

namespace {
constexpr int kLeastStrokes = 8; // fewer minutes are no line
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

bool Sparkline::hasLine() const {
  int strokes = 0;
  for (std::size_t i = 1; i < m_hour.size(); ++i)
    strokes += m_hour[i] && m_hour[i - 1] ? 1 : 0;
  return strokes >= kLeastStrokes;
}

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
  std::size_t last = 0;
  for (std::size_t i = 0; i < m_hour.size(); ++i) {
    if (!m_hour[i])
      continue;
    if (i > 0 && m_hour[i - 1])
      painter.drawLine(at(i - 1), at(i));
    last = i;
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(m_colour);
  painter.drawEllipse(at(last), 2.5, 2.5);
}

} // namespace meteorograph::ui
