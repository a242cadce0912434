// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/FlowSparkline.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QPainter>
#include <QPainterPath>

namespace meteorograph::ui {

FlowSparkline::FlowSparkline(QWidget *parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FlowSparkline::add(TimeUs time, double rowsPerSecond) {
  m_samples.push_back({time, rowsPerSecond});
  while (m_samples.front().time_us < time - kMinute)
    m_samples.pop_front();
  setAccessibleName(tr("Flow, now %1").arg(formatRowRate(rowsPerSecond)));
  update();
}

void FlowSparkline::paintEvent(QPaintEvent *) {
  const ChartTheme &theme = themeOf(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF area = QRectF(rect()).adjusted(1, 4, -1, -2);
  painter.setPen(QPen(theme.grid, 1));
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  if (m_samples.size() < 2)
    return;
  double most = 1;
  for (const Sample &sample : m_samples)
    most = std::max(most, sample.rows);
  most *= 1.2;
  const TimeUs newest = m_samples.back().time_us;
  QPolygonF line;
  for (const Sample &sample : m_samples)
    line << QPointF(area.right() - area.width() * static_cast<double>(newest - sample.time_us) / kMinute,
                    area.bottom() - area.height() * sample.rows / most);
  QPainterPath filled;
  filled.addPolygon(line);
  filled.lineTo(line.last().x(), area.bottom());
  filled.lineTo(line.first().x(), area.bottom());
  QColor shade = theme.accent;
  shade.setAlphaF(0.15F);
  painter.fillPath(filled, shade);
  painter.setPen(QPen(theme.accent, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(line);
}

} // namespace meteorograph::ui
