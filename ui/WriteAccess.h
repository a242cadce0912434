// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QAction;
class QWidget;

namespace meteorograph::ui {

/// Why what would change the store is not to be had in the window that holds a widget; empty: it is to
/// be had. The window says so; its panels ask when they open a menu or press a button. GUI thread.
QString writeRefusal(const QWidget &inWindow);
void setWriteRefusal(QWidget &window, const QString &why);

/// Enables entries of a menu, or says why they are not to be had.
void offerWriting(const QWidget &inWindow, const QList<QAction *> &entries);
/// The same of a button; `tip`: its tip where it is to be had.
void offerWriting(QWidget &button, const QString &tip, bool enabled = true);

} // namespace meteorograph::ui
