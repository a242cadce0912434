// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that ties actions, bar and panels to the controller.
#include "ui/BottomPanel.h"
#include "ui/CareRequests.h"
#include "ui/Corrections.h"
#include "ui/MainActions.h"
#include "ui/MainWindow.h"
#include "ui/StartScreen.h"
#include "ui/SystemTheme.h"
#include "ui/TopBar.h"
#include "ui/WriteAccess.h"
#include "ui/charts/ChartView.h"
#include "ui/dialogs/SettingsDialog.h"
#include "ui/dialogs/ShortcutsSheet.h"
#include "ui/format/Format.h"
#include "ui/panels/DevicesPanel.h"
#include "ui/panels/EventsPanel.h"
#include "ui/panels/FilesPanel.h"
#include "ui/panels/LoadProgress.h"
#include "ui/panels/NoticeBar.h"
#include "ui/panels/PipelinePanel.h"
#include "ui/panels/QuantitiesPanel.h"
#include "ui/panels/QuarantinePanel.h"
#include "ui/panels/SeriesTable.h"
#include "ui/panels/SourcesPanel.h"
#include "ui/panels/ViewerBar.h"
#include "ui/settings/Settings.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QScrollArea>

namespace meteorograph::ui {

void MainWindow::connectBar() {
  connect(m_bar, &TopBar::openRequested, this, &MainWindow::chooseFolder);
  connect(m_bar, &TopBar::exportRequested, this, &MainWindow::showExport);
  connect(m_bar, &TopBar::liveClicked, this, [this] { m_controller.changeRange(&LiveState::goLive); });
  connect(m_bar, &TopBar::pauseClicked, this, [this] { m_controller.changeRange(&LiveState::togglePause); });
  connect(m_bar, &TopBar::spanChosen, this, [this](const LiveSpan &span) {
    m_controller.changeRange([&span](LiveState &live) { live.showSpan(span); });
  });
  connect(m_progress, &LoadProgress::cancelRequested, this, [this] {
    if (m_corrections->isRunning())
      m_corrections->cancel();
    else if (m_controller.client())
      m_controller.client()->cancelLoad();
  });
  connect(m_viewer, &ViewerBar::takeOverRequested, this, &MainWindow::takeOver);
  connect(m_notice, &NoticeBar::listRequested, this, [this] { m_bottom->setTab(BottomPanel::EventsTab); });
  connect(m_start, &StartScreen::openRequested, this, &MainWindow::chooseFolder);
  connect(m_start, &StartScreen::demoRequested, this, &MainWindow::demoRequested);
  connect(m_start, &StartScreen::recentChosen, this, [this](const QString &path) { openPaths({path}); });
}

void MainWindow::connectCharts() {
  connect(m_charts, &ChartView::rangeChosen, this, [this](TimeUs from, TimeUs to, bool begins) {
    m_controller.changeRange([&](LiveState &live) { live.adoptRange({from, to}, begins); });
  });
  connect(m_charts, &ChartView::fitRequested, this, [this] { m_actions->fit->trigger(); });
  connect(m_charts, &ChartView::backRequested, m_actions->back, &QAction::trigger);
  // The keys of the hover line go where the line is, unless the user is busy elsewhere.
  connect(m_charts, &ChartView::hoverChanged, this, [this](TimeUs time) {
    if (time != kNoTime && (!focusWidget() || focusWidget() == this))
      m_charts->setFocus(Qt::MouseFocusReason);
  });
  connect(m_charts, &ChartView::columnsChanged, &m_controller, &ViewController::setColumns);
  connect(m_table, &SeriesTable::columnsChanged, this, [this](int columns) {
    if (m_charts->isHidden())
      m_controller.setColumns(columns);
  });
  connect(m_table, &SeriesTable::copied, this, [this](int rows) {
    m_notice->tell(tr("%1 rows are on the clipboard as a table.").arg(formatCount(rows)), false);
  });
}

void MainWindow::connectPanels() {
  connect(m_sources, &SourcesPanel::addRequested, this, &MainWindow::chooseFolder);
  connect(m_sources, &SourcesPanel::removeRequested, this, [this](qint64 id) {
    if (m_controller.client())
      m_controller.client()->removeSource(id);
  });
  connect(m_devices, &DevicesPanel::shownToggled, this, [this](qint64 id, bool shown) {
    m_controller.changeView([this, id, shown](ViewState &view) {
      for (const DeviceStatus &device : m_controller.overview().devices)
        if (device.id == id)
          view.showDevice(device, shown);
    });
  });
  connect(m_devices, &DevicesPanel::deviceChosen, this, [this](qint64 id) {
    m_controller.changeView([id](ViewState &view) { view.selectedDevice = id; });
  });
  connect(m_devices, &DevicesPanel::onlyRequested, this, &MainWindow::isolateDevice);
  connect(m_quantities, &QuantitiesPanel::shownToggled, this, [this](qint64 id, bool shown) {
    m_controller.changeView([this, id, shown](ViewState &view) {
      for (const Quantity &quantity : m_controller.overview().quantities)
        if (quantity.id == id)
          view.showPane(m_controller.overview(), quantity.name, shown);
    });
  });
  connect(m_bottom, &BottomPanel::tabChanged, this, &MainWindow::showLists);
  connect(m_bottom, &BottomPanel::tabChanged, this, &MainWindow::fitBottom);
}

void MainWindow::connectCorrections() {
  Corrections *to = m_corrections;
  connect(m_sources, &SourcesPanel::settingsRequested, to, &Corrections::editSource);
  connect(m_sources, &SourcesPanel::removeWithReadingsRequested, to, &Corrections::removeSource);
  connect(m_devices, &DevicesPanel::renameRequested, to, &Corrections::renameDevice);
  connect(m_devices, &DevicesPanel::mergeRequested, to, &Corrections::mergeDevice);
  connect(m_devices, &DevicesPanel::holdingToggled, to, &Corrections::setHolding);
  connect(m_quantities, &QuantitiesPanel::limitsRequested, to, &Corrections::editLimits);
  connect(m_bottom->files(), &FilesPanel::mappingRequested, to, &Corrections::editMapping);
  connect(m_bottom->files(), &FilesPanel::readAgainRequested, to, &Corrections::readAgain);
  connect(m_bottom->files(), &FilesPanel::removeRequested, to, &Corrections::removeFiles);
  connect(m_bottom->files(), &FilesPanel::quarantineRequested, this, [this](const FileStatus &file) {
    m_bottom->quarantine()->showFile(file.path);
    m_bottom->setTab(BottomPanel::QuarantineTab);
  });
  connect(m_bottom->quarantine(), &QuarantinePanel::mappingRequested, to, &Corrections::editMappingOf);
  connect(m_bottom->quarantine(), &QuarantinePanel::exportRequested, this, &MainWindow::exportQuarantine);
  connect(m_actions->retention, &QAction::triggered, to, &Corrections::editRetention);
  connect(m_bottom->pipeline(), &PipelinePanel::retentionRequested, to, &Corrections::editRetention);
  connect(to, &Corrections::retained, m_bottom->pipeline(), &PipelinePanel::showRetention);
  auto *care = new CareRequests(m_controller, m_actions->checkStore, m_actions->backUpStore, this);
  const auto tell = [this](const QString &message, bool isError) {
    m_notice->tell(message, isError);
    if (isError)
      m_bottom->events()->addOwn(m_controller.now(), QStringLiteral("error"), message);
  };
  connect(to, &Corrections::told, this, tell);
  connect(care, &CareRequests::told, this, tell);
  connect(to, &Corrections::changed, this, [this] {
    m_listsRevision = -1;
    m_controller.tick();
  });
}

void MainWindow::isolateDevice(qint64 deviceId) {
  m_controller.changeView([this, deviceId](ViewState &view) {
    for (const DeviceStatus &device : m_controller.overview().devices)
      view.showDevice(device, deviceId == 0 || device.id == deviceId);
  });
}

void MainWindow::connectFileActions() {
  connect(m_actions->openFolder, &QAction::triggered, this, &MainWindow::chooseFolder);
  connect(m_actions->openFiles, &QAction::triggered, this, &MainWindow::chooseFiles);
  connect(m_actions->startDemo, &QAction::triggered, this, &MainWindow::demoRequested);
  connect(m_actions->exportView, &QAction::triggered, this, &MainWindow::showExport);
  connect(m_actions->copyPicture, &QAction::triggered, this, [this] { copyPicture(m_charts->shownScene()); });
  connect(m_actions->copyData, &QAction::triggered, this, [this] { copyData(m_charts->shownScene()); });
  connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::connectViewActions() {
  const auto change = [this](QAction *action, auto &&apply) {
    connect(action, &QAction::triggered, this, [this, apply] { m_controller.changeRange(apply); });
  };
  change(m_actions->goLive, [](LiveState &live) { live.goLive(); });
  change(m_actions->pause, [](LiveState &live) { live.togglePause(); });
  change(m_actions->zoomIn, [](LiveState &live) { live.zoom(0.5); });
  change(m_actions->zoomOut, [](LiveState &live) { live.zoom(2); });
  change(m_actions->fit, [](LiveState &live) { live.showSpan(LiveSpan::all()); });
  change(m_actions->back, [](LiveState &live) { live.back(); });
  connect(m_actions->sidePanel, &QAction::toggled, m_side, &QWidget::setVisible);
  connect(m_actions->bottomPanel, &QAction::toggled, m_bottom, &QWidget::setVisible);
  connect(m_actions->fullScreen, &QAction::toggled, this, [this](bool full) {
    showChartsAlone(full);
    setWindowState(full ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
  });
  connect(m_actions->table, &QAction::toggled, this, [this](bool on) {
    if (on)
      m_actions->tableBeneath->setChecked(false);
    showViews();
  });
  connect(m_actions->tableBeneath, &QAction::toggled, this, [this](bool on) {
    if (on)
      m_actions->table->setChecked(false);
    showViews();
  });
  connect(m_actions->chooseRange, &QAction::triggered, this, &MainWindow::chooseRange);
  connect(m_actions->yesterday, &QAction::triggered, this, [this] {
    m_controller.changeRange([this](LiveState &live) {
      const QTimeZone zone = m_controller.view().timeZone();
      const TimeUs today = dayStart(live.reference(), zone);
      live.showRange({dayStart(today - kHour, zone), today});
    });
  });
  connect(m_systemTheme, &SystemTheme::changed, this, &MainWindow::applyTheme);
}

void MainWindow::connectStoreActions() {
  connect(m_actions->openStore, &QAction::triggered, this, [this] { chooseStore(false); });
  connect(m_actions->newStore, &QAction::triggered, this, [this] { chooseStore(true); });
  connect(m_actions->addFolder, &QAction::triggered, this, &MainWindow::chooseFolder);
  connect(m_actions->cancelLoad, &QAction::triggered, m_progress, &LoadProgress::cancelRequested);
  const auto tab = [this](QAction *action, int index) {
    connect(action, &QAction::triggered, this, [this, index] {
      m_actions->bottomPanel->setChecked(true);
      m_bottom->setTab(index);
    });
  };
  tab(m_actions->showFiles, BottomPanel::FilesTab);
  tab(m_actions->showQuarantine, BottomPanel::QuarantineTab);
  tab(m_actions->showEvents, BottomPanel::EventsTab);
  connect(m_actions->settings, &QAction::triggered, this, [this] {
    auto *dialog = new SettingsDialog(m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::changed, this, &MainWindow::applySettings);
    connect(dialog, &SettingsDialog::changed, this, &MainWindow::fillThemeMenu);
    dialog->open();
  });
  connect(m_actions->shortcuts, &QAction::triggered, this, [this] {
    auto *sheet = new ShortcutsSheet(this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
  });
  connect(m_actions->about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::fillRangeMenu() {
  QMenu *menu = m_actions->range;
  const auto addSpan = [this, menu](const LiveSpan &span) {
    connect(menu->addAction(presetText(span)), &QAction::triggered, this,
            [this, span] { m_controller.changeRange([span](LiveState &live) { live.showSpan(span); }); });
  };
  for (const RangePreset &preset : rangePresets())
    addSpan(preset.span);
  menu->addSeparator();
  addSpan({LiveSpan::Kind::Today, 0});
  menu->addAction(m_actions->yesterday);
  addSpan({LiveSpan::Kind::ThisWeek, 0});
  menu->addSeparator();
  menu->addAction(m_actions->chooseRange);
}

void MainWindow::fillAverageMenu() {
  QMenu *menu = m_actions->average;
  auto *group = new QActionGroup(menu);
  for (const char *name : {"automatic", "15s", "60s", "8w"}) {
    const AverageSpan span = averageFromSetting(QString::fromLatin1(name));
    QAction *action = menu->addAction(averageLabel(span));
    action->setCheckable(true);
    action->setActionGroup(group);
    connect(action, &QAction::triggered, this,
            [this, span] { m_controller.changeView([span](ViewState &view) { view.average = span; }); });
    connect(menu, &QMenu::aboutToShow, action,
            [this, action, span] { action->setChecked(m_controller.view().average == span); });
  }
}

void MainWindow::fillZoneMenu() {
  QMenu *menu = m_actions->zone;
  const QString local = QString::fromLatin1(QTimeZone::systemTimeZoneId());
  const auto addZone = [this, menu](const QString &text, const QString &zone) {
    QAction *action = menu->addAction(text);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [this, zone] { setZone(zone); });
    connect(menu, &QMenu::aboutToShow, action,
            [this, action, zone] { action->setChecked(m_controller.view().zone == zone); });
  };
  addZone(tr("UTC"), QStringLiteral("UTC"));
  addZone(tr("Local (%1)").arg(local), QStringLiteral("local"));
  menu->addSeparator();
  connect(menu->addAction(tr("Other zone…")), &QAction::triggered, this, &MainWindow::chooseZone);
}

void MainWindow::fillThemeMenu() {
  QMenu *menu = m_actions->theme;
  menu->clear();
  auto *group = new QActionGroup(menu);
  const QList<std::pair<QString, QString>> themes = {
      {tr("As the system"), "system"}, {tr("Dark"), "dark"}, {tr("Light"), "light"}};
  for (const auto &[text, name] : themes) {
    QAction *action = menu->addAction(text);
    action->setCheckable(true);
    action->setActionGroup(group);
    action->setChecked(m_settings.value(Setting::Theme).toString() == name);
    connect(action, &QAction::triggered, this, [this, name = name] {
      m_settings.set(Setting::Theme, name);
      applyTheme();
    });
  }
}

void MainWindow::fillRecents() {
  const auto fill = [this](QMenu *menu, Setting list, auto open) {
    menu->clear();
    const QStringList entries = m_settings.value(list).toStringList();
    for (const QString &path : entries)
      connect(menu->addAction(path), &QAction::triggered, this, [open, path] { open(path); });
    menu->setEnabled(!entries.isEmpty() && (list != Setting::RecentFolders || writeRefusal(*this).isEmpty()));
  };
  fill(m_actions->recentFolders, Setting::RecentFolders, [this](const QString &path) { openPaths({path}); });
  fill(m_actions->recentStores, Setting::RecentStores,
       [this](const QString &path) { Q_EMIT openStoreRequested(path); });
  m_start->setRecents(m_settings.value(Setting::RecentFolders).toStringList());
}

} // namespace meteorograph::ui
