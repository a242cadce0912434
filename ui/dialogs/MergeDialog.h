// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace meteorograph::ui {

/// Chooses the device that another one becomes part of. Emits chosen() and closes.
class MergeDialog : public QDialog {
  Q_OBJECT
public:
  MergeDialog(const DeviceStatus &from, const std::vector<DeviceStatus> &all, QWidget *parent = nullptr);

Q_SIGNALS:
  void chosen(meteorograph::DeviceId into);

private:
  void filter(const QString &text);
  void check();
  void accept() override;

  QString m_from;
  std::int64_t m_readings;
  QLineEdit *m_filter;
  QListWidget *m_list;
  QLabel *m_note;
  QPushButton *m_ok = nullptr;
};

} // namespace meteorograph::ui
