// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <span>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace meteorograph::ui {

/// Everything that the keyboard does, for the sheet of shortcuts: keys as people write them.
struct ShortcutRow {
  const char *keys;
  const char *text; ///< to be translated in context "Shortcuts"
};
std::span<const ShortcutRow> shortcutRows();

/// The window's menus and their actions; MainWindow connects them. Owned by the window. Keys that
/// widgets need themselves (Space, arrows …) are only named in the menus: the window takes them when
/// no widget wants them.
class MainActions : public QObject {
  Q_OBJECT
public:
  explicit MainActions(QMainWindow *window);

  QAction *openFolder, *openFiles, *startDemo, *exportView, *copyPicture, *copyData, *quit;
  QAction *goLive, *pause, *back, *zoomIn, *zoomOut, *fit, *sidePanel, *bottomPanel, *fullScreen,
      *showAnnotations;
  QAction *table, *tableBeneath;
  QAction *chooseRange, *yesterday;
  QAction *openStore, *newStore, *addFolder, *showFiles, *showQuarantine, *showEvents, *cancelLoad,
      *retention, *checkStore, *backUpStore;
  QAction *multiples;
  QAction *settings;
  QAction *shortcuts, *about;
  QMenu *recentFolders, *recentStores;
  QMenu *range, *average, *zone, *theme, *layouts, *marks;

private:
  QAction *add(QMenu *menu, const QString &text, const QKeySequence &shortcut = {});
  void buildFile(QMainWindow *window);
  void buildView(QMainWindow *window);
  void buildRange(QMainWindow *window);
  void buildStore(QMainWindow *window);
  void buildRest(QMainWindow *window);
};

} // namespace meteorograph::ui
