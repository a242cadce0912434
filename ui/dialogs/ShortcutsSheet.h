// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace meteorograph::ui {

/// The sheet of keys and mouse gestures.
class ShortcutsSheet : public QDialog {
  Q_OBJECT
public:
  explicit ShortcutsSheet(QWidget *parent = nullptr);
};

} // namespace meteorograph::ui
