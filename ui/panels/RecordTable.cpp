// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/RecordTable.h"

#include "ui/Theme.h"
#include "ui/charts/ChartHover.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace meteorograph::ui {

TableRows::TableRows(QStringList titles, QList<int> rightAligned, QObject *parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)), m_rightAligned(std::move(rightAligned)) {}

void TableRows::setRows(std::vector<RecordRow> rows) {
  const std::size_t common = std::min(rows.size(), m_rows.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (rows[i] == m_rows[i])
      continue;
    m_rows[i] = std::move(rows[i]);
    Q_EMIT dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), columnCount() - 1));
  }
  if (rows.size() > common) {
    beginInsertRows({}, static_cast<int>(common), static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.end(), std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(common)),
                  std::make_move_iterator(rows.end()));
    endInsertRows();
  } else if (m_rows.size() > common) {
    beginRemoveRows({}, static_cast<int>(common), static_cast<int>(m_rows.size()) - 1);
    m_rows.resize(common);
    endRemoveRows();
  }
}

int TableRows::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TableRows::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_titles.size());
}

QVariant TableRows::data(const QModelIndex &index, int role) const {
  const RecordRow &row = m_rows[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  if (role == Qt::DisplayRole)
    return row.cells.value(column);
  if (role == Qt::ToolTipRole)
    return row.cells.value(column).left(2000);
  if (role == IdRole)
    return row.id;
  if (role == SortRole)
    return column < row.sortKeys.size() && !qIsNaN(row.sortKeys[column]) ? QVariant(row.sortKeys[column])
                                                                         : QVariant(row.cells.value(column));
  if (role == Qt::TextAlignmentRole && m_rightAligned.contains(column))
    return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ForegroundRole && *row.tone) {
    const ChartTheme &theme = themeOf(QApplication::palette());
    return qstrcmp(row.tone, "bad") == 0 ? theme.bad : theme.warning;
  }
  return {};
}

QVariant TableRows::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  if (role == Qt::DisplayRole)
    return m_titles.value(section);
  if (role == Qt::TextAlignmentRole)
    return int((m_rightAligned.contains(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  return {};
}

RecordTable::RecordTable(const QString &name, const QStringList &titles, const QList<int> &rightAligned,
                         const QList<int> &widths, QWidget *parent)
    : QWidget(parent), m_rows(new TableRows(titles, rightAligned, this)),
      m_proxy(new QSortFilterProxyModel(this)), m_view(new QTableView), m_filter(new QLineEdit),
      m_note(new QLabel), m_top(new QHBoxLayout) {
  m_proxy->setSourceModel(m_rows);
  m_proxy->setSortRole(TableRows::SortRole);
  m_proxy->setFilterKeyColumn(-1);
  m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_view->setModel(m_proxy);
  m_view->setAccessibleName(name);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(-1, Qt::AscendingOrder);
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setShowGrid(false);
  m_view->setWordWrap(false);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setTabKeyNavigation(false);
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(22);
  m_view->horizontalHeader()->setStretchLastSection(true);
  m_view->horizontalHeader()->setHighlightSections(false);
  for (int i = 0; i < widths.size(); ++i)
    m_view->setColumnWidth(i, widths[i]);
  m_filter->setPlaceholderText(tr("Filter"));
  m_filter->setAccessibleName(tr("Filter of the list: %1").arg(name));
  m_filter->setClearButtonEnabled(true);
  m_filter->setMaximumWidth(220);
  m_note->setProperty("role", "caption");
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &RecordTable::currentChanged);
  connect(m_view, &QTableView::activated, this,
          [this](const QModelIndex &index) { Q_EMIT activated(index.data(TableRows::IdRole).toLongLong()); });
  connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);

  auto *copy = new QAction(tr("Copy"), m_view);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  m_view->addAction(copy);
  m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copy, &QAction::triggered, this, &RecordTable::copySelection);

  m_top->setContentsMargins(14, 4, 14, 0);
  m_top->addWidget(m_note, 1);
  m_top->addWidget(m_filter);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 6);
  layout->setSpacing(4);
  layout->addLayout(m_top);
  layout->addWidget(m_view, 1);
}

void RecordTable::setRows(std::vector<RecordRow> rows) { m_rows->setRows(std::move(rows)); }

void RecordTable::setNote(const QString &note) { m_note->setText(note); }

void RecordTable::addControl(QWidget *control) { m_top->insertWidget(m_top->count() - 1, control); }

std::optional<qint64> RecordTable::currentId() const {
  const QModelIndex index = m_view->currentIndex();
  return index.isValid() ? std::optional(index.data(TableRows::IdRole).toLongLong()) : std::nullopt;
}

void RecordTable::makeCurrent(qint64 id) {
  for (int row = 0; row < m_proxy->rowCount(); ++row)
    if (const QModelIndex index = m_proxy->index(row, 0); index.data(TableRows::IdRole).toLongLong() == id)
      m_view->setCurrentIndex(index);
}

void RecordTable::setElideMode(Qt::TextElideMode mode) { m_view->setTextElideMode(mode); }

void RecordTable::copySelection() {
  QStringList lines;
  for (const QModelIndex &index : m_view->selectionModel()->selectedRows()) {
    QStringList cells;
    for (int column = 0; column < m_proxy->columnCount(); ++column)
      cells << tabbedCell(index.siblingAtColumn(column).data().toString());
    lines << cells.join(QLatin1Char('\t'));
  }
  QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace meteorograph::ui
