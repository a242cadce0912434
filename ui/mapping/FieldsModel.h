// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mapping/MappingDraft.h"

#include <QAbstractTableModel>

namespace meteorograph::ui {

/// The table of fields: what each was taken for, and what its user says instead. Edits go into the
/// draft, which must outlive the model; changed() follows each.
class FieldsModel : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column {
    FieldColumn,
    ExampleColumn,
    RoleColumn,
    QuantityColumn,
    UnitColumn,
    MissingColumn,
    DeviceColumn,
    NoteColumn,
    ColumnCount
  };
  static constexpr int ChoicesRole = Qt::UserRole;      ///< texts to choose from, where there are some
  static constexpr int FreeTextRole = Qt::UserRole + 1; ///< other texts are good too

  explicit FieldsModel(MappingDraft &draft, QObject *parent = nullptr);

  /// Takes the draft's fields anew; `rows` give each column's example.
  void refresh(const std::vector<PreviewRow> &rows);
  bool hasExamples() const; ///< only tables show them
  const DraftField &field(int row) const { return m_fields[static_cast<std::size_t>(row)]; }

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex &index) const override;
  bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

Q_SIGNALS:
  void changed();

private:
  QString text(const DraftField &field, int column) const;
  QString editText(const DraftField &field, int column) const;
  QString tip(const DraftField &field, int column) const;
  QVariant colour(const DraftField &field, int column) const;
  QStringList choices(const DraftField &field, int column) const;
  bool apply(const FieldReport &field, int column, const QString &text);

  MappingDraft &m_draft;
  std::vector<DraftField> m_fields;
  QStringList m_examples;
};

} // namespace meteorograph::ui
