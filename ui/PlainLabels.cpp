// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/PlainLabels.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>

namespace meteorograph::ui {

PlainLabels::PlainLabels(QObject *parent) : QObject(parent) {
  QCoreApplication::instance()->installEventFilter(this);
}

/// A widget is polished once, before it is shown first; a tooltip's label as soon as it is made.
bool PlainLabels::eventFilter(QObject *object, QEvent *event) {
  if (event->type() == QEvent::Polish)
    if (auto *label = qobject_cast<QLabel *>(object); label && label->textFormat() == Qt::AutoText)
      label->setTextFormat(Qt::PlainText);
  return false;
}

} // namespace meteorograph::ui
