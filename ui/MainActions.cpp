// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainActions.h"

#include <QAction>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace meteorograph::ui {

namespace {

constexpr ShortcutRow kShortcuts[] = {
    {"Space", QT_TRANSLATE_NOOP("Shortcuts", "Pause or resume the view; storing goes on")},
    {"End", QT_TRANSLATE_NOOP("Shortcuts", "Live: follow the newest data")},
    {"← →", QT_TRANSLATE_NOOP("Shortcuts", "Pan; step the hover line while it is shown")},
    {"+ −", QT_TRANSLATE_NOOP("Shortcuts", "Zoom in and out")},
    {"PgUp PgDn", QT_TRANSLATE_NOOP("Shortcuts", "One page back and forth in time")},
    {"Backspace", QT_TRANSLATE_NOOP("Shortcuts", "Back to the range before")},
    {"Home", QT_TRANSLATE_NOOP("Shortcuts", "All data")},
    {"Left drag", QT_TRANSLATE_NOOP("Shortcuts", "Zoom to a time range")},
    {"Wheel", QT_TRANSLATE_NOOP("Shortcuts", "Zoom time at the cursor; over a value axis: that axis")},
    {"Shift+Wheel", QT_TRANSLATE_NOOP("Shortcuts", "Pan, as does dragging with the middle button")},
    {"Double click",
     QT_TRANSLATE_NOOP("Shortcuts", "Fit all data; on a value axis: that axis; on a device: it alone")},
    {"↑ ↓", QT_TRANSLATE_NOOP("Shortcuts", "Choose a pane; the menu key or a right click opens its menu")},
    {"Alt+↑ ↓", QT_TRANSLATE_NOOP("Shortcuts", "Move the pane, as does dragging its title")},
    {"Ctrl+↑ ↓", QT_TRANSLATE_NOOP("Shortcuts", "Higher or lower pane, as does dragging a border")},
    {"M",
     QT_TRANSLATE_NOOP("Shortcuts", "The pane alone and back, as a double click on its title; Esc: back")},
    {"R  Y", QT_TRANSLATE_NOOP("Shortcuts", "Value axis without spikes; with typed ends")},
    {"Del", QT_TRANSLATE_NOOP("Shortcuts", "Hide the pane; the list of quantities brings it back")},
    {"Ctrl+Wheel", QT_TRANSLATE_NOOP("Shortcuts", "Scroll the panes where there are too many")},
    {"Ctrl+M", QT_TRANSLATE_NOOP("Shortcuts", "Small multiples: each device in a row of its own")},
    {"Ctrl+1 … 9", QT_TRANSLATE_NOOP("Shortcuts", "Choose a layout; Ctrl+0: the default one")},
    {"P", QT_TRANSLATE_NOOP("Shortcuts", "Pin the hovered time, as Ctrl+click does; two measure between")},
    {"A", QT_TRANSLATE_NOOP("Shortcuts", "Annotate the hovered time, or from pin to pin")},
    {"Enter",
     QT_TRANSLATE_NOOP("Shortcuts", "Hover line without a mouse; on it: the readings behind a point")},
    {"Ctrl+Shift+A", QT_TRANSLATE_NOOP("Shortcuts", "List of annotations")},
    {"Ctrl+C", QT_TRANSLATE_NOOP("Shortcuts", "Copy the hovered row, or the chosen rows of a list")},
    {"Ctrl+Shift+C", QT_TRANSLATE_NOOP("Shortcuts", "Copy the charts as a picture")},
    {"T Shift+T",
     QT_TRANSLATE_NOOP("Shortcuts", "What is seen as a table, instead of the charts or beneath")},
    {"Ctrl+O", QT_TRANSLATE_NOOP("Shortcuts", "Open a data folder")},
    {"Ctrl+Shift+O", QT_TRANSLATE_NOOP("Shortcuts", "Open data files")},
    {"Ctrl+E", QT_TRANSLATE_NOOP("Shortcuts", "Export what is seen, or a chosen range")},
    {"Ctrl+R", QT_TRANSLATE_NOOP("Shortcuts", "Choose a range by calendar or text")},
    {"F2", QT_TRANSLATE_NOOP("Shortcuts", "Rename the chosen device; change the chosen cell of a mapping")},
    {"F9 F10", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the side bar, the bottom panel")},
    {"F11", QT_TRANSLATE_NOOP("Shortcuts", "The charts alone on the full screen; F11 or Esc: back")},
    {"F1 ?", QT_TRANSLATE_NOOP("Shortcuts", "This sheet")},
    {"Ctrl+Q", QT_TRANSLATE_NOOP("Shortcuts", "Quit")},
};

QString withKey(const QString &text, const char *key) {
  return text + QLatin1Char('\t') + QString::fromUtf8(key);
}

} // namespace

std::span<const ShortcutRow> shortcutRows() { return kShortcuts; }

MainActions::MainActions(QMainWindow *window) : QObject(window) {
  auto *name = new QLabel(QStringLiteral("Meteorograph"));
  name->setProperty("role", "brand");
  window->menuBar()->setCornerWidget(name, Qt::TopLeftCorner);
  window->menuBar()->setNativeMenuBar(false);
  buildFile(window);
  buildView(window);
  buildRange(window);
  buildStore(window);
  buildRest(window);
}

QAction *MainActions::add(QMenu *menu, const QString &text, const QKeySequence &shortcut) {
  QAction *action = menu->addAction(text);
  if (!shortcut.isEmpty())
    action->setShortcut(shortcut);
  return action;
}

void MainActions::buildFile(QMainWindow *window) {
  QMenu *menu = window->menuBar()->addMenu(tr("&File"));
  openFolder = add(menu, tr("&Open data folder…"), QKeySequence(tr("Ctrl+O")));
  openFiles = add(menu, tr("Open data &files…"), QKeySequence(tr("Ctrl+Shift+O")));
  recentFolders = menu->addMenu(tr("&Recent"));
  startDemo = add(menu, tr("Start &demo"));
  menu->addSeparator();
  exportView = add(menu, tr("&Export…"), QKeySequence(tr("Ctrl+E")));
  copyPicture = add(menu, tr("&Copy charts as a picture"), QKeySequence(tr("Ctrl+Shift+C")));
  copyData = add(menu, tr("Copy what is seen as &CSV"));
  menu->addSeparator();
  quit = add(menu, tr("&Quit"), QKeySequence(tr("Ctrl+Q")));
  quit->setMenuRole(QAction::QuitRole);
}

void MainActions::buildView(QMainWindow *window) {
  QMenu *menu = window->menuBar()->addMenu(tr("&View"));
  goLive = add(menu, withKey(tr("Go &live"), "End"));
  pause = add(menu, withKey(tr("&Pause view"), "Space"));
  back = add(menu, withKey(tr("&Back"), "Backspace"));
  zoomIn = add(menu, withKey(tr("Zoom &in"), "+"));
  zoomOut = add(menu, withKey(tr("Zoom &out"), "−"));
  fit = add(menu, withKey(tr("&All data"), "Home"));
  menu->addSeparator();
  multiples = add(menu, tr("Small &multiples: a row for each device"), QKeySequence(tr("Ctrl+M")));
  average = menu->addMenu(tr("&Moving average"));
  zone = menu->addMenu(tr("Time &zone"));
  theme = menu->addMenu(tr("&Theme"));
  marks = menu->addMenu(tr("Mar&ks"));
  showAnnotations = add(menu, tr("A&nnotations…"), QKeySequence(tr("Ctrl+Shift+A")));
  menu->addSeparator();
  table = add(menu, tr("Ta&ble instead of charts"), Qt::Key_T);
  tableBeneath = add(menu, tr("Table be&neath charts"), QKeySequence(tr("Shift+T")));
  sidePanel = add(menu, tr("&Side bar"), Qt::Key_F9);
  bottomPanel = add(menu, tr("&Bottom panel"), Qt::Key_F10);
  fullScreen = add(menu, tr("&Full screen"), Qt::Key_F11);
  for (QAction *action : {multiples, table, tableBeneath, sidePanel, bottomPanel, fullScreen})
    action->setCheckable(true);
}

void MainActions::buildRange(QMainWindow *window) {
  range = window->menuBar()->addMenu(tr("&Range"));
  chooseRange = new QAction(tr("&Choose range…"), this);
  chooseRange->setShortcut(QKeySequence(tr("Ctrl+R")));
  window->addAction(chooseRange);
  yesterday = new QAction(tr("&Yesterday"), this);
  layouts = window->menuBar()->addMenu(tr("&Layouts"));
}

void MainActions::buildStore(QMainWindow *window) {
  QMenu *menu = window->menuBar()->addMenu(tr("&Store"));
  openStore = add(menu, tr("&Open store…"));
  newStore = add(menu, tr("&New store…"));
  recentStores = menu->addMenu(tr("R&ecent stores"));
  menu->addSeparator();
  addFolder = add(menu, tr("&Add data folder…"));
  cancelLoad = add(menu, tr("&Cancel the load under way"));
  retention = add(menu, tr("&Retention…"));
  checkStore = add(menu, tr("Chec&k the store"));
  backUpStore = add(menu, tr("&Back up…"));
  menu->addSeparator();
  showFiles = add(menu, tr("&Files"));
  showQuarantine = add(menu, tr("&Quarantine"));
  showEvents = add(menu, tr("&Events"));
}

void MainActions::buildRest(QMainWindow *window) {
  QMenu *tools = window->menuBar()->addMenu(tr("&Tools"));
  settings = add(tools, tr("&Settings…"), QKeySequence(tr("Ctrl+,")));
  QMenu *help = window->menuBar()->addMenu(tr("&Help"));
  shortcuts = add(help, tr("&Keyboard and mouse"), Qt::Key_F1);
  about = add(help, tr("&About Meteorograph"));
}

} // namespace meteorograph::ui
