// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include "ui/Annotations.h"
#include "ui/BottomPanel.h"
#include "ui/Corrections.h"
#include "ui/DropOverlay.h"
#include "ui/FaultText.h"
#include "ui/LayoutsMenu.h"
#include "ui/MainActions.h"
#include "ui/PlainLabels.h"
#include "ui/StartScreen.h"
#include "ui/StatusStrip.h"
#include "ui/SystemTheme.h"
#include "ui/Theme.h"
#include "ui/TopBar.h"
#include "ui/WriteAccess.h"
#include "ui/charts/ChartView.h"
#include "ui/dialogs/ReadingsDialog.h"
#include "ui/panels/AskBar.h"
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
#include "ui/panels/Tiles.h"
#include "ui/panels/ViewerBar.h"
#include "ui/settings/Settings.h"

#include <QAbstractButton>
#include <QAction>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QThreadPool>
#include <QTimer>

namespace meteorograph::ui {

namespace {
// Memory changes slowly; asking more often would only cost.
constexpr qint64 kMemoryIntervalMs = 2000;
// Sizes grow slowly too, and it takes a few hundred pages to tell them.
constexpr qint64 kSizesIntervalMs = 10'000;
// An event is in the store about so long after what it tells of was seen.
constexpr int kEventMs = 1500;
constexpr int kSideWidth = 268;
constexpr int kBottomHeight = 164;
constexpr int kListHeight = 300;

/// To be done before the first widget is made: a new style sheet goes over every one there is.
bool themed(bool dark) {
  loadResources();
  applyTheme(dark);
  return dark;
}
} // namespace

MainWindow::MainWindow(Settings &settings, QWidget *parent)
    : QMainWindow(parent), m_settings(settings), m_systemTheme(new SystemTheme(this)),
      m_dark(themed(wantsDark())), m_actions(new MainActions(this)),
      m_layouts(new LayoutsMenu(settings, m_actions->layouts, this)), m_bar(new TopBar),
      m_progress(new LoadProgress), m_notice(new NoticeBar), m_viewer(new ViewerBar), m_ask(new AskBar),
      m_corrections(new Corrections(m_controller, m_ask, this)),
      m_annotations(new Annotations(m_controller, m_ask, this)), m_pages(new QStackedWidget),
      m_start(new StartScreen), m_sideSplitter(new QSplitter(Qt::Horizontal)),
      m_bottomSplitter(new QSplitter(Qt::Vertical)), m_side(new QScrollArea), m_sources(new SourcesPanel),
      m_devices(new DevicesPanel), m_quantities(new QuantitiesPanel), m_tiles(new Tiles),
      m_charts(new ChartView), m_table(new SeriesTable), m_views(new QSplitter(Qt::Vertical)),
      m_bottom(new BottomPanel), m_status(new StatusStrip), m_overlay(new DropOverlay(this)),
      m_mailbox(std::make_shared<Mailbox>(this)) {
  new PlainLabels(this);
  setWindowTitle(tr("Meteorograph"));
  setWindowIcon(QIcon(QStringLiteral(":/icons/meteorograph.svg")));
  setAcceptDrops(true);
  setMinimumSize(900, 600);
  buildLayout();
  connectBar();
  connectCharts();
  connectPanels();
  connectMarks();
  connectCorrections();
  connectController();
  connectFileActions();
  connectViewActions();
  connectStoreActions();
  connectPanes();
  fillRangeMenu();
  fillAverageMenu();
  fillZoneMenu();
  fillThemeMenu();
  m_bar->setMenus(m_actions->range, m_actions->average, m_actions->zone);
  restoreSession();
  applySettings();
  showPage();
  setFocus(Qt::OtherFocusReason); // no control is the first to take Space
}

MainWindow::~MainWindow() { m_mailbox->close(); }

void MainWindow::buildLayout() {
  m_charts->setAccessibleName(tr("Charts"));
  m_sideSplitter->addWidget(buildSide());
  m_sideSplitter->addWidget(buildCentre());
  m_sideSplitter->setStretchFactor(1, 1);
  m_sideSplitter->setSizes({kSideWidth, 1000});
  m_sideSplitter->setHandleWidth(1);
  m_sideSplitter->setChildrenCollapsible(false);
  m_pages->addWidget(m_start);
  m_pages->addWidget(m_sideSplitter);
  auto *central = new QWidget;
  auto *layout = new QVBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_viewer, m_progress, m_notice, m_ask})
    layout->addWidget(widget);
  layout->addWidget(m_pages, 1);
  setCentralWidget(central);
  setStatusBar(m_status);
}

QWidget *MainWindow::buildSide() {
  auto *content = new QWidget;
  content->setObjectName(QStringLiteral("sideContent"));
  auto *layout = new QVBoxLayout(content);
  layout->setContentsMargins(0, 8, 0, 8);
  layout->setSpacing(2);
  for (QWidget *section : std::initializer_list<QWidget *>{m_sources, m_devices, m_quantities})
    layout->addWidget(section);
  layout->addStretch(1);
  m_side->setObjectName(QStringLiteral("side"));
  m_side->setWidget(content);
  m_side->setWidgetResizable(true);
  m_side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_side->setMinimumWidth(200);
  m_side->setFocusPolicy(Qt::NoFocus);
  return m_side;
}

QWidget *MainWindow::buildCentre() {
  m_views->addWidget(m_charts);
  m_views->addWidget(m_table);
  m_views->setHandleWidth(10);
  m_views->setChildrenCollapsible(false);
  m_table->hide();
  m_bottomSplitter->addWidget(m_views);
  m_bottomSplitter->addWidget(m_bottom);
  m_bottomSplitter->setStretchFactor(0, 1);
  m_bottomSplitter->setSizes({600, kBottomHeight});
  m_bottomSplitter->setHandleWidth(10);
  m_bottomSplitter->setChildrenCollapsible(false);
  auto *centre = new QWidget;
  auto *layout = new QVBoxLayout(centre);
  layout->setContentsMargins(12, 10, 12, 10);
  layout->setSpacing(10);
  layout->addWidget(m_tiles);
  layout->addWidget(m_bottomSplitter, 1);
  return centre;
}

void MainWindow::connectController() {
  connect(&m_controller, &ViewController::overviewChanged, this, &MainWindow::showOverview);
  connect(&m_controller, &ViewController::seriesChanged, this, &MainWindow::showSeries);
  connect(&m_controller, &ViewController::rangeChanged, this, &MainWindow::showRange);
  connect(&m_controller, &ViewController::statusChanged, this, &MainWindow::showStatus);
  connect(&m_exporter, &Exporter::failed, this, [this](const QString &message) {
    m_notice->endOngoing();
    tellError(message);
  });
  connect(&m_exporter, &Exporter::started, this, [this](const QString &path) {
    m_notice->tellOngoing(tr("Exporting to %1 …").arg(path), [this] { m_exporter.cancel(); });
  });
  connect(&m_exporter, &Exporter::cancelled, this, [this](const QString &path) {
    m_notice->endOngoing();
    m_notice->tell(tr("The export to %1 was cancelled; nothing was written.").arg(path), false);
  });
  connect(&m_exporter, &Exporter::finished, this, [this](const QString &path, qint64) {
    m_notice->endOngoing();
    m_notice->tell(tr("Exported to %1").arg(path), false);
    m_bottom->events()->addOwn(m_controller.now(), QStringLiteral("note"), tr("Exported to %1").arg(path));
  });
}

void MainWindow::setClient(EngineClient *client, const QString &storePath) {
  m_corrections->closeDialogs();
  m_annotations->closeDialogs();
  delete m_readings.data();
  m_listsRevision = -1;
  m_sinceSizes.invalidate();
  m_tiles->setClient(client);
  m_controller.setClient(client);
  showViewing();
  setWindowTitle(storePath.isEmpty() ? tr("Meteorograph")
                                     : tr("%1 – Meteorograph").arg(storePath.section(QLatin1Char('/'), -1)));
  if (!client) {
    m_status->clearStore();
    return;
  }
  showMessage({}, false);
  fillRecents();
  connect(client, &EngineClient::failed, this, &MainWindow::tellError);
  connect(client, &EngineClient::filesReady, this, [this](const std::vector<FileStatus> &files) {
    m_bottom->files()->show(files, m_controller.overview().files);
  });
  connect(client, &EngineClient::quarantineReady, this,
          [this](const std::vector<QuarantinedRecord> &records) {
            m_bottom->quarantine()->show(records, m_controller.overview());
          });
  connect(client, &EngineClient::eventsReady, this, [this](const std::vector<EventEntry> &events) {
    m_bottom->events()->show(events, m_controller.view().timeZone());
  });
}

void MainWindow::showMessage(const QString &message, bool isError) { m_start->setMessage(message, isError); }

void MainWindow::showPage() {
  const EngineStatus &status = m_controller.status();
  const bool hasData = m_controller.overview().readings > 0;
  const bool hasSources =
      !m_controller.overview().sources.empty() || status.state == EngineStatus::State::Loading;
  const bool charts = m_controller.client() && (hasData || hasSources);
  if (charts != (m_pages->currentWidget() == m_sideSplitter)) {
    m_pages->setCurrentWidget(charts ? static_cast<QWidget *>(m_sideSplitter) : m_start);
    setFocus(Qt::OtherFocusReason); // no control is the first to take Space
  }
  m_bar->setDataControlsEnabled(charts);
  for (QAction *action : {m_actions->exportView, m_actions->copyPicture, m_actions->copyData})
    action->setEnabled(charts);
}

void MainWindow::showOverview() {
  const Overview &overview = m_controller.overview();
  const ViewState &view = m_controller.view();
  const TimeUs reference = m_controller.live().reference();
  showPage();
  m_sources->show(overview.sources);
  m_devices->show(overview, view, reference);
  m_quantities->show(overview, view);
  showTiles();
  m_bottom->pipeline()->showOverview(overview, view.timeZone(), m_controller.now());
  m_bottom->setQuarantineCount(overview.counts.quarantined);
  if (m_controller.hasOverview())
    m_status->showOverview(overview);
  if (overview.revision != m_listsRevision)
    showLists();
  m_annotations->refresh();
}

void MainWindow::showLists() {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  bool asked = true;
  if (m_bottom->tab() == BottomPanel::FilesTab)
    asked = client->refreshFiles();
  else if (m_bottom->tab() == BottomPanel::QuarantineTab)
    asked = client->refreshQuarantine();
  else if (m_bottom->tab() == BottomPanel::EventsTab)
    asked = client->refreshEvents();
  if (asked)
    m_listsRevision = m_controller.overview().revision;
}

/// A list wants more rows than the pipeline is high; the pipeline gets its height back.
void MainWindow::fitBottom() {
  const QList<int> sizes = m_bottomSplitter->sizes();
  const int all = sizes.value(0) + sizes.value(1);
  const bool list = m_bottom->tab() != BottomPanel::PipelineTab;
  int height = sizes.value(1);
  if (list && height < kListHeight && m_pipelineHeight == 0) {
    m_pipelineHeight = height;
    height = std::min(kListHeight, all / 2);
  } else if (!list && m_pipelineHeight > 0) {
    height = std::exchange(m_pipelineHeight, 0);
  }
  if (height > 0 && height != sizes.value(1))
    m_bottomSplitter->setSizes({all - height, height});
}

ChartScene MainWindow::seenScene() const {
  return m_controller.view().scene(m_controller.overview(), m_controller.series(),
                                   m_controller.live().range());
}

void MainWindow::showSeries() {
  const ViewState &view = m_controller.view();
  m_shownRange = m_controller.live().range();
  m_charts->setScene(seenScene());
  showTable();
  showTiles();
  m_bottom->pipeline()->showSeries(m_controller.series(), view, m_charts->lastFrameMs());
}

void MainWindow::showTimes() {
  const ViewState &view = m_controller.view();
  const LiveState &live = m_controller.live();
  m_bar->showRange(live, m_controller.dataAge(), view.timeZone(), m_controller.now());
  m_bar->showAverage(averageLabel(view.average));
  m_bar->showZone(zoneLabel(view.zone));
  m_tiles->showClock(view, live, m_controller.now());
}

void MainWindow::showRange() {
  showTimes();
  const LiveState &live = m_controller.live();
  m_actions->back->setEnabled(live.canGoBack());
  if (live.isLive() || live.range() == m_shownRange)
    return; // a live range moves when its series arrive
  m_shownRange = live.range();
  m_charts->showRange({m_shownRange.from_us, m_shownRange.to_us});
  showTable();
}

void MainWindow::showTable() {
  if (!m_table->isHidden())
    m_table->setScene(m_charts->shownScene());
}

/// Charts, table or both, as the two actions say.
void MainWindow::showViews() {
  const bool instead = m_actions->table->isChecked();
  const bool both = m_actions->tableBeneath->isChecked();
  m_charts->setVisible(!instead);
  m_table->setVisible(instead || both);
  showTable();
  if (instead)
    m_table->setFocus(Qt::OtherFocusReason);
  else if (m_charts->isVisible())
    m_controller.setColumns(m_charts->plotColumns());
}

/// Says that the store is only looked at, and takes away what would change it.
void MainWindow::showViewing() {
  const EngineClient *client = m_controller.client();
  const std::optional<Viewing> viewing = client ? client->viewing() : std::nullopt;
  m_viewer->show(m_actions->fullScreen->isChecked() ? std::nullopt : viewing);
  if (viewing == m_viewing)
    return;
  m_viewing = viewing;
  setWriteRefusal(*this, viewing ? refusalText(*viewing) : QString());
  offerWriting(*this, {m_actions->openFolder, m_actions->openFiles, m_actions->addFolder,
                       m_actions->retention, m_actions->recentFolders->menuAction()});
  for (QAbstractButton *button : findChildren<QAbstractButton *>())
    if (button->property("writes").toBool())
      offerWriting(*button, button->accessibleName());
  fillRecents();
  showOverview();
  showLists();
}

void MainWindow::takeOver() {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  client->takeOver([self = QPointer(this)](const Result<void> &taken) {
    if (!self)
      return;
    if (taken)
      self->m_notice->tell(tr("This window writes to the store now and follows its sources."), false);
    else
      self->tellError(QString::fromStdString(taken.error().message));
    self->m_controller.tick();
  });
}

void MainWindow::showStatus() {
  showViewing();
  const EngineStatus &status = m_controller.status();
  m_progress->show(status, m_controller.now());
  m_bottom->pipeline()->showStatus(status, m_controller.now());
  m_actions->cancelLoad->setEnabled(status.state == EngineStatus::State::Loading ||
                                    !status.correction.empty());
  const bool followed = !m_viewing || m_viewing->reason == Viewing::Reason::OtherWriter ||
                        m_viewing->reason == Viewing::Reason::NotPermitted; // nobody can tell
  m_sources->showState(status, followed, m_controller.view().timeZone());
  if (m_notice->tellFault(
          faultText(status, m_controller.view().timeZone()))) // its event comes without a commit
    QTimer::singleShot(kEventMs, this, &MainWindow::showLists);
  showTimes();
  refreshSizes();
  if (m_sinceMemory.isValid() && m_sinceMemory.elapsed() < kMemoryIntervalMs)
    return;
  m_sinceMemory.start();
  QThreadPool::globalInstance()->start([this, mailbox = m_mailbox] {
    mailbox->post([this, bytes = residentBytes()] { m_status->showMemory(bytes); });
  });
}

void MainWindow::refreshSizes() {
  if (!m_controller.client() || m_bottom->tab() != BottomPanel::PipelineTab ||
      (m_sinceSizes.isValid() && m_sinceSizes.elapsed() < kSizesIntervalMs))
    return;
  m_sinceSizes.start();
  m_controller.client()->fetchRetention(
      std::nullopt, [panel = QPointer(m_bottom->pipeline())](const Result<RetentionStatus> &status) {
        if (panel && status)
          panel->showRetention(*status);
      });
}

bool MainWindow::wantsDark() const {
  const QString theme = m_settings.value(Setting::Theme).toString();
  return theme == QLatin1String("dark") || (theme != QLatin1String("light") && m_systemTheme->isDark());
}

void MainWindow::applyTheme() {
  m_dark = wantsDark();
  ui::applyTheme(m_dark);
  m_charts->setTheme(m_dark);
  showOverview();
}

void MainWindow::applySettings() {
  static const QHash<QString, NowSource> kSources = {{QStringLiteral("clock"), NowSource::WallClock},
                                                     {QStringLiteral("data"), NowSource::NewestData}};
  m_controller.setNowSource(
      kSources.value(m_settings.value(Setting::NowSource).toString(), NowSource::Automatic));
  m_controller.setInterval(m_settings.value(Setting::RefreshMs).toInt());
  applyTheme();
}

void MainWindow::tellError(const QString &message) {
  m_notice->tell(message, true);
  m_bottom->events()->addOwn(m_controller.now(), QStringLiteral("error"), message);
}

} // namespace meteorograph::ui
