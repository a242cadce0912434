// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/ExportPlan.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace meteorograph::ui {

/// Asks what to export and where. Emits ordered() with the plan and closes; touches no file itself. Where
/// the file exists it says so, and the button wants a second press.
class ExportDialog : public QDialog {
  Q_OBJECT
public:
  ExportDialog(const ChartScene &seen, TimeUs now, const QString &folder, QWidget *parent = nullptr);

Q_SIGNALS:
  /// `seen`: the scene that the dialog was opened with, which its range is of.
  void ordered(const meteorograph::ui::ExportPlan &plan, const meteorograph::ui::ChartScene &seen);
  /// To the clipboard instead of a file: what the dialog was opened with, as far as the panes are chosen.
  void copyRequested(const meteorograph::ui::ChartScene &seen, bool picture);

private:
  void build();
  void check();
  void adaptToFormat();
  void showRow(QWidget *field, bool shown);
  void browse();
  void copy();
  void accept() override;
  QString trouble() const; ///< why nothing can be exported, if so
  std::optional<ExportPlan> plan() const;
  ExportPlan::Format format() const;
  std::optional<Layer> layer() const;
  std::optional<QuantityId> pane() const;

  ChartScene m_seen;
  TimeUs m_now;
  Editable m_seenFrom;
  Editable m_seenTo;
  QString m_replaced; ///< the existing file that the button was pressed for
  QComboBox *m_format;
  QComboBox *m_content;
  QComboBox *m_scale;
  QComboBox *m_paper;
  QComboBox *m_pane;
  QComboBox *m_rangeKind;
  QLineEdit *m_from;
  QLineEdit *m_to;
  QLineEdit *m_path;
  QCheckBox *m_sidecar;
  QLabel *m_note;
  QFormLayout *m_form = nullptr;
  QPushButton *m_ok = nullptr;
  QPushButton *m_copy = nullptr;
};

} // namespace meteorograph::ui
