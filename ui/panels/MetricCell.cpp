// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/MetricCell.h"

#include "ui/Theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace meteorograph::ui {

namespace {
constexpr int kTextHeight = 15;
constexpr int kFontPixels = 11;
} // namespace

MetricCell::MetricCell(const QString &name, const QString &tip, QWidget *parent)
    : QWidget(parent), m_name(name) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMaximumHeight(52);
  setToolTip(tip);
  setAccessibleName(name);
}

void MetricCell::show(const QString &value, std::vector<double> history) {
  if (value == m_value && history == m_history)
    return;
  m_value = value;
  m_history = std::move(history);
  setAccessibleName(m_name + QLatin1Char(' ') + m_value);
  update();
}

void MetricCell::paintEvent(QPaintEvent *) {
  const ChartTheme &theme = themeOf(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF text(0, 0, width(), kTextHeight);
  painter.setFont(fontOf(*this, kFontPixels, QFont::Medium));
  painter.setPen(theme.text);
  painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, m_value);
  const QRectF left = text.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(m_value) - 6, 0);
  painter.setFont(fontOf(*this, kFontPixels, QFont::Normal));
  painter.setPen(theme.dim);
  painter.drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(m_name, Qt::ElideRight, static_cast<int>(left.width())));
  const QRectF area = QRectF(rect()).adjusted(0.5, kTextHeight + 2, -0.5, -1.5);
  painter.setPen(QPen(theme.grid, 1));
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  paintLine(painter, area);
}

void MetricCell::paintLine(QPainter &painter, const QRectF &area) const {
  if (m_history.size() < 2)
    return;
  const double most = *std::max_element(m_history.begin(), m_history.end());
  if (most <= 0)
    return;
  const ChartTheme &theme = themeOf(palette());
  const double step = area.width() / static_cast<double>(m_history.size() - 1);
  QPolygonF line;
  for (std::size_t i = 0; i < m_history.size(); ++i)
    line << QPointF(area.left() + step * static_cast<double>(i),
                    area.bottom() - area.height() * m_history[i] / most);
  QPainterPath filled;
  filled.addPolygon(line);
  filled.lineTo(area.bottomRight());
  filled.lineTo(area.bottomLeft());
  QColor shade = theme.accent;
  shade.setAlphaF(0.18F);
  painter.fillPath(filled, shade);
  painter.setPen(QPen(theme.accent, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(line);
}

} // namespace meteorograph::ui
