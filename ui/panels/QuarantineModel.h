// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace meteorograph::ui {

/// A record's text with what cannot be seen made visible: control characters, byte order marks, bytes
/// that are no UTF-8. Blanks and tabs stay.
QString visibleText(std::string_view text);

/// The records that could not be taken as readings.
class QuarantineModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { FileColumn, LineColumn, OffsetColumn, ReasonColumn, TextColumn, ColumnCount };
  using QAbstractTableModel::QAbstractTableModel;

  void setRecords(const std::vector<QuarantinedRecord> &records);
  const QuarantinedRecord &record(int row) const { return m_records[static_cast<std::size_t>(row)]; }

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  std::vector<QuarantinedRecord> m_records;
};

/// Keeps the records of one file, or of one reason, or both, that hold a text.
class QuarantineProxy : public QSortFilterProxyModel {
  Q_OBJECT
public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setFile(const std::string &path); ///< empty: all
  void setReason(const std::string &reason);
  void setText(const QString &text);
  const QuarantineModel &records() const { return *static_cast<const QuarantineModel *>(sourceModel()); }

protected:
  bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
  bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
  std::string m_file;
  std::string m_reason;
  QString m_text;
};

} // namespace meteorograph::ui
