// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DeviceNames.h"

#include "ui/charts/DeviceMarker.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

namespace meteorograph::ui {
namespace {

constexpr double kRow = 22;
constexpr double kIndent = 6;
constexpr double kMark = 15; // with its distance from the name
constexpr double kGap = 21;  // between entries

} // namespace

DeviceNames::DeviceNames(const ChartSpec &spec, const ChartTheme &theme, double left, double right,
                         int mostRows)
    : m_spec(spec), m_theme(theme), m_font(theme.font) {
  m_font.setPixelSize(12);
  const QFontMetricsF metrics(m_font);
  const double last = metrics.horizontalAdvance(others()) + kGap;
  QPointF at(left + kIndent, 0);
  for (const DeviceStyle &device : spec.devices) {
    const double width = kMark + metrics.horizontalAdvance(device.name) + 2;
    const bool isLastRow = at.y() + kRow >= mostRows * kRow;
    const bool isLast = &device == &spec.devices.back();
    if (at.x() + width > right - (isLastRow && !isLast ? last : 0)) {
      if (isLastRow)
        break;
      at = QPointF(left + kIndent, at.y() + kRow);
    }
    m_places.emplace_back(at, QSizeF(width, kRow));
    at.rx() += width + kGap;
  }
  m_end = QRectF(at, QSizeF(last, kRow));
}

double DeviceNames::height() const { return m_end.bottom(); }

QString DeviceNames::others() const {
  return QCoreApplication::translate("meteorograph::ui::Chart", "and %1 others")
      .arg(m_spec.devices.size() - m_places.size());
}

void DeviceNames::paint(QPainter &painter, double top) const {
  painter.setFont(m_font);
  for (std::size_t i = 0; i < m_places.size(); ++i) {
    const DeviceStyle &device = m_spec.devices[i];
    const QRectF place = m_places[i].translated(0, top);
    const QColor colour = m_spec.devices.size() == 1 ? m_theme.dim : deviceColour(m_theme, device.id);
    paintDeviceMarker(painter, device.id, QPointF(place.left() + 5, place.top() + 12), 9, colour,
                      m_theme.card);
    painter.setPen(m_theme.text);
    painter.drawText(place.adjusted(kMark, 1, 2, 1), Qt::AlignVCenter, device.name);
  }
  painter.setPen(m_theme.dim);
  if (m_places.size() < m_spec.devices.size())
    painter.drawText(m_end.translated(0, top + 1), Qt::AlignVCenter, others());
}

} // namespace meteorograph::ui
