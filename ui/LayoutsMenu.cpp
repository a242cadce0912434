// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/LayoutsMenu.h"

#include "ui/settings/Settings.h"

#include <QAction>
#include <QInputDialog>
#include <QLineEdit>

namespace meteorograph::ui {

namespace {
constexpr int kKeyed = 9;              // layouts that a key chooses
constexpr qsizetype kLongestName = 60; // what a menu shows with ease
} // namespace

LayoutsMenu::LayoutsMenu(Settings &settings, QMenu *menu, QWidget *window)
    : QObject(window), m_settings(settings), m_menu(menu), m_window(window) {
  fill();
}

/// Anew after each change, so that keys work without the menu being opened.
void LayoutsMenu::fill() {
  for (QAction *action : m_menu->actions())
    action->menu() ? action->menu()->deleteLater() : action->deleteLater();
  m_menu->clear();
  const QStringList names = m_settings.layouts();
  const auto keyed = [this](QAction *action, int digit) {
    if (digit <= kKeyed)
      action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + digit)));
    m_window->addAction(action);
  };
  keyed(m_menu->addAction(tr("&Default"), this, &LayoutsMenu::chooseDefault), 0);
  for (qsizetype i = 0; i < names.size(); ++i)
    keyed(m_menu->addAction(QString(names[i]).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                            [this, name = names[i]] { choose(name); }),
          static_cast<int>(i) + 1);
  m_menu->addSeparator();
  m_menu->addAction(tr("&Save layout as…"), this, &LayoutsMenu::save);
  QMenu *rename = addChoices(tr("&Rename"), [this](const QString &name) {
    ask(tr("Rename layout"), name, [this, name](const QString &newName) { this->rename(name, newName); });
  });
  QMenu *remove = addChoices(tr("D&elete"), [this](const QString &name) {
    m_settings.removeLayout(name);
    fill();
    Q_EMIT told(tr("The layout “%1” is deleted.").arg(name));
  });
  for (QMenu *menu : {rename, remove})
    menu->setEnabled(!names.isEmpty());
}

QMenu *LayoutsMenu::addChoices(const QString &title, const Named &apply) {
  QMenu *menu = m_menu->addMenu(title);
  for (const QString &name : m_settings.layouts())
    menu->addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                    [apply, name] { apply(name); });
  return menu;
}

void LayoutsMenu::ask(const QString &title, const QString &before, Named done) {
  auto *dialog = new QInputDialog(m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->setLabelText(tr("Name of the layout"));
  dialog->setTextValue(before);
  connect(dialog, &QInputDialog::textValueSelected, this, [done = std::move(done)](const QString &text) {
    if (const QString name = text.simplified().left(kLongestName); !name.isEmpty())
      done(name);
  });
  dialog->open();
}

void LayoutsMenu::save() {
  ask(tr("Save layout"), {},
      [this](const QString &name) { unlessTaken(name, [this, name] { keep(name); }); });
}

void LayoutsMenu::keep(const QString &name) {
  Q_EMIT aboutToKeep();
  m_settings.keepLayout(name);
  fill();
  Q_EMIT told(tr("The layout “%1” is saved.").arg(name));
}

void LayoutsMenu::rename(const QString &name, const QString &newName) {
  if (name == newName)
    return;
  unlessTaken(newName, [this, name, newName] {
    m_settings.renameLayout(name, newName);
    fill();
  });
}

void LayoutsMenu::unlessTaken(const QString &name, const std::function<void()> &go) {
  if (m_settings.layouts().contains(name))
    Q_EMIT asked(tr("There is a layout “%1” already. Replace it?").arg(name), tr("Replace"), go);
  else
    go();
}

void LayoutsMenu::choose(const QString &name) {
  Q_EMIT aboutToKeep(); // the zone and all that no layout holds stay
  m_settings.takeLayout(name);
  Q_EMIT taken();
}

void LayoutsMenu::chooseDefault() {
  Q_EMIT aboutToKeep();
  m_settings.takeDefaultLayout();
  Q_EMIT taken();
}

} // namespace meteorograph::ui
