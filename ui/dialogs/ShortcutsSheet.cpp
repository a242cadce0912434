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
  const std::span<const ShortcutRow> rows = shortcutRows();
  const int half = static_cast<int>(rows.size() + 1) / 2; // two columns, so that it fits small screens
  grid->setColumnMinimumWidth(2, 8);
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const ShortcutRow &shortcut = rows[static_cast<std::size_t>(i)];
    auto *keys = new QLabel(QString::fromUtf8(shortcut.keys));
    keys->setProperty("role", "key-cap");
    auto *text = new QLabel(QCoreApplication::translate("Shortcuts", shortcut.text));
    const int column = i < half ? 0 : 3;
    grid->addWidget(keys, i % half, column, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(text, i % half, column + 1);
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
