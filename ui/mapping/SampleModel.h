// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

#include <QAbstractTableModel>

#include <memory>

namespace meteorograph::ui {

/// The first records as the file has them, each with what became of it and why.
class SampleModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { LineColumn, OutcomeColumn, FirstCell };
  using QAbstractTableModel::QAbstractTableModel;
  void show(std::shared_ptr<const MappingPreview> preview);

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  const FieldReport *fieldAt(int cell) const;
  QString head(int cell) const;

  std::shared_ptr<const MappingPreview> m_preview;
  std::vector<const FieldReport *> m_fields; ///< one a cell; null: no field there
  int m_cells = 0;                           ///< 0: no table, the line's text instead
};

} // namespace meteorograph::ui
