// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/LimitMarks.h"

#include "ui/charts/Figures.h"
#include "ui/charts/ValueTicks.h"
#include "ui/format/Format.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kLabelHeight = 15;

QColor shadeOf(const ChartTheme &theme) {
  QColor shade = theme.bad;
  shade.setAlphaF(theme.dark ? 0.07F : 0.05F);
  return shade;
}

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

/// The limit as its user wrote it: no digits that he did not.
QString valueOf(const PaneSpec &spec, double limit) {
  const QString number = withMinus(QString::number(limit, 'g', 7));
  return spec.unit.isEmpty() ? number : number + QLatin1Char(' ') + spec.unit;
}

/// Everything that the axis shows lies beyond.
void paintAllBeyond(QPainter &painter, const PaneSpec &spec, const ChartTheme &theme,
                    const ChartLayout &layout, const PaneLayout &pane, double limit, bool isHigh) {
  const QString text = isHigh ? tr("above the limit %1") : tr("below the limit %1");
  painter.fillRect(pane.plot, shadeOf(theme));
  painter.setFont(theme.font);
  painter.setPen(theme.bad);
  drawFigures(painter, QRectF(layout.left + 6, pane.plot.top() + 2, pane.plot.width() - 12, kLabelHeight),
              Qt::AlignLeft | Qt::AlignVCenter, text.arg(valueOf(spec, limit)));
}

void paintLimit(QPainter &painter, const PaneSpec &spec, const ChartTheme &theme, const ChartLayout &layout,
                const PaneLayout &pane, double limit, bool isHigh) {
  if (isHigh ? limit <= pane.low : limit >= pane.high)
    return paintAllBeyond(painter, spec, theme, layout, pane, limit, isHigh);
  if (!(limit > pane.low && limit < pane.high)) // NaN: none
    return;
  const double y = pane.yOf(limit);
  const double beyond = isHigh ? pane.plot.top() : pane.plot.bottom();
  painter.fillRect(
      QRectF(QPointF(layout.left, std::min(y, beyond)), QPointF(layout.right, std::max(y, beyond))),
      shadeOf(theme));
  QPen pen(theme.bad, 1, Qt::CustomDashLine, Qt::FlatCap);
  pen.setDashPattern({6, 4});
  painter.setPen(pen);
  painter.drawLine(QPointF(layout.left, std::floor(y) + 0.5), QPointF(layout.right, std::floor(y) + 0.5));
  // Beyond the line, where the fewest values are; on the other side where there is no room.
  const double room = std::abs(y - beyond);
  const bool above = room >= kLabelHeight ? isHigh : !isHigh;
  const QRectF label(layout.left + 6, above ? y - kLabelHeight - 1 : y + 2, layout.right - layout.left - 12,
                     kLabelHeight);
  painter.setFont(theme.font);
  painter.setPen(theme.bad);
  drawFigures(painter, label, Qt::AlignLeft | Qt::AlignVCenter, tr("limit %1").arg(valueOf(spec, limit)));
}

} // namespace

void paintLimits(QPainter &painter, const PaneSpec &spec, const ChartTheme &theme, const ChartLayout &layout,
                 const PaneLayout &pane) {
  if (!pane.hasData)
    return;
  for (const DeviceId device : pane.rows) {
    PaneLayout row = pane.row(device);
    row.rows.clear();
    paintLimits(painter, spec, theme, layout, row);
  }
  if (!pane.rows.empty())
    return;
  paintLimit(painter, spec, theme, layout, pane, spec.limits.high, true);
  paintLimit(painter, spec, theme, layout, pane, spec.limits.low, false);
}

} // namespace meteorograph::ui
