// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ViewController.h"
#include "ui/dialogs/RangeDialog.h"
#include "ui/export/Exporter.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QPointer>

class QScrollArea;
class QSplitter;
class QStackedWidget;

namespace meteorograph::ui {

class Annotations;
class AskBar;
class BottomPanel;
class ChartView;
struct ChartSpot;
class Corrections;
class DevicesPanel;
class DropOverlay;
class LayoutsMenu;
class LoadProgress;
class MainActions;
class NoticeBar;
class QuantitiesPanel;
class ReadingsDialog;
class Settings;
class SourcesPanel;
class StartScreen;
class StatusStrip;
class SeriesTable;
class SystemTheme;
class Tiles;
class TopBar;
class ViewerBar;

/// The window: arranges the panels around the charts and passes wishes to the controller. Knows no
/// engine but the client it is given; opens and closes no store itself. GUI thread.
class MainWindow : public QMainWindow {
  Q_OBJECT
public:
  /// The settings must outlive the window.
  explicit MainWindow(Settings &settings, QWidget *parent = nullptr);
  ~MainWindow() override;

  /// Shows this engine's store from now on; null while there is none. The client belongs to the caller.
  void setClient(EngineClient *client, const QString &storePath);
  /// While no store is open: what is going on, or why there is none.
  void showMessage(const QString &message, bool isError);
  /// In the bar above the charts and in the list of events.
  void tellError(const QString &message);
  void saveSession(); ///< also done when the window closes
  ViewController &controller() { return m_controller; }

Q_SIGNALS:
  void openStoreRequested(const QString &path);
  void demoRequested();
  /// Data folders or files to follow, in the store that is open (or the default one).
  void openPathsRequested(const QStringList &paths);
  void closing();

protected:
  void keyPressEvent(QKeyEvent *event) override;
  void changeEvent(QEvent *event) override;
  void showEvent(QShowEvent *event) override;
  bool eventFilter(QObject *watched, QEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void closeEvent(QCloseEvent *event) override;
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dragLeaveEvent(QDragLeaveEvent *event) override;
  void dropEvent(QDropEvent *event) override;

private:
  void buildLayout();
  QWidget *buildCentre();
  QWidget *buildSide();
  void connectBar();
  void connectCharts();
  void connectPanels();
  void connectMarks();
  void connectCorrections();
  void connectController();
  void connectFileActions();
  void connectViewActions();
  void connectStoreActions();
  void connectPanes();
  void fillRangeMenu();
  void fillAverageMenu();
  void fillZoneMenu();
  void fillThemeMenu();
  void fillRecents();
  void restoreSession();

  void showOverview();
  void showTiles();
  void showSeries();
  void showRange();
  void showTimes();
  void showStatus();
  void showLists();
  void fitBottom();
  void showViews();
  void showTable();
  void showPage();
  void applyTheme();
  bool wantsDark() const;
  void applySettings();
  void refreshSizes();
  void showViewing();
  void takeOver();

  void chooseFolder();
  void chooseFiles();
  void chooseStore(bool create);
  void openPaths(const QStringList &paths);
  void chooseRange();
  void chooseZone();
  void setZone(const QString &zone);
  void showExport();
  void startExport(const ExportPlan &plan, const ChartScene &seen);
  void exportQuarantine();
  void copyPicture(const ChartScene &scene);
  void copyData(const ChartScene &scene);
  void showAbout();
  void isolateDevice(qint64 deviceId);
  void hidePane(qint64 quantityId);
  void restorePanes();
  void restoreTable();
  void restoreView();
  void saveView();
  void showChartsAlone(bool alone);
  void fitTiles();
  void annotate(const ChartSpot &spot);
  void goToAnnotation(const Annotation &annotation);
  void showReadings(const ChartSpot &spot);
  void fillChartMenu(QMenu *menu);
  ChartScene seenScene() const;

  Settings &m_settings;
  ViewController m_controller;
  Exporter m_exporter;
  SystemTheme *m_systemTheme;
  bool m_dark;
  MainActions *m_actions;
  LayoutsMenu *m_layouts;
  TopBar *m_bar;
  LoadProgress *m_progress;
  NoticeBar *m_notice;
  ViewerBar *m_viewer;
  AskBar *m_ask;
  Corrections *m_corrections;
  Annotations *m_annotations;
  QStackedWidget *m_pages;
  StartScreen *m_start;
  QSplitter *m_sideSplitter;
  QSplitter *m_bottomSplitter;
  QScrollArea *m_side;
  SourcesPanel *m_sources;
  DevicesPanel *m_devices;
  QuantitiesPanel *m_quantities;
  Tiles *m_tiles;
  ChartView *m_charts;
  SeriesTable *m_table;
  QSplitter *m_views; ///< charts and table
  BottomPanel *m_bottom;
  StatusStrip *m_status;
  DropOverlay *m_overlay;
  QPointer<ReadingsDialog> m_readings;
  std::shared_ptr<Mailbox> m_mailbox;
  QElapsedTimer m_sinceMemory;
  QElapsedTimer m_sinceSizes;
  std::int64_t m_listsRevision = -1;
  int m_pipelineHeight = 0; ///< of the bottom panel before a list made it higher
  ViewRange m_shownRange;
  std::optional<Viewing> m_viewing; ///< as it is shown
};

} // namespace meteorograph::ui
