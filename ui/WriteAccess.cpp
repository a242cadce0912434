// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/WriteAccess.h"

#include <QAction>
#include <QMenu>
#include <QVariant>
#include <QWidget>

namespace meteorograph::ui {

namespace {
constexpr char kProperty[] = "writeRefusal";
}

QString writeRefusal(const QWidget &inWindow) { return inWindow.window()->property(kProperty).toString(); }

void setWriteRefusal(QWidget &window, const QString &why) { window.setProperty(kProperty, why); }

void offerWriting(const QWidget &inWindow, const QList<QAction *> &entries) {
  const QString refusal = writeRefusal(inWindow);
  for (QAction *entry : entries) {
    entry->setEnabled(refusal.isEmpty());
    entry->setToolTip(refusal);
    for (QObject *owner : entry->associatedObjects())
      if (auto *menu = qobject_cast<QMenu *>(owner))
        menu->setToolTipsVisible(!refusal.isEmpty());
  }
}

void offerWriting(QWidget &button, const QString &tip, bool enabled) {
  const QString refusal = writeRefusal(button);
  button.setEnabled(enabled && refusal.isEmpty());
  button.setToolTip(refusal.isEmpty() ? tip : refusal);
}

} // namespace meteorograph::ui
