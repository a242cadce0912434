// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that keeps how the panes lie, layouts and the full screen.
#include "ui/BottomPanel.h"
#include "ui/LayoutsMenu.h"
#include "ui/MainActions.h"
#include "ui/MainWindow.h"
#include "ui/StatusStrip.h"
#include "ui/TopBar.h"
#include "ui/charts/ChartView.h"
#include "ui/format/Format.h"
#include "ui/panels/AskBar.h"
#include "ui/panels/NoticeBar.h"
#include "ui/panels/SeriesTable.h"
#include "ui/panels/Tiles.h"
#include "ui/settings/Settings.h"

#include <QAction>
#include <QMenuBar>
#include <QScrollArea>

namespace meteorograph::ui {

namespace {
constexpr int kTilesFit = 720; // a full screen from this height on has room for tiles beside the charts
} // namespace

void MainWindow::connectPanes() {
  connect(m_charts, &ChartView::hideRequested, this, &MainWindow::hidePane);
  connect(m_charts, &ChartView::arrangementChanged, this, &MainWindow::showTiles);
  connect(m_tiles, &Tiles::historyChanged, this, &MainWindow::showTiles);
  connect(m_actions->multiples, &QAction::toggled, m_charts, &ChartView::setMultiples);
  connect(m_layouts, &LayoutsMenu::aboutToKeep, this, &MainWindow::saveView);
  connect(m_layouts, &LayoutsMenu::taken, this, &MainWindow::restoreView);
  connect(m_layouts, &LayoutsMenu::asked, m_ask, &AskBar::ask);
  connect(m_layouts, &LayoutsMenu::told, this, [this](const QString &text) { m_notice->tell(text, false); });
  // A hidden menu bar hears no keys, so the window does.
  for (QAction *action : menuBar()->findChildren<QAction *>())
    if (!action->shortcut().isEmpty())
      addAction(action);
}

void MainWindow::showTiles() {
  m_tiles->setOrder(m_charts->arrangement().order);
  m_tiles->show(m_controller.overview(), m_controller.series(), m_controller.view(), m_controller.live(),
                m_controller.now());
}

void MainWindow::hidePane(qint64 quantityId) {
  m_controller.changeView([this, quantityId](ViewState &view) {
    for (const Quantity &quantity : m_controller.overview().quantities)
      if (quantity.id == quantityId) {
        view.showPane(m_controller.overview(), quantity.name, false);
        m_notice->tell(tr("%1 is hidden; its box in the list of quantities brings it back.")
                           .arg(quantityTitle(quantity.name)),
                       false);
      }
  });
  m_charts->setScene(seenScene());
}

void MainWindow::saveView() {
  m_settings.set(Setting::Panes, m_charts->arrangement().toJson());
  m_settings.set(Setting::TableView, m_actions->table->isChecked()          ? 1
                                     : m_actions->tableBeneath->isChecked() ? 2
                                                                            : 0);
  m_settings.set(Setting::TableSpread, m_table->extras().spread);
  m_settings.set(Setting::TableAverage, m_table->extras().average);
  m_controller.save(m_settings);
}

void MainWindow::restoreTable() {
  const int kind = m_settings.value(Setting::TableView).toInt();
  m_actions->table->setChecked(kind == 1);
  m_actions->tableBeneath->setChecked(kind == 2);
  m_table->setExtras(
      {m_settings.value(Setting::TableSpread).toBool(), m_settings.value(Setting::TableAverage).toBool()});
}

void MainWindow::restorePanes() {
  const QString text = m_settings.value(Setting::Panes).toString();
  const std::optional<PaneArrangement> panes = PaneArrangement::fromJson(text);
  m_charts->setArrangement(panes.value_or(PaneArrangement()));
  m_actions->multiples->setChecked(m_charts->arrangement().multiples);
  if (!panes && !text.isEmpty())
    m_notice->tell(tr("The arrangement of the panes was damaged; the usual one is used."), true);
}

/// After a layout was put into the session.
void MainWindow::restoreView() {
  m_controller.restore(m_settings);
  restorePanes();
  restoreTable();
  m_controller.changeView([this](ViewState &view) { view.limitDevices(m_controller.overview()); });
  m_charts->setScene(seenScene());
}

void MainWindow::showChartsAlone(bool alone) {
  for (QWidget *widget : std::initializer_list<QWidget *>{menuBar(), m_bar, m_status})
    widget->setVisible(!alone);
  m_side->setVisible(!alone && m_actions->sidePanel->isChecked());
  m_bottom->setVisible(!alone && m_actions->bottomPanel->isChecked());
  m_notice->setQuiet(alone);
  showViewing();
  fitTiles();
}

void MainWindow::fitTiles() {
  m_tiles->setVisible(!m_actions->fullScreen->isChecked() || height() >= kTilesFit);
}

} // namespace meteorograph::ui
