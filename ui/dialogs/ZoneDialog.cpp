// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ZoneDialog.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace meteorograph::ui {

ZoneDialog::ZoneDialog(const QString &current, QWidget *parent)
    : QDialog(parent), m_filter(new QLineEdit), m_list(new QListWidget) {
  setWindowTitle(tr("Time zone"));
  resize(380, 440);
  m_filter->setPlaceholderText(tr("Part of a name, such as Berlin"));
  m_filter->setAccessibleName(tr("Filter of the zones"));
  m_filter->setClearButtonEnabled(true);
  m_list->setAccessibleName(tr("Time zones"));
  for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
    auto *item = new QListWidgetItem(QString::fromLatin1(id), m_list);
    if (item->text() == current)
      m_list->setCurrentItem(item);
  }
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Ok)->setProperty("role", "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &ZoneDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_list, &QListWidget::itemActivated, this, &ZoneDialog::accept);
  connect(m_filter, &QLineEdit::textChanged, this, &ZoneDialog::filter);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(18, 16, 18, 14);
  layout->setSpacing(10);
  layout->addWidget(m_filter);
  layout->addWidget(m_list, 1);
  layout->addWidget(buttons);
}

void ZoneDialog::filter(const QString &text) {
  const QString wanted = text.trimmed().replace(QLatin1Char(' '), QLatin1Char('_'));
  QListWidgetItem *first = nullptr;
  for (int i = 0; i < m_list->count(); ++i) {
    QListWidgetItem *item = m_list->item(i);
    const bool fits = item->text().contains(wanted, Qt::CaseInsensitive);
    item->setHidden(!fits);
    if (fits && !first)
      first = item;
  }
  m_list->setCurrentItem(first);
}

void ZoneDialog::accept() {
  const QListWidgetItem *item = m_list->currentItem();
  if (!item)
    return;
  Q_EMIT chosen(item->text());
  QDialog::accept();
}

} // namespace meteorograph::ui
