// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EnginePort.h"

#include <QObject>

class QAction;
class QWidget;

namespace meteorograph::ui {

class ViewController;

/// Has the store checked or backed up for its user, one of either at a time; the menu's entry stops what is
/// under way. Both go on in the background. Owned by the window; GUI thread.
class CareRequests : public QObject {
  Q_OBJECT
public:
  CareRequests(ViewController &controller, QAction *check, QAction *backup, QWidget *window);

Q_SIGNALS:
  void told(const QString &message, bool isError);

private:
  void check();
  void chooseBackup();
  void backUp(const QString &path);
  bool stop(EnginePort::RequestId &request, QAction *action, const QString &text);
  void begin(QAction *action, const QString &stopText, const QString &message);

  ViewController &m_controller;
  QAction *m_check;
  QAction *m_backup;
  QWidget *m_window;
  QString m_checkText; ///< of the actions while nothing runs
  QString m_backupText;
  EnginePort::RequestId m_checking = 0; ///< 0: nothing
  EnginePort::RequestId m_backingUp = 0;
};

} // namespace meteorograph::ui
