// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TableBox.h"

#include "ui/charts/DeviceMarker.h"
#include "ui/charts/Figures.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kPadding = 12;
constexpr double kRow = 18;
constexpr double kMarkerRoom = 18; // for a device's shape before its name
constexpr double kColumnGap = 16;
constexpr double kShadow = 14; // how far the shadow reaches
constexpr double kMarkerSize = 9;
constexpr std::size_t kHeadRows = 2; // headline and column heads

QFont boxFont(const ChartTheme &theme, QFont::Weight weight = QFont::Normal) {
  QFont font = theme.font;
  font.setPixelSize(12);
  font.setWeight(weight);
  return font;
}

constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

} // namespace

TableBox::TableBox(const ChartTheme &theme, QString headline, std::vector<QString> heads,
                   std::vector<TableRow> rows, std::size_t more)
    : m_theme(theme), m_headline(std::move(headline)), m_heads(std::move(heads)), m_rows(std::move(rows)) {
  if (more > 0)
    m_more = QCoreApplication::translate("meteorograph::ui::Chart", "+%1 more · Ctrl+C copies all").arg(more);
  measure();
}

std::size_t TableBox::linesWithin(double height) {
  const double lines = (height - 2 * kPadding + 4) / kRow - static_cast<double>(kHeadRows);
  return static_cast<std::size_t>(std::max(1.0, std::floor(lines)));
}

void TableBox::measure() {
  const QFont plain = boxFont(m_theme);
  const QFont strong = boxFont(m_theme, QFont::Medium);
  const QFont heading = boxFont(m_theme, QFont::DemiBold);
  double names = 0;
  double notes = 0;
  double lines = figuresWidth(plain, m_headline); // what has the box's whole width
  std::vector<double> widths;
  for (const QString &head : m_heads)
    widths.push_back(std::max(figuresWidth(plain, head), figuresWidth(strong, QStringLiteral("00.00"))));
  for (const TableRow &row : m_rows) {
    double &room = row.device ? names : lines;
    room = std::max(room, figuresWidth(row.device ? plain : heading, row.name));
    if (!row.note.isEmpty())
      notes = std::max(notes, figuresWidth(plain, row.note));
    for (std::size_t column = 0; column < row.cells.size(); ++column)
      widths[column] = std::max(widths[column], figuresWidth(strong, row.cells[column]));
  }
  const double start = kMarkerRoom + names;
  double end = start;
  for (const double width : widths)
    m_ends.push_back(end += kColumnGap + width);
  const double least = std::max(start + kColumnGap + notes, lines);
  const double missing = std::max(0.0, least - end);
  for (double &columnEnd : m_ends)
    columnEnd += missing; // values keep together at the right
  const auto count = static_cast<double>(m_rows.size() + kHeadRows + (m_more.isEmpty() ? 0 : 1));
  m_size = QSizeF(std::ceil(end + missing + 2 * kPadding), kRow * count + 2 * kPadding - 4);
}

QRectF TableBox::line(QPointF at, std::size_t index) const {
  const double top = at.y() + kPadding - 2 + kRow * static_cast<double>(index);
  return QRectF(at.x() + kPadding, top, m_size.width() - 2 * kPadding, kRow);
}

QRectF TableBox::cell(QPointF at, std::size_t column, std::size_t index) const {
  QRectF rect = line(at, index);
  rect.setRight(rect.left() + m_ends[column]);
  return rect;
}

void TableBox::paint(QPainter &painter, QPointF at) const {
  paintCard(painter, QRectF(at, m_size));
  painter.setFont(boxFont(m_theme));
  painter.setPen(m_theme.dim);
  drawFigures(painter, line(at, 0), kLeft, m_headline);
  for (std::size_t column = 0; column < m_heads.size(); ++column)
    drawFigures(painter, cell(at, column, 1), kRight, m_heads[column]);
  for (std::size_t row = 0; row < m_rows.size(); ++row)
    paintRow(painter, at, row);
  if (m_more.isEmpty())
    return;
  painter.setFont(boxFont(m_theme));
  painter.setPen(m_theme.dim);
  drawFigures(painter, line(at, m_rows.size() + kHeadRows), kLeft, m_more);
}

void TableBox::paintRow(QPainter &painter, QPointF at, std::size_t index) const {
  const TableRow &row = m_rows[index];
  const QRectF place = line(at, index + kHeadRows);
  if (row.device)
    paintDeviceMarker(painter, *row.device, QPointF(place.left() + 5, place.center().y()), kMarkerSize,
                      row.colour, m_theme.panel);
  painter.setFont(boxFont(m_theme, row.device ? QFont::Normal : QFont::DemiBold));
  painter.setPen(row.device ? m_theme.text : row.colour);
  drawFigures(painter, place.adjusted(row.device ? kMarkerRoom : 0, 0, 0, 0), kLeft, row.name);
  if (!row.note.isEmpty()) {
    painter.setPen(m_theme.dim);
    drawFigures(painter, place, kRight, row.note);
    return;
  }
  painter.setFont(boxFont(m_theme, QFont::Medium));
  for (std::size_t column = 0; column < row.cells.size(); ++column)
    drawFigures(painter, cell(at, column, index + kHeadRows), kRight, row.cells[column]);
}

void TableBox::paintCard(QPainter &painter, const QRectF &box) const {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, m_theme.dark ? 14 : 5));
  for (double reach = kShadow / 2; reach > 0; reach -= 1) // darker towards the box
    painter.drawRoundedRect(box.adjusted(-reach, 4 - reach, reach, 4 + reach), 8 + reach, 8 + reach);
  painter.setPen(QPen(m_theme.line, 1));
  painter.setBrush(m_theme.panel);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace meteorograph::ui
