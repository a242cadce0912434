// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/HoverOverlay.h"

#include "ui/charts/ChartFrame.h"
#include "ui/charts/DeviceMarker.h"
#include "ui/charts/Figures.h"
#include "ui/charts/TimeTicks.h"
#include "ui/charts/ValueTicks.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kPadding = 12;
constexpr double kRow = 18;
constexpr double kMarkerRoom = 18; // for a device's shape before its name
constexpr double kColumnGap = 16;  // between quantities
constexpr double kFromLine = 13;   // between hover line and box
constexpr double kShadow = 14;     // how far the box's shadow reaches
constexpr double kMarkerSize = 9;
constexpr std::size_t kMostRows = 24; // further devices are counted only

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

QFont boxFont(const ChartTheme &theme, QFont::Weight weight = QFont::Normal) {
  QFont font = theme.font;
  font.setPixelSize(12);
  font.setWeight(weight);
  return font;
}

double usPerPixel(const ChartLayout &layout) {
  return static_cast<double>(layout.to_us - layout.from_us) / (layout.right - layout.left);
}

/// How fine the hovered time is said: milliseconds while seconds can be told apart.
TimeUs fineResolution(const ChartLayout &layout) {
  const double pixel = usPerPixel(layout);
  return pixel < 10 ? 1 : pixel < 2e6 ? kMillisecond : kSecond;
}

/// How fine a place can be chosen with the pointer.
TimeUs pointerResolution(const ChartLayout &layout) {
  const double pixel = usPerPixel(layout);
  return pixel < 10 ? 1 : pixel < 5e4 ? kMillisecond : pixel < 2e7 ? kSecond : kMinute;
}

/// Texts of the box and where its columns lie; measured before the box is placed.
class HoverBox {
public:
  HoverBox(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
           const HoverTable &table)
      : m_scene(scene), m_theme(theme), m_table(table), m_rows(std::min(table.rows.size(), kMostRows)) {
    m_headline = wallTime(table.time_us, fineResolution(layout), scene.zone) + QLatin1Char(' ') +
                 zoneLabel(table.time_us, scene.zone) + QStringLiteral(" · ") +
                 dateSpan(table.time_us, table.time_us + 1, scene.zone);
    measure();
  }

  QSizeF size() const { return m_size; }

  void paint(QPainter &painter, QPointF at) const {
    paintCard(painter, QRectF(at, m_size));
    painter.setFont(boxFont(m_theme));
    painter.setPen(m_theme.dim);
    drawFigures(painter, line(at, 0), Qt::AlignLeft | Qt::AlignVCenter, m_headline);
    for (std::size_t column = 0; column < m_ends.size(); ++column)
      drawFigures(painter, cell(at, column, 1), Qt::AlignRight | Qt::AlignVCenter,
                  m_scene.panes[column].unit);
    for (std::size_t row = 0; row < m_rows; ++row)
      paintRow(painter, at, row);
    if (!m_more.isEmpty()) {
      painter.setPen(m_theme.faint);
      drawFigures(painter, line(at, m_rows + 2), Qt::AlignLeft | Qt::AlignVCenter, m_more);
    }
  }

private:
  QString cellText(const HoverRow &row, std::size_t column) const {
    const std::optional<double> value = shownValue(m_scene, row.cells[column]);
    return value ? valueText(m_scene.panes[column].name, *value) : QStringLiteral("—");
  }
  QString gapText(const HoverRow &row) const { return tr("no data %1").arg(durationText(row.gap_us)); }

  void measure() {
    const QFont plain = boxFont(m_theme);
    const QFont strong = boxFont(m_theme, QFont::Medium);
    double names = 0;
    double gaps = 0;
    std::vector<double> widths;
    for (const PaneSpec &pane : m_scene.panes)
      widths.push_back(
          std::max(figuresWidth(plain, pane.unit), figuresWidth(strong, QStringLiteral("00.00"))));
    for (std::size_t row = 0; row < m_rows; ++row) {
      const HoverRow &hovered = m_table.rows[row];
      names = std::max(names, figuresWidth(plain, hovered.name));
      if (hovered.gap_us > 0)
        gaps = std::max(gaps, figuresWidth(plain, gapText(hovered)));
      for (std::size_t column = 0; column < widths.size(); ++column)
        widths[column] = std::max(widths[column], figuresWidth(strong, cellText(hovered, column)));
    }
    const double start = kMarkerRoom + names;
    double end = start;
    for (const double width : widths)
      m_ends.push_back(end += kColumnGap + width);
    const double missing = std::max(start + kColumnGap + gaps, figuresWidth(plain, m_headline)) - end;
    for (double &columnEnd : m_ends)
      columnEnd += std::max(0.0, missing); // values keep together at the right
    if (m_table.rows.size() > m_rows)
      m_more = tr("… and %1 more").arg(m_table.rows.size() - m_rows);
    const auto lines = static_cast<double>(m_rows + 2 + (m_more.isEmpty() ? 0 : 1));
    m_size = QSizeF(std::ceil(end + std::max(0.0, missing) + 2 * kPadding), kRow * lines + 2 * kPadding - 4);
  }

  QRectF line(QPointF at, std::size_t index) const {
    const double top = at.y() + kPadding - 2 + kRow * static_cast<double>(index);
    return QRectF(at.x() + kPadding, top, m_size.width() - 2 * kPadding, kRow);
  }
  QRectF cell(QPointF at, std::size_t column, std::size_t index) const {
    QRectF rect = line(at, index);
    rect.setRight(rect.left() + m_ends[column]);
    return rect;
  }

  void paintRow(QPainter &painter, QPointF at, std::size_t index) const {
    const HoverRow &row = m_table.rows[index];
    const QRectF place = line(at, index + 2);
    const QColor colour = m_scene.devices.size() == 1 ? m_theme.dim : deviceColour(m_theme, row.device);
    paintDeviceMarker(painter, row.device, QPointF(place.left() + 5, place.center().y()), kMarkerSize, colour,
                      m_theme.panel);
    painter.setFont(boxFont(m_theme));
    painter.setPen(m_theme.text);
    drawFigures(painter, place.adjusted(kMarkerRoom, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.name);
    if (row.gap_us > 0) {
      painter.setPen(m_theme.dim);
      drawFigures(painter, place, Qt::AlignRight | Qt::AlignVCenter, gapText(row));
      return;
    }
    painter.setFont(boxFont(m_theme, QFont::Medium));
    for (std::size_t column = 0; column < m_ends.size(); ++column)
      drawFigures(painter, cell(at, column, index + 2), Qt::AlignRight | Qt::AlignVCenter,
                  cellText(row, column));
  }

  void paintCard(QPainter &painter, const QRectF &box) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (double reach = kShadow; reach > 0; reach -= 2) { // darker towards the box
      painter.setBrush(QColor(0, 0, 0, m_theme.dark ? 14 : 5));
      painter.drawRoundedRect(box.adjusted(-reach / 2, 4 - reach / 2, reach / 2, 4 + reach / 2),
                              8 + reach / 2, 8 + reach / 2);
    }
    painter.setPen(QPen(m_theme.line, 1));
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
  }

  const ChartScene &m_scene;
  const ChartTheme &m_theme;
  const HoverTable &m_table;
  std::size_t m_rows;
  QString m_headline;
  QString m_more;
  std::vector<double> m_ends; ///< right end of each quantity's column, from the text's left edge
  QSizeF m_size;
};

/// Right of the line if there is room, else left; beside the pointer, inside the panes.
QPointF placeBox(const ChartLayout &layout, QSizeF size, double x, double pointerY) {
  double left = x + kFromLine;
  if (left + size.width() > layout.timeAxis.right() - 4)
    left = x - kFromLine - size.width();
  left = std::clamp(left, 4.0, std::max(4.0, layout.timeAxis.right() - size.width() - 4));
  const double lowest = std::max(4.0, layout.timeAxis.top() - size.height() - 4);
  return {std::round(left), std::round(std::clamp(pointerY - size.height() / 2, 4.0, lowest))};
}

void paintMarkers(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                  const ChartLayout &layout, const HoverTable &table) {
  for (std::size_t pane = 0; pane < layout.panes.size(); ++pane)
    for (const HoverRow &row : table.rows) {
      const HoverCell &cell = row.cells[pane];
      const std::optional<double> value = scene.showAverage ? cell.average : cell.value;
      if (!value)
        continue;
      const QPointF at(layout.xOf(cell.time_us), layout.panes[pane].yOf(*value));
      if (layout.panes[pane].plot.contains(at))
        paintDeviceMarker(painter, scene.devices.size() == 1 ? 1 : row.device, at, kMarkerSize,
                          lineColour(scene, theme, scene.panes[pane], row.device), theme.card);
    }
}

/// A label on the time axis, in place of the ticks beneath.
void paintAxisLabel(QPainter &painter, const ChartTheme &theme, const ChartLayout &layout, double x,
                    const QString &text) {
  painter.setFont(theme.font);
  const double width = figuresWidth(theme.font, text) + 12;
  const double left = std::clamp(x - width / 2, 2.0, std::max(2.0, layout.timeAxis.right() - width - 2));
  const QRectF label(left, layout.timeAxis.top() + 2, width, 18);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.line);
  painter.drawRoundedRect(label, 4, 4);
  painter.setPen(theme.text);
  drawFigures(painter, label, Qt::AlignHCenter | Qt::AlignVCenter, text);
}

} // namespace

void paintHover(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                const ChartLayout &layout, const HoverTable &table, QPointF pointer) {
  if (layout.panes.empty())
    return;
  painter.save();
  const double x = layout.xOf(table.time_us);
  QColor colour = theme.dim;
  colour.setAlphaF(0.75F);
  painter.fillRect(QRectF(std::floor(x), layout.panes.front().pane.top(), 1,
                          layout.timeAxis.top() - layout.panes.front().pane.top()),
                   colour);
  paintMarkers(painter, scene, theme, layout, table);
  paintAxisLabel(painter, theme, layout, x, wallTime(table.time_us, pointerResolution(layout), scene.zone));
  const HoverBox box(scene, theme, layout, table);
  box.paint(painter, placeBox(layout, box.size(), x, pointer.y()));
  painter.restore();
}

void paintSelection(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, TimeUs from, TimeUs to) {
  if (layout.panes.empty())
    return;
  painter.save();
  const double left = layout.xOf(std::min(from, to));
  const double right = layout.xOf(std::max(from, to));
  const double top = layout.panes.front().pane.top();
  QColor colour = theme.accent;
  colour.setAlphaF(0.14F);
  painter.fillRect(QRectF(QPointF(left, top), QPointF(right, layout.timeAxis.top())), colour);
  for (const double edge : {left, right})
    painter.fillRect(QRectF(std::floor(edge), top, 1, layout.timeAxis.top() - top), theme.accent);
  const TimeUs fine = pointerResolution(layout);
  const QString text = wallTime(std::min(from, to), fine, scene.zone) + QStringLiteral(" – ") +
                       wallTime(std::max(from, to), fine, scene.zone) + QStringLiteral(" · ") +
                       durationText(std::abs(to - from));
  paintAxisLabel(painter, theme, layout, (left + right) / 2, text);
  painter.restore();
}

} // namespace meteorograph::ui
