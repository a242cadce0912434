// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace meteorograph::ui {

/// The fields that the time is put together from, each with its part and its format. Shows inferred
/// parts until one is touched; then all of them are the user's.
class TimePartsEditor : public QWidget {
  Q_OBJECT
public:
  explicit TimePartsEditor(QWidget *parent = nullptr);

  void show(const std::vector<Mapping::TimePart> &parts, const std::vector<FieldReport> &fields,
            bool chosen_by_user);
  /// As they stand in the controls.
  std::vector<Mapping::TimePart> parts() const;

Q_SIGNALS:
  void changed();
  void inferRequested(); ///< the user's parts are to go

private:
  struct Row {
    QWidget *box;
    QComboBox *field;
    QLineEdit *slice;
    QComboBox *format;
  };
  void addRow(const Mapping::TimePart &part);
  void removeRow(QWidget *box);
  void clear();

  QVBoxLayout *m_layout;
  QPushButton *m_add;
  QPushButton *m_infer;
  QStringList m_fields;
  std::vector<Row> m_rows;
};

} // namespace meteorograph::ui
