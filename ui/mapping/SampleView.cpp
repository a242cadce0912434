// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/SampleView.h"

#include "ui/Theme.h"
#include "ui/mapping/MappingText.h"
#include "ui/mapping/ReadingsModel.h"
#include "ui/mapping/SampleModel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {

constexpr int kWidestColumn = 260;
constexpr int kNarrowestColumn = 64;
constexpr int kSizedColumns = 60; // those further right keep the header's width

void fitColumns(QTableView &table) {
  const int columns = std::min(kSizedColumns, table.model()->columnCount());
  table.resizeColumnsToContents();
  for (int i = 0; i < columns; ++i)
    table.setColumnWidth(i, std::clamp(table.columnWidth(i) + 8, kNarrowestColumn, kWidestColumn));
}

/// Text has the whole width, a table's columns their own.
void stretchText(QTableView &table, const SampleModel &rows) {
  table.horizontalHeader()->setStretchLastSection(rows.columnCount() == SampleModel::FirstCell + 1);
}

} // namespace

void styleTable(QTableView &table, const QString &name) {
  table.setAccessibleName(name);
  table.setSelectionBehavior(QAbstractItemView::SelectRows);
  table.setShowGrid(false);
  table.setWordWrap(false);
  table.setFrameShape(QFrame::NoFrame);
  table.setTabKeyNavigation(false);
  table.setEditTriggers(QAbstractItemView::NoEditTriggers);
  table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table.verticalHeader()->hide();
  table.verticalHeader()->setDefaultSectionSize(23);
  table.horizontalHeader()->setHighlightSections(false);
  table.horizontalHeader()->setResizeContentsPrecision(60);
}

SampleView::SampleView(const QTimeZone &zone, QWidget *parent)
    : QFrame(parent), m_rows(new SampleModel(this)), m_readings(new ReadingsModel(zone, this)),
      m_tabs(new QTabBar), m_rowsView(new QTableView), m_readingsView(new QTableView), m_counts(new QLabel) {
  setProperty("card", true);
  m_tabs->addTab(tr("As the file has it"));
  m_tabs->addTab(tr("As it comes out"));
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->setAccessibleName(tr("The beginning of the file"));
  m_counts->setProperty("role", "caption");
  m_counts->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_counts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_rowsView->setModel(m_rows);
  m_readingsView->setModel(m_readings);
  styleTable(*m_rowsView, tr("The first records of the file"));
  styleTable(*m_readingsView, tr("The first readings"));
  auto *stack = new QStackedWidget;
  stack->addWidget(m_rowsView);
  stack->addWidget(m_readingsView);
  connect(m_tabs, &QTabBar::currentChanged, stack, &QStackedWidget::setCurrentIndex);
  auto *top = new QHBoxLayout;
  top->setContentsMargins(0, 0, 14, 0);
  top->addWidget(m_tabs);
  top->addWidget(m_counts, 1);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 3, 1, 6);
  layout->setSpacing(2);
  layout->addLayout(top);
  layout->addWidget(stack, 1);
}

void SampleView::show(const std::shared_ptr<const MappingPreview> &preview) {
  const int columns = m_rows->columnCount();
  const int values = m_readings->columnCount();
  m_rows->show(preview);
  m_readings->show(preview);
  stretchText(*m_rowsView, *m_rows);
  if (!m_sized || columns != m_rows->columnCount())
    fitColumns(*m_rowsView);
  if (!m_sized || values != m_readings->columnCount())
    fitColumns(*m_readingsView);
  m_sized = true;
  m_counts->setText(countsText(*preview));
  setTone(*m_counts, preview->counts.accepted == 0 ? "bad" : preview->counts.quarantined > 0 ? "warn" : "");
}

void SampleView::setBusy(bool busy) { setTone(*m_counts, busy ? "dim" : ""); }

} // namespace meteorograph::ui
