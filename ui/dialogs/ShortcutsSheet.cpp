// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ShortcutsSheet.h"

#include "ui/MainActions.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace meteorograph::ui {

ShortcutsSheet::ShortcutsSheet(QWidget *parent) : QDialog(parent) {
  setWindowTitle(tr("Keyboard and mouse"));
  auto *grid = new QGridLayout;
  grid->setHorizontalSpacing(18);
  grid->setVerticalSpacing(7);
  int row = 0;
  for (const ShortcutRow &shortcut : shortcutRows()) {
    auto *keys = new QLabel(QString::fromUtf8(shortcut.keys));
    keys->setProperty("role", "key-cap");
    auto *text = new QLabel(QCoreApplication::translate("Shortcuts", shortcut.text));
    grid->addWidget(keys, row, 0, Qt::AlignLeft);
    grid->addWidget(text, row++, 1);
  }
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(22, 18, 22, 16);
  layout->setSpacing(16);
  layout->addLayout(grid);
  layout->addWidget(buttons);
}

} // namespace meteorograph::ui
