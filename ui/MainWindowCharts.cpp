// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that answers what is asked of a place in the charts.
#include "ui/Annotations.h"
#include "ui/Corrections.h"
#include "ui/MainActions.h"
#include "ui/MainWindow.h"
#include "ui/WriteAccess.h"
#include "ui/charts/ChartView.h"
#include "ui/dialogs/ReadingsDialog.h"
#include "ui/panels/NoticeBar.h"

#include <QAction>
#include <QMenu>

namespace meteorograph::ui {

namespace {
// A moment is shown with so much around it where the range is wider or elsewhere.
constexpr TimeUs kAroundMoment = 10 * kMinute;
} // namespace

void MainWindow::connectMarks() {
  connect(m_charts, &ChartView::paneMenuOpening, this, &MainWindow::fillChartMenu);
  connect(m_charts, &ChartView::annotateRequested, this, &MainWindow::annotate);
  connect(m_charts, &ChartView::annotationActivated, m_annotations, &Annotations::edit);
  connect(m_charts, &ChartView::readingsRequested, this, &MainWindow::showReadings);
  connect(m_actions->showAnnotations, &QAction::triggered, m_annotations, &Annotations::showList);
  connect(m_annotations, &Annotations::told, this, [this](const QString &message, bool isError) {
    if (isError)
      tellError(message);
    else
      m_notice->tell(message, false);
  });
  connect(m_annotations, &Annotations::goToRequested, this, &MainWindow::goToAnnotation);
  for (const MarkRow &mark : markTable()) {
    QAction *action = m_actions->marks->addAction(QCoreApplication::translate("View", mark.text));
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [this, mark] {
      m_controller.changeView(
          [mark](ViewState &view) { view.marks.*mark.shown = !(view.marks.*mark.shown); });
      m_charts->setScene(seenScene()); // at once: no new data is needed for it
    });
    connect(m_actions->marks, &QMenu::aboutToShow, action,
            [this, action, mark] { action->setChecked(m_controller.view().marks.*mark.shown); });
  }
}

/// Where the annotation is in sight and something around it is: a stretch with half of it at either side.
void MainWindow::goToAnnotation(const Annotation &annotation) {
  const ViewRange now = m_controller.live().range();
  const TimeUs end = annotation.to_us == kNoTime ? annotation.from_us : annotation.to_us;
  const TimeUs around = std::max((end - annotation.from_us) / 2, std::min(now.width() / 2, kAroundMoment));
  m_controller.changeRange([&](LiveState &live) {
    live.showRange({annotation.from_us - around, end + std::max(around, kSecond)});
  });
}

/// Two pins are a stretch of time; else it is the moment.
void MainWindow::annotate(const ChartSpot &spot) {
  Annotation annotation;
  annotation.from_us = spot.time_us;
  if (const std::optional<ViewRange> pinned = m_charts->pinnedRange()) {
    annotation.from_us = pinned->from_us;
    annotation.to_us = pinned->to_us;
  }
  m_annotations->add(annotation);
}

void MainWindow::showReadings(const ChartSpot &spot) {
  EngineClient *client = m_controller.client();
  if (!client)
    return;
  if (spot.device == 0) {
    m_notice->tell(tr("No device has a reading at this time."), false);
    return;
  }
  ReadingsDialog::Subject subject{{}, spot.device, spot.from_us, spot.to_us};
  for (const DeviceStatus *device : m_controller.view().shownDevices(m_controller.overview()))
    subject.devices.emplace_back(device->id, QString::fromStdString(device->name));
  delete m_readings.data();
  m_readings = new ReadingsDialog(client, subject, m_controller.view().timeZone(), this);
  m_readings->setAttribute(Qt::WA_DeleteOnClose);
  m_readings->open();
}

/// What lies at the place comes before what is about the pane.
void MainWindow::fillChartMenu(QMenu *menu) {
  QAction *first = menu->actions().isEmpty() ? nullptr : menu->actions().constFirst();
  const ChartSpot spot = m_charts->hoveredSpot();
  QList<QAction *> writing;
  const auto add = [menu, first](const QString &text, bool enabled, auto &&go) {
    auto *action = new QAction(text, menu);
    action->setEnabled(enabled);
    connect(action, &QAction::triggered, menu, go);
    menu->insertAction(first, action);
    return action;
  };
  const bool isTime = spot.time_us != kNoTime;
  if (spot.annotation != 0) {
    writing << add(tr("&Edit annotation…"), true, [this, id = spot.annotation] {
      m_annotations->edit(id);
    }) << add(tr("&Delete annotation"), true, [this, id = spot.annotation] { m_annotations->remove(id); });
  }
  const bool pinned = m_charts->pinnedRange().has_value();
  writing << add((pinned ? tr("A&nnotate from A to B…") : tr("A&nnotate…")) + QStringLiteral("\tA"), isTime,
                 [this, spot] { annotate(spot); });
  add(tr("Show &readings…") + QStringLiteral("\tEnter"), spot.device != 0,
      [this, spot] { showReadings(spot); });
  add(tr("P&in this time") + QStringLiteral("\tP"), isTime, [this] { m_charts->pinHover(); });
  if (pinned)
    add(tr("Ta&ke the pins away") + QStringLiteral("\tEsc"), true, [this] { m_charts->clearPins(); });
  writing << add(tr("Li&mits…"), spot.quantity != 0,
                 [this, quantity = spot.quantity] { m_corrections->editLimits(quantity); });
  add(tr("&Copy values") + QStringLiteral("\tCtrl+C"), isTime, [this] { m_charts->copyHover(); });
  if (!writeRefusal(*this).isEmpty())
    offerWriting(*this, writing);
  menu->insertMenu(first, m_actions->marks);
  menu->insertSeparator(first);
}

} // namespace meteorograph::ui
