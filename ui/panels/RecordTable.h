// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace meteorograph::ui {

/// One row of a table as text, with what the row is known by. `tone` colours the row: "", "warn", "bad".
struct RecordRow {
  qint64 id = 0;
  QStringList cells;
  QList<double> sortKeys; ///< one a cell where numbers sort; empty: by text
  const char *tone = "";
  bool operator==(const RecordRow &) const = default;
};

/// The rows behind a table view; a refresh changes, appends and removes rows in place.
class TableRows : public QAbstractTableModel {
  Q_OBJECT
public:
  TableRows(QStringList titles, QList<int> rightAligned, QObject *parent);
  static constexpr int SortRole = Qt::UserRole;
  static constexpr int IdRole = Qt::UserRole + 1;

  void setRows(std::vector<RecordRow> rows);
  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  QStringList m_titles;
  QList<int> m_rightAligned;
  std::vector<RecordRow> m_rows;
};

/// A sortable table with a filter line, a note of how much is listed, and the chosen rows' text on
/// Ctrl+C. The frame of the Events list, of annotations and of the readings behind a point.
class RecordTable : public QWidget {
  Q_OBJECT
public:
  RecordTable(const QString &name, const QStringList &titles, const QList<int> &rightAligned,
              const QList<int> &widths, QWidget *parent = nullptr);
  void setRows(std::vector<RecordRow> rows);
  void setNote(const QString &note);
  /// Puts a control before the filter line.
  void addControl(QWidget *control);
  /// Of the row that the keyboard is on; nothing without one.
  std::optional<qint64> currentId() const;
  void makeCurrent(qint64 id);
  /// Names that differ at their end are cut in the middle.
  void setElideMode(Qt::TextElideMode mode);

Q_SIGNALS:
  void currentChanged();
  /// Enter or a double click.
  void activated(qint64 id);

public Q_SLOTS:
  void copySelection();

private:
  TableRows *m_rows;
  QSortFilterProxyModel *m_proxy;
  QTableView *m_view;
  QLineEdit *m_filter;
  QLabel *m_note;
  QHBoxLayout *m_top;
};

} // namespace meteorograph::ui
