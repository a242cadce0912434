// SPDX-License-Identifier: GPL-3.0-or-later
// The hover line and the pins of ChartView.
#include "ui/charts/ChartView.h"

#include "ui/charts/HoverOverlay.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

namespace meteorograph::ui {

TimeUs ChartView::columnTime() const {
  return (m_scene.to_us - m_scene.from_us) / std::max(1, plotColumns());
}

void ChartView::hoverAt(TimeUs time, QPointF pointer, bool held) {
  m_hover = hoverTable(m_scene, time, columnTime());
  m_pointer = pointer;
  m_hoverHeld = held;
  update();
  Q_EMIT hoverChanged(time);
}

/// After new data: under the pointer again, or at the time to which keys have brought it.
void ChartView::refreshHover() {
  if (m_hover.time_us == kNoTime)
    return;
  const TimeUs time = m_hoverHeld ? m_hover.time_us : m_layout.timeAt(m_pointer.x());
  if (time < m_scene.from_us || time > m_scene.to_us)
    hideHover();
  else
    hoverAt(time, m_pointer, m_hoverHeld);
}

void ChartView::hideHover() {
  if (m_hover.time_us == kNoTime)
    return;
  m_hover = {};
  update();
  Q_EMIT hoverChanged(kNoTime);
}

void ChartView::stepHover(int direction) {
  const TimeUs start = m_hover.time_us != kNoTime ? m_hover.time_us
                       : direction > 0            ? m_scene.from_us
                                                  : m_scene.to_us;
  const std::optional<TimeUs> time = neighbourTime(m_scene, start, direction);
  if (!time || *time < m_scene.from_us || *time >= m_scene.to_us)
    return;
  hoverAt(*time, QPointF(m_layout.xOf(*time), height() / 2.0), true);
}

QString ChartView::hoverText() const {
  QStringList texts;
  if (m_hover.time_us != kNoTime)
    texts << ui::hoverText(m_scene, m_hover);
  if (m_pins.size() == 2)
    texts << measureText(m_scene, measureTable(m_scene, m_pins[0], m_pins[1], columnTime()));
  return texts.join(QStringLiteral("\n\n"));
}

ChartSpot ChartView::hoveredSpot() const { return spotAt(m_scene, m_layout, m_hover, m_pointer); }

std::optional<ViewRange> ChartView::pinnedRange() const {
  if (m_pins.size() != 2 || m_pins[0] == m_pins[1])
    return std::nullopt;
  return ViewRange{std::min(m_pins[0], m_pins[1]), std::max(m_pins[0], m_pins[1])};
}

void ChartView::copyHover() {
  if (const QString text = hoverText(); !text.isEmpty())
    QGuiApplication::clipboard()->setText(text);
}

void ChartView::pinHover() {
  if (m_hover.time_us == kNoTime)
    return;
  if (m_pins.size() == 2)
    m_pins.clear();
  m_pins.push_back(m_hover.time_us);
  update();
}

void ChartView::clearPins() {
  m_pins.clear();
  update();
}

/// Returns where their figures lie.
QRectF ChartView::paintPins(QPainter &painter) const {
  const ChartTheme &theme = chartTheme(m_dark);
  for (std::size_t i = 0; i < m_pins.size(); ++i)
    paintPin(painter, m_scene, theme, m_layout, m_pins[i], QString(QLatin1Char(i == 0 ? 'A' : 'B')));
  if (m_pins.size() != 2)
    return {};
  return paintMeasure(painter, m_scene, theme, m_layout, // above the lines: figures must be read
                      measureTable(m_scene, m_pins[0], m_pins[1], columnTime()));
}

} // namespace meteorograph::ui
