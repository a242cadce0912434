// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/FilesPanel.h"

#include "ui/WriteAccess.h"
#include "ui/charts/ChartHover.h"
#include "ui/format/Format.h"
#include "ui/mapping/SampleView.h"
#include "ui/panels/FilesModel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QUrl>

#include <set>

namespace meteorograph::ui {

namespace {
constexpr int kWidths[] = {240, 76, 170, 78, 78, 72, 66, 90, 52, 90, 70};
constexpr int kErrorWidth = 160;
} // namespace

FilesPanel::FilesPanel(QWidget *parent)
    : QWidget(parent), m_files(new FilesModel(this)), m_proxy(new FilesProxy(this)), m_view(new QTableView),
      m_filter(new QLineEdit), m_note(new QLabel) {
  m_proxy->setSourceModel(m_files);
  m_view->setModel(m_proxy);
  styleTable(*m_view, tr("Files"));
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(-1, Qt::AscendingOrder);
  m_view->horizontalHeader()->setStretchLastSection(true);
  for (int i = 0; i < static_cast<int>(std::size(kWidths)); ++i)
    m_view->setColumnWidth(i, kWidths[i]);
  m_filter->setPlaceholderText(tr("Filter"));
  m_filter->setAccessibleName(tr("Filter of the list: %1").arg(tr("Files")));
  m_filter->setClearButtonEnabled(true);
  m_filter->setMaximumWidth(220);
  m_note->setProperty("role", "caption");
  connect(m_filter, &QLineEdit::textChanged, m_proxy, &FilesProxy::setText);
  connect(m_view, &QTableView::doubleClicked, this, [this] { Q_EMIT mappingRequested(selected()); });
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FilesPanel::updateButtons);
  auto *copyRows = new QAction(tr("Copy"), m_view);
  copyRows->setShortcut(QKeySequence::Copy);
  copyRows->setShortcutContext(Qt::WidgetShortcut);
  m_view->addAction(copyRows);
  connect(copyRows, &QAction::triggered, this, [this] { copy(false); });
  m_view->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(m_view, &QWidget::customContextMenuRequested, this, &FilesPanel::showMenu);
  auto *top = new QHBoxLayout;
  top->setContentsMargins(14, 4, 14, 0);
  top->addWidget(m_note, 1);
  top->addWidget(
      addButton(tr("Mapping…"), tr("How the chosen files are read"), &FilesPanel::mappingRequested));
  top->addWidget(
      addButton(tr("Read again"), tr("Read the chosen files again"), &FilesPanel::readAgainRequested));
  top->addWidget(addButton(tr("Remove…"), tr("Remove the chosen files with their readings"),
                           &FilesPanel::removeRequested));
  top->addWidget(m_filter);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 6);
  layout->setSpacing(4);
  layout->addLayout(top);
  layout->addWidget(m_view, 1);
  updateButtons();
}

/// The names get what room there is beside the figures.
void FilesPanel::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  int others = kErrorWidth;
  for (int i = 1; i < FilesModel::ErrorColumn; ++i)
    others += m_view->columnWidth(i);
  m_view->setColumnWidth(FilesModel::FileColumn, std::clamp(width() - others, kWidths[0], 2 * kWidths[0]));
}

QPushButton *FilesPanel::addButton(const QString &text, const QString &name,
                                   void (FilesPanel::*wish)(const Files &)) {
  auto *button = new QPushButton(text);
  button->setProperty("role", "bar");
  button->setAccessibleName(name);
  button->setToolTip(name);
  button->setFocusPolicy(Qt::TabFocus);
  connect(button, &QPushButton::clicked, this, [this, wish] { Q_EMIT(this->*wish)(selected()); });
  m_buttons.push_back(button);
  return button;
}

void FilesPanel::updateButtons() {
  for (QPushButton *button : m_buttons)
    offerWriting(*button, button->accessibleName(), m_view->selectionModel()->hasSelection());
}

/// A list made anew has no selection: the chosen files are chosen again.
void FilesPanel::select(const std::set<std::int64_t> &ids) {
  QItemSelection selection;
  for (int row = 0; row < m_files->rowCount() && !ids.empty(); ++row)
    if (ids.contains(m_files->file(row).id)) {
      const QModelIndex index = m_proxy->mapFromSource(m_files->index(row, 0));
      selection.select(index, index);
    }
  m_view->selectionModel()->select(selection, QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void FilesPanel::show(const Files &files, std::int64_t total) {
  std::set<std::int64_t> chosen;
  for (const FileStatus &file : selected())
    chosen.insert(file.id);
  m_files->setFiles(files);
  if (!m_view->selectionModel()->hasSelection())
    select(chosen);
  const auto listed = static_cast<std::int64_t>(files.size());
  m_note->setText(listed < total ? tr("%1 of %2 files").arg(formatCount(listed), formatCount(total))
                                 : tr("%1 files").arg(formatCount(listed)));
  updateButtons();
}

FilesPanel::Files FilesPanel::selected() const {
  Files all;
  for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
    all.push_back(m_files->file(m_proxy->mapToSource(index).row()));
  return all;
}

void FilesPanel::showMenu(const QPoint &position) {
  const Files files = selected();
  if (files.empty())
    return;
  auto *menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  offerWriting(
      *this,
      {menu->addAction(tr("Mapping…"), this, [this, files] { Q_EMIT mappingRequested(files); }),
       menu->addAction(tr("Read again"), this, [this, files] { Q_EMIT readAgainRequested(files); }),
       menu->addAction(tr("Remove with readings…"), this, [this, files] { Q_EMIT removeRequested(files); })});
  menu->addSeparator();
  QAction *quarantine = menu->addAction(tr("Show its quarantine"), this,
                                        [this, files] { Q_EMIT quarantineRequested(files.front()); });
  quarantine->setEnabled(files.size() == 1 && files.front().counts.quarantined > 0);
  menu->addAction(tr("Show in folder"), this, &FilesPanel::showInFolder);
  menu->addAction(tr("Copy path"), this, [this] { copy(true); });
  menu->popup(m_view->viewport()->mapToGlobal(position));
}

void FilesPanel::showInFolder() {
  const QString path = QString::fromStdString(selected().front().path);
  QDesktopServices::openUrl(QUrl::fromLocalFile(path.section(QLatin1Char('/'), 0, -2)));
}

void FilesPanel::copy(bool pathsOnly) {
  QStringList lines;
  for (const QModelIndex &index : m_view->selectionModel()->selectedRows()) {
    QStringList cells = {QString::fromStdString(m_files->file(m_proxy->mapToSource(index).row()).path)};
    for (int column = 1; column < m_proxy->columnCount() && !pathsOnly; ++column)
      cells << tabbedCell(index.siblingAtColumn(column).data().toString());
    lines << cells.join(QLatin1Char('\t'));
  }
  QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace meteorograph::ui
