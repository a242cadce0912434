// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mapping/MappingDraft.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace meteorograph::ui {

class TimePartsEditor;
class ZoneBox;

/// What holds for a whole file: its layout, its time, its device, its missing values. Each control
/// offers what was inferred first; only those that the format has are shown. Edits go into the draft,
/// which must outlive the widget; changed() follows each.
class LayoutOptions : public QWidget {
  Q_OBJECT
public:
  explicit LayoutOptions(MappingDraft &draft, QWidget *parent = nullptr);
  /// Shows the draft and what was inferred anew; leaves alone what is being typed.
  void refresh();

Q_SIGNALS:
  void changed();

private:
  void buildLayout(QFormLayout *form);
  void buildTime(QFormLayout *form);
  void buildDevice(QFormLayout *form);
  void edit(const std::function<void(Mapping &)> &apply);
  void editDevice();
  void fillFormat();
  void fillTable();
  void fillDevice();
  QComboBox *choice(const QString &name);
  QLineEdit *line(const QString &name);

  MappingDraft &m_draft;
  QFormLayout *m_form;
  QComboBox *m_format;
  QComboBox *m_delimiter;
  QComboBox *m_decimal;
  QComboBox *m_header;
  QSpinBox *m_skip;
  QLineEdit *m_comment;
  QLineEdit *m_records;
  ZoneBox *m_zone;
  TimePartsEditor *m_time;
  QComboBox *m_deviceField;
  QLineEdit *m_deviceSlice;
  QLineEdit *m_deviceName;
  QLineEdit *m_missing;
};

} // namespace meteorograph::ui
