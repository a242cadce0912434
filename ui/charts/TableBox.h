// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartTheme.h"

#include <QPointF>
#include <QSizeF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace meteorograph::ui {

/// One row of a TableBox: a device's shape and name, then a text a column. A note stands in place
/// of the columns; a row without a device is a heading in its colour.
struct TableRow {
  std::optional<DeviceId> device;
  QColor colour;
  QString name;
  std::vector<QString> cells;
  QString note;
};

/// A floating card with a headline and a small table, painted over a chart. Measured when it is
/// made, so that it can be placed. Refers to the theme.
class TableBox {
public:
  /// `more`: how many rows found no room, told in a last line.
  TableBox(const ChartTheme &theme, QString headline, std::vector<QString> heads, std::vector<TableRow> rows,
           std::size_t more = 0);

  /// How many lines of rows a box of at most this height has, the last line that tells of more among them.
  static std::size_t linesWithin(double height);

  QSizeF size() const { return m_size; }
  void paint(QPainter &painter, QPointF at) const;

private:
  void measure();
  QRectF line(QPointF at, std::size_t index) const;
  QRectF cell(QPointF at, std::size_t column, std::size_t index) const;
  void paintCard(QPainter &painter, const QRectF &box) const;
  void paintRow(QPainter &painter, QPointF at, std::size_t index) const;

  const ChartTheme &m_theme;
  QString m_headline;
  std::vector<QString> m_heads;
  std::vector<TableRow> m_rows;
  QString m_more;             ///< counts rows that found no room
  std::vector<double> m_ends; ///< right end of each column, from the text's left edge
  QSizeF m_size;
};

} // namespace meteorograph::ui
