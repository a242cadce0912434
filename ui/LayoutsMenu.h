// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QObject>

#include <functional>

namespace meteorograph::ui {

class Settings;

/// Fills the menu of layouts, and asks for names where a layout is saved or renamed. Keeps nothing
/// itself: layouts are in the settings, which must outlive it, and the window says what they hold.
class LayoutsMenu : public QObject {
  Q_OBJECT
public:
  LayoutsMenu(Settings &settings, QMenu *menu, QWidget *window);

Q_SIGNALS:
  void aboutToKeep(); ///< the session's settings shall be up to date on return
  void taken();       ///< the session's settings hold a layout now: show it
  void told(const QString &text);
  /// Another layout would be overwritten: to be asked, and done on yes.
  void asked(const QString &question, const QString &yes, const std::function<void()> &go);

private:
  using Named = std::function<void(const QString &name)>;
  void fill();
  void save();
  void keep(const QString &name);
  void rename(const QString &name, const QString &newName);
  void unlessTaken(const QString &name, const std::function<void()> &go);
  void choose(const QString &name);
  void chooseDefault();
  void ask(const QString &title, const QString &before, Named done);
  QMenu *addChoices(const QString &title, const Named &apply);

  Settings &m_settings;
  QMenu *m_menu;
  QWidget *m_window;
};

} // namespace meteorograph::ui
