// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace meteorograph::ui {

/// Qt takes a label's text for HTML where it looks like it, yet names of devices and files are data. While
/// this lives, each label of the program (those of dialogs, messages and tooltips too) shows its text as it
/// is, unless its code has said otherwise. Belongs to the GUI thread.
class PlainLabels : public QObject {
public:
  explicit PlainLabels(QObject *parent);

protected:
  bool eventFilter(QObject *object, QEvent *event) override;
};

} // namespace meteorograph::ui
