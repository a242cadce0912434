// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MergeDialog.h"

#include "ui/format/Format.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace meteorograph::ui {

MergeDialog::MergeDialog(const DeviceStatus &from, const std::vector<DeviceStatus> &all, QWidget *parent)
    : QDialog(parent), m_from(QString::fromStdString(from.name)), m_readings(from.readings),
      m_filter(new QLineEdit), m_list(new QListWidget), m_note(new QLabel) {
  setWindowTitle(tr("Merge %1 into…").arg(m_from));
  resize(420, 440);
  m_filter->setPlaceholderText(tr("Part of a device's name"));
  m_filter->setAccessibleName(tr("Filter of the devices"));
  m_filter->setClearButtonEnabled(true);
  m_list->setAccessibleName(tr("Devices"));
  for (const DeviceStatus &device : all) {
    if (device.id == from.id)
      continue;
    auto *item = new QListWidgetItem(QString::fromStdString(device.name), m_list);
    item->setData(Qt::UserRole, qlonglong{device.id});
    item->setToolTip(tr("%1 readings").arg(formatCount(device.readings)));
  }
  m_note->setProperty("role", "caption");
  m_note->setWordWrap(true);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  m_ok = buttons->button(QDialogButtonBox::Ok);
  m_ok->setText(tr("Merge"));
  m_ok->setProperty("role", "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &MergeDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_list, &QListWidget::itemActivated, this, &MergeDialog::accept);
  connect(m_list, &QListWidget::currentItemChanged, this, &MergeDialog::check);
  connect(m_filter, &QLineEdit::textChanged, this, &MergeDialog::filter);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(18, 16, 18, 14);
  layout->setSpacing(10);
  layout->addWidget(m_filter);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_note);
  layout->addWidget(buttons);
  check();
}

void MergeDialog::filter(const QString &text) {
  for (int i = 0; i < m_list->count(); ++i)
    m_list->item(i)->setHidden(!m_list->item(i)->text().contains(text.trimmed(), Qt::CaseInsensitive));
}

void MergeDialog::check() {
  const QListWidgetItem *item = m_list->currentItem();
  m_ok->setEnabled(item != nullptr);
  m_note->setText(item ? tr("The %1 readings of %2, and what files bring of it later, become %3's.")
                             .arg(formatCount(m_readings), m_from, item->text())
                       : tr("Choose the device that %1 is part of.").arg(m_from));
}

void MergeDialog::accept() {
  const QListWidgetItem *item = m_list->currentItem();
  if (!item || item->isHidden())
    return;
  Q_EMIT chosen(item->data(Qt::UserRole).toLongLong());
  QDialog::accept();
}

} // namespace meteorograph::ui
