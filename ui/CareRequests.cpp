// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/CareRequests.h"

#include "ui/EngineClient.h"
#include "ui/ViewController.h"
#include "ui/format/Format.h"

#include <QAction>
#include <QFileDialog>
#include <QPointer>

namespace meteorograph::ui {

CareRequests::CareRequests(ViewController &controller, QAction *check, QAction *backup, QWidget *window)
    : QObject(window), m_controller(controller), m_check(check), m_backup(backup), m_window(window),
      m_checkText(check->text()), m_backupText(backup->text()) {
  connect(check, &QAction::triggered, this, &CareRequests::check);
  connect(backup, &QAction::triggered, this, &CareRequests::chooseBackup);
}

/// Whether something was under way, which is now being stopped.
bool CareRequests::stop(EnginePort::RequestId &request, QAction *action, const QString &text) {
  if (request == 0)
    return false;
  if (m_controller.client())
    m_controller.client()->cancel(request);
  request = 0;
  action->setText(text);
  return true;
}

void CareRequests::begin(QAction *action, const QString &stopText, const QString &message) {
  action->setText(stopText);
  Q_EMIT told(message, false);
}

void CareRequests::check() {
  EngineClient *client = m_controller.client();
  if (stop(m_checking, m_check, m_checkText) || !client)
    return;
  begin(m_check, tr("Stop &checking"), tr("The store is being checked in the background"));
  m_checking = client->checkStore([self = QPointer(this)](const Result<Integrity> &found) {
    if (!self)
      return;
    self->m_checking = 0;
    self->m_check->setText(self->m_checkText);
    if (!found)
      return self->told(QString::fromStdString(found.error().message),
                        found.error().code != ErrorCode::Cancelled);
    const bool sound = found->found == "ok";
    Q_EMIT self->told(sound ? tr("The store was checked as a whole: it is sound")
                            : tr("The store is damaged: %1. \"meteorograph repair\" saves what can be read.")
                                  .arg(QString::fromStdString(found->found)),
                      !sound);
  });
}

void CareRequests::chooseBackup() {
  if (stop(m_backingUp, m_backup, m_backupText) || !m_controller.client())
    return;
  auto *dialog = new QFileDialog(m_window, tr("Back up the store"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave); // asks before a file is replaced
  dialog->setNameFilter(tr("Stores (*.meteorograph)"));
  dialog->setDefaultSuffix(QStringLiteral("meteorograph"));
  connect(dialog, &QFileDialog::fileSelected, this, &CareRequests::backUp);
  dialog->open();
}

void CareRequests::backUp(const QString &path) {
  EngineClient *client = m_controller.client();
  if (!client)
    return; // the store was closed meanwhile
  begin(m_backup, tr("Stop &backing up"), tr("The store is being backed up to %1").arg(path));
  m_backingUp = client->backUpStore(path, [self = QPointer(this), path](const Result<Copied> &copied) {
    if (!self)
      return;
    self->m_backingUp = 0;
    self->m_backup->setText(self->m_backupText);
    if (!copied)
      return self->told(QString::fromStdString(copied.error().message),
                        copied.error().code != ErrorCode::Cancelled);
    Q_EMIT self->told(tr("The store was backed up to %1 (%2, checked)").arg(path, formatBytes(copied->bytes)),
                      false);
  });
}

} // namespace meteorograph::ui
