// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/SeriesTable.h"

#include "ui/charts/ChartLayout.h"
#include "ui/export/SeriesCsv.h"
#include "ui/format/Format.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {
constexpr int kRowHeight = 22;
constexpr int kColumnRoom = 30; // beside a header's text: its mark and margins
} // namespace

SeriesTable::SeriesTable(QWidget *parent)
    : QFrame(parent), m_model(new SeriesTableModel(this)), m_view(new QTableView), m_note(new QLabel),
      m_average(new QCheckBox(tr("Moving &average"))), m_spread(new QCheckBox(tr("&Minimum and maximum"))) {
  setProperty("card", true);
  m_view->setModel(m_model);
  m_view->setAccessibleName(tr("Table of what is seen"));
  m_view->setShowGrid(false);
  m_view->setWordWrap(false);
  m_view->setAlternatingRowColors(true);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setTabKeyNavigation(false);
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->setSelectionMode(QAbstractItemView::ContiguousSelection);
  m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_view->verticalHeader()->setDefaultSectionSize(kRowHeight);
  m_view->horizontalHeader()->setHighlightSections(false);
  auto *copy = new QAction(tr("&Copy"), m_view);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  m_view->addAction(copy);
  m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copy, &QAction::triggered, this, &SeriesTable::copySelection);
  setFocusProxy(m_view);
  buildHead();
}

void SeriesTable::buildHead() {
  m_note->setProperty("role", "caption");
  auto *head = new QHBoxLayout;
  head->setContentsMargins(14, 6, 14, 0);
  head->setSpacing(18);
  head->addWidget(m_note, 1);
  for (QCheckBox *box : {m_average, m_spread}) {
    box->setAccessibleName(box->text().remove(QLatin1Char('&')));
    connect(box, &QCheckBox::toggled, this, &SeriesTable::takeExtras);
    head->addWidget(box);
  }
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 1, 1, 6);
  layout->setSpacing(4);
  layout->addLayout(head);
  layout->addWidget(m_view, 1);
}

void SeriesTable::setScene(ChartScene scene) {
  const QScrollBar *bar = m_view->verticalScrollBar();
  const bool atEnd = m_model->rowCount() > 0 && bar->value() == bar->maximum() && bar->maximum() > 0;
  const int top = m_view->rowAt(0);
  const TimeUs time = top >= 0 ? m_model->timeOf(top) : kNoTime;
  m_model->setScene(std::move(scene));
  fitColumns();
  if (atEnd)
    m_view->scrollToBottom();
  else if (time != kNoTime && m_model->rowCount() > 0)
    m_view->verticalScrollBar()->setValue(m_model->rowAt(time));
  tellWhatIsShown();
}

SeriesTableModel::Extras SeriesTable::extras() const {
  return {m_spread->isChecked(), m_average->isChecked()};
}

void SeriesTable::setExtras(SeriesTableModel::Extras extras) {
  m_spread->setChecked(extras.spread);
  m_average->setChecked(extras.average);
}

void SeriesTable::takeExtras() {
  const int row = m_view->verticalScrollBar()->value();
  m_model->setExtras(extras());
  fitColumns();
  m_view->verticalScrollBar()->setValue(row);
}

/// By the headers and one time alone: values are no wider, and looking at all of them would take long.
/// A column stays as its reader made it until its header changes.
void SeriesTable::fitColumns() {
  const QFontMetrics metrics(m_view->font());
  for (int column = 0; column < m_model->columnCount(); ++column) {
    QString text = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    if (column == 0 && m_model->rowCount() > 0)
      text += QLatin1Char('\n') + m_model->index(0, 0).data().toString();
    int width = 0;
    for (const QString &line : text.split(QLatin1Char('\n')))
      width = std::max(width, metrics.horizontalAdvance(line));
    if (std::exchange(m_fitted[column], width) != width)
      m_view->setColumnWidth(column, width + kColumnRoom);
  }
}

void SeriesTable::tellWhatIsShown() {
  const ChartScene &scene = m_model->scene();
  const QString step =
      scene.series.step_us > 0
          ? tr("means of pixel columns, from windows of %1").arg(formatSpan(scene.series.step_us))
          : tr("readings, or means of those in one pixel column");
  m_note->setText(tr("%1 rows · %2").arg(formatCount(m_model->rowCount()), step));
}

/// What is chosen, or all, with a head line: for a spreadsheet, so exact and without formulas.
void SeriesTable::copySelection() {
  QItemSelectionRange block(m_model->index(0, 0),
                            m_model->index(m_model->rowCount() - 1, m_model->columnCount() - 1));
  if (const QItemSelection chosen = m_view->selectionModel()->selection(); !chosen.isEmpty())
    block = chosen.first(); // selections are of one piece
  if (!block.isValid())
    return;
  QStringList lines;
  QStringList cells;
  for (int column = block.left(); column <= block.right(); ++column)
    cells << spreadsheetText(
        m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().simplified());
  lines << cells.join(QLatin1Char('\t'));
  for (int row = block.top(); row <= block.bottom(); ++row) {
    cells.clear();
    for (int column = block.left(); column <= block.right(); ++column)
      cells << m_model->exactText(m_model->index(row, column));
    lines << cells.join(QLatin1Char('\t'));
  }
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
  Q_EMIT copied(block.height());
}

void SeriesTable::resizeEvent(QResizeEvent *event) {
  QFrame::resizeEvent(event);
  Q_EMIT columnsChanged(plotColumns(size(), devicePixelRatioF()));
}

/// The marks in the headers have the theme's colours.
void SeriesTable::changeEvent(QEvent *event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
    m_view->horizontalHeader()->viewport()->update();
}

} // namespace meteorograph::ui
