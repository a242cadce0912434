// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace meteorograph::ui {

/// A printed page's legend and statistics in one: a row a device with its mark and colour, and for
/// each pane readings, minimum, mean and maximum in the range. Panes that do not fit side by side
/// stand in further blocks below. Units of 1/96 inch; refers to the scene, which must outlive it.
class StatisticsTable {
public:
  StatisticsTable(const ChartScene &scene, double width);

  double height() const;        ///< of the whole table
  int pages(double room) const; ///< how many pages of that height it takes
  /// The part of the table that stands on a page (from 0), when each has the room's height.
  void paintPage(QPainter &painter, const QRectF &room, int page) const;

private:
  /// Panes [firstPane, endPane) of devices [firstDevice, endDevice), under a head of their own.
  struct Part {
    std::size_t firstPane;
    std::size_t endPane;
    std::size_t firstDevice;
    std::size_t endDevice;
  };
  std::vector<std::vector<Part>> split(double room) const;
  double paneLeft(QPointF at, const Part &part, std::size_t pane) const;
  QRectF cell(QPointF at, const Part &part, std::size_t pane, int column) const;
  void paintPart(QPainter &painter, QPointF at, const Part &part) const;
  void paintHead(QPainter &painter, QPointF at, const Part &part) const;
  void paintDevice(QPainter &painter, QPointF at, const Part &part, std::size_t device) const;

  const ChartScene &m_scene;
  double m_nameWidth;
  double m_paneWidth;
  std::size_t m_panesAcross;
};

} // namespace meteorograph::ui
