// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <QAbstractTableModel>

namespace meteorograph::ui {

/// What the charts show as a table: a row for each pixel column that holds data in the range, a column
/// for each pane and device. Keeps the scene and makes texts only when they are asked for. Rows are
/// known by their time: a new scene moves what is chosen to the row of that time.
class SeriesTableModel : public QAbstractTableModel {
  Q_OBJECT
public:
  /// What is told of a pane and device beside the mean of the readings.
  struct Extras {
    bool spread = false; ///< minimum and maximum
    bool average = false;
    bool operator==(const Extras &) const = default;
  };

  using QAbstractTableModel::QAbstractTableModel;
  void setScene(ChartScene scene);
  void setExtras(Extras extras);
  const ChartScene &scene() const { return m_scene; }

  TimeUs timeOf(int row) const { return m_times[static_cast<std::size_t>(row)]; }
  /// The last row that is not after `time`, the first one if all are; −1 without rows.
  int rowAt(TimeUs time) const;

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  /// A cell for other programs: local time with its offset, numbers that read back as the same.
  QString exactText(const QModelIndex &index) const;

private:
  enum class Kind { Mean, Average, Min, Max };
  struct Column {
    std::size_t pane;
    std::size_t device;
    std::size_t line; ///< among the shown ones
    Kind kind;
    bool operator==(const Column &) const = default;
  };
  void findLines();
  void findRows();
  std::vector<Column> wantedColumns() const;
  const SeriesPoint *pointAt(const QModelIndex &index) const;
  double valueOf(const SeriesPoint &point, Kind kind) const;
  QString timeText(TimeUs time) const;
  QString title(const Column &column, const QString &separator) const;
  QString kindName(Kind kind) const;
  QVariant mark(const Column &column) const;

  ChartScene m_scene;
  Extras m_extras;
  std::vector<const SeriesLine *> m_lines; ///< a pane's devices, pane by pane; null: none
  std::vector<Column> m_columns;           ///< behind the time
  std::vector<TimeUs> m_times;             ///< ascending, a row each
  std::vector<std::int32_t> m_points;      ///< for each row and line the point, or −1
};

} // namespace meteorograph::ui
