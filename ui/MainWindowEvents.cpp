// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that answers keys, drops, closing, and opens dialogs.
#include "ui/BottomPanel.h"
#include "ui/DropOverlay.h"
#include "ui/MainActions.h"
#include "ui/MainWindow.h"
#include "ui/Theme.h"
#include "ui/WriteAccess.h"
#include "ui/charts/ChartView.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/ZoneDialog.h"
#include "ui/export/ChartExport.h"
#include "ui/export/SeriesCsv.h"
#include "ui/format/Format.h"
#include "ui/panels/NoticeBar.h"
#include "ui/panels/SeriesTable.h"
#include "ui/settings/Settings.h"

#include <QAction>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QSplitter>
#include <QWindow>

namespace meteorograph::ui {

namespace {
// A part of the width: an arrow pans by an eighth, a page by nearly all, so that something of the
// page before stays in sight.
constexpr double kPanStep = 0.125;
constexpr double kPageStep = 0.9;
} // namespace

void MainWindow::keyPressEvent(QKeyEvent *event) {
  const auto pan = [this](double part) {
    m_controller.changeRange([part](LiveState &live) { live.pan(part); });
  };
  switch (event->key()) {
  case Qt::Key_Space:
    return m_actions->pause->trigger();
  case Qt::Key_End:
    return m_actions->goLive->trigger();
  case Qt::Key_Home:
    return m_actions->fit->trigger();
  case Qt::Key_Left:
    return pan(-kPanStep);
  case Qt::Key_Right:
    return pan(kPanStep);
  case Qt::Key_PageUp:
    return pan(-kPageStep);
  case Qt::Key_PageDown:
    return pan(kPageStep);
  case Qt::Key_Plus:
  case Qt::Key_Equal:
    return m_actions->zoomIn->trigger();
  case Qt::Key_Minus:
    return m_actions->zoomOut->trigger();
  case Qt::Key_Backspace:
    return m_actions->back->trigger();
  case Qt::Key_Escape:
    return m_charts->isMaximised() ? m_charts->restorePanes() : m_actions->fullScreen->setChecked(false);
  case Qt::Key_Question:
    return m_actions->shortcuts->trigger();
  default:
    QMainWindow::keyPressEvent(event);
  }
}

void MainWindow::changeEvent(QEvent *event) {
  QMainWindow::changeEvent(event);
  if (event->type() != QEvent::WindowStateChange)
    return;
  m_controller.setActive(!isMinimized());
  m_actions->fullScreen->setChecked(isFullScreen());
}

void MainWindow::showEvent(QShowEvent *event) {
  QMainWindow::showEvent(event);
  windowHandle()->installEventFilter(this);
}

/// A window that nobody can see, minimised or on another desktop, asks for nothing; in sight again it
/// catches up at once.
bool MainWindow::eventFilter(QObject *watched, QEvent *event) {
  if (watched == windowHandle() && event->type() == QEvent::Expose)
    m_controller.setActive(!isMinimized() && windowHandle()->isExposed());
  if (watched == windowHandle() && event->type() == QEvent::ThemeChange)
    applyFont(windowFont()); // the desktop's may be another one now
  return QMainWindow::eventFilter(watched, event);
}

void MainWindow::resizeEvent(QResizeEvent *event) {
  QMainWindow::resizeEvent(event);
  fitTiles();
  if (m_overlay->isVisible())
    m_overlay->cover();
}

void MainWindow::closeEvent(QCloseEvent *event) {
  saveSession();
  event->accept();
  Q_EMIT closing();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
  if (droppedPaths(*event->mimeData()).isEmpty())
    return;
  event->acceptProposedAction();
  m_overlay->cover();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *) { m_overlay->hide(); }

void MainWindow::dropEvent(QDropEvent *event) {
  m_overlay->hide();
  const QStringList paths = droppedPaths(*event->mimeData());
  event->acceptProposedAction();
  openPaths(paths);
}

void MainWindow::restoreSession() {
  resize(1440, 900);
  restoreGeometry(m_settings.value(Setting::Geometry).toByteArray());
  m_sideSplitter->restoreState(m_settings.value(Setting::SideSplitter).toByteArray());
  m_bottomSplitter->restoreState(m_settings.value(Setting::BottomSplitter).toByteArray());
  m_bottom->setTab(m_settings.value(Setting::BottomTab).toInt());
  m_actions->sidePanel->setChecked(true);
  m_actions->bottomPanel->setChecked(true);
  m_actions->sidePanel->setChecked(m_settings.value(Setting::SideVisible).toBool());
  m_actions->bottomPanel->setChecked(m_settings.value(Setting::BottomVisible).toBool());
  restoreTable();
  fillRecents();
  m_controller.restore(m_settings);
  restorePanes();
  showChartsAlone(m_actions->fullScreen->isChecked()); // as the geometry has it
  if (m_settings.wasDamaged())
    m_notice->tell(tr("The settings file was damaged and put aside; the defaults are used."), true);
}

void MainWindow::saveSession() {
  m_settings.set(Setting::Geometry, saveGeometry());
  m_settings.set(Setting::SideSplitter, m_sideSplitter->saveState());
  m_settings.set(Setting::BottomSplitter, m_bottomSplitter->saveState());
  m_settings.set(Setting::BottomTab, static_cast<int>(m_bottom->tab()));
  m_settings.set(Setting::SideVisible, m_actions->sidePanel->isChecked());
  m_settings.set(Setting::BottomVisible, m_actions->bottomPanel->isChecked());
  saveView();
}

void MainWindow::openPaths(const QStringList &paths) {
  if (paths.isEmpty())
    return;
  if (const QString refusal = writeRefusal(*this); !refusal.isEmpty())
    return m_notice->tell(refusal, true);
  for (const QString &path : paths)
    m_settings.addRecent(Setting::RecentFolders, path);
  m_settings.set(Setting::LastFolder, paths.first());
  fillRecents();
  Q_EMIT openPathsRequested(paths);
}

void MainWindow::chooseFolder() {
  auto *dialog =
      new QFileDialog(this, tr("Open data folder"), m_settings.value(Setting::LastFolder).toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { openPaths({path}); });
  dialog->open();
}

void MainWindow::chooseFiles() {
  auto *dialog =
      new QFileDialog(this, tr("Open data files"), m_settings.value(Setting::LastFolder).toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::openPaths);
  dialog->open();
}

void MainWindow::chooseStore(bool create) {
  const QString title = create ? tr("New store") : tr("Open store");
  auto *dialog = new QFileDialog(this, title, m_settings.value(Setting::LastStore).toString(),
                                 tr("Stores (*.meteorograph);;All files (*)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(create ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setDefaultSuffix(QStringLiteral("meteorograph"));
  // An existing file is opened, never overwritten.
  dialog->setOption(QFileDialog::DontConfirmOverwrite);
  connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openStoreRequested);
  dialog->open();
}

void MainWindow::chooseRange() {
  const ViewState &view = m_controller.view();
  auto *dialog = new RangeDialog(m_controller.live().range(), m_controller.live().reference(),
                                 view.timeZone(), zoneLabel(view.zone), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &RangeDialog::chosen, this, [this](const TypedRange &typed) {
    m_controller.changeRange([&typed](LiveState &live) {
      if (const auto *span = std::get_if<LiveSpan>(&typed))
        live.showSpan(*span);
      else
        live.showRange(std::get<ViewRange>(typed));
    });
  });
  dialog->open();
}

void MainWindow::chooseZone() {
  auto *dialog = new ZoneDialog(m_controller.view().zone, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ZoneDialog::chosen, this, &MainWindow::setZone);
  dialog->open();
}

void MainWindow::setZone(const QString &zone) {
  m_controller.changeView([&zone](ViewState &view) { view.zone = zone; });
}

void MainWindow::showExport() {
  if (!m_controller.client())
    return;
  auto *dialog = new ExportDialog(m_charts->shownScene(), m_controller.now(),
                                  m_settings.value(Setting::ExportFolder).toString(), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ExportDialog::ordered, this, &MainWindow::startExport);
  connect(dialog, &ExportDialog::copyRequested, this, [this](const ChartScene &scene, bool picture) {
    if (picture)
      copyPicture(scene);
    else
      copyData(scene);
  });
  dialog->open();
}

void MainWindow::startExport(const ExportPlan &plan, const ChartScene &seen) {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  m_settings.set(Setting::ExportFolder, plan.path.section(QLatin1Char('/'), 0, -2));
  ExportOrder order;
  order.plan = plan;
  order.scene = seen;
  order.request = m_controller.view().request(m_controller.overview(), m_controller.live().range(),
                                              m_charts->plotColumns());
  order.overview = m_controller.overview();
  order.dark = m_dark;
  order.size = m_charts->pictureSize();
  m_exporter.start(client, order);
}

void MainWindow::exportQuarantine() {
  const QString folder = m_settings.value(Setting::ExportFolder).toString();
  auto *dialog = new QFileDialog(this, tr("Export the quarantine"), folder, tr("CSV tables (*.csv)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("csv"));
  dialog->selectFile(QStringLiteral("quarantine.csv"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
    if (m_controller.client())
      m_exporter.writeQuarantine(m_controller.client(), m_controller.overview().store_path, path);
  });
  dialog->open();
}

void MainWindow::copyPicture(const ChartScene &scene) {
  QGuiApplication::clipboard()->setImage(
      pictureOf(scene, m_dark, m_charts->pictureSize(), devicePixelRatioF()));
  m_notice->tell(tr("The charts are on the clipboard as a picture."), false);
}

void MainWindow::copyData(const ChartScene &scene) {
  const SeriesCsv csv = seriesCsv(scene);
  QGuiApplication::clipboard()->setText(QString::fromUtf8(csv.text));
  m_notice->tell(tr("%1 rows are on the clipboard as CSV.").arg(formatCount(csv.rows)), false);
}

void MainWindow::showAbout() {
  auto *box = new QMessageBox(this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setWindowTitle(tr("About Meteorograph"));
  box->setIconPixmap(windowIcon().pixmap(64, 64));
  box->setTextFormat(Qt::RichText);
  box->setText(tr("<b>Meteorograph %1</b>").arg(QStringLiteral(METEOROGRAPH_VERSION)));
  box->setInformativeText(
      tr("Records temperature, humidity and pressure from sensor files, every reading exactly "
         "once, on live charts.\n\nFree software under the GNU General Public License, "
         "version 3 or later."));
  box->open();
}

} // namespace meteorograph::ui
