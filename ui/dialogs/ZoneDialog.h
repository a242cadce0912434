// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace meteorograph::ui {

/// Every IANA zone, found by typing a part of its name. Emits chosen() with the zone's name and closes.
class ZoneDialog : public QDialog {
  Q_OBJECT
public:
  explicit ZoneDialog(const QString &current, QWidget *parent = nullptr);

Q_SIGNALS:
  void chosen(const QString &zone);

private:
  void filter(const QString &text);
  void accept() override;
  QLineEdit *m_filter;
  QListWidget *m_list;
};

} // namespace meteorograph::ui
