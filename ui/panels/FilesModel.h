// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace meteorograph::ui {

QString stateText(FileState state);

/// Every file that was taken in. Texts are made when a cell is seen, so that a hundred thousand files
/// cost no more than their values.
class FilesModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column {
    FileColumn,
    StateColumn,
    FormatColumn,
    MappingColumn,
    ReadingsColumn,
    RecordsColumn,
    SkippedColumn,
    QuarantinedColumn,
    LateColumn,
    TakenColumn,
    PendingColumn,
    ErrorColumn,
    ColumnCount
  };
  using QAbstractTableModel::QAbstractTableModel;

  void setFiles(const std::vector<FileStatus> &files);
  const FileStatus &file(int row) const { return m_files[static_cast<std::size_t>(row)]; }

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  void change(const std::vector<FileStatus> &files, std::size_t common);
  std::vector<FileStatus> m_files;
};

/// Sorts by numbers where a column has them, and keeps the files that hold a text anywhere: in their
/// path, state, format, mapping or error.
class FilesProxy : public QSortFilterProxyModel {
  Q_OBJECT
public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setText(const QString &text);
  const FilesModel &files() const { return *static_cast<const FilesModel *>(sourceModel()); }

protected:
  bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
  bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
  std::string m_text; ///< in lower case
};

} // namespace meteorograph::ui
