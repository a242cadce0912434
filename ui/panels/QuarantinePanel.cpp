// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/QuarantinePanel.h"

#include "ui/WriteAccess.h"
#include "ui/charts/ChartHover.h"
#include "ui/format/Format.h"
#include "ui/mapping/SampleView.h"
#include "ui/panels/QuarantineModel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>

#include <set>

namespace meteorograph::ui {

namespace {

constexpr int kWidths[] = {180, 56, 70, 140};
constexpr qsizetype kLongestDetail = 65'536; // what the store keeps of a record at most

QPushButton *barButton(const QString &text, const QString &name) {
  auto *button = new QPushButton(text);
  button->setProperty("role", "bar");
  button->setAccessibleName(name);
  button->setToolTip(name);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

} // namespace

QuarantinePanel::QuarantinePanel(QWidget *parent)
    : QWidget(parent), m_records(new QuarantineModel(this)), m_proxy(new QuarantineProxy(this)),
      m_reasons(new QListWidget), m_view(new QTableView), m_detail(new QPlainTextEdit), m_file(new QComboBox),
      m_filter(new QLineEdit), m_note(new QLabel),
      m_fix(barButton(tr("Fix mapping and retry…"), tr("Put right how this record's file is read"))) {
  m_reasons->setAccessibleName(tr("Reasons"));
  m_reasons->setProperty("role", "plain");
  m_reasons->setTextElideMode(Qt::ElideRight);
  m_reasons->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(m_reasons, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
    m_proxy->setReason(item ? item->data(Qt::UserRole).toString().toStdString() : std::string());
    showNote();
  });
  buildDetail();
  auto *parts = new QSplitter(Qt::Horizontal);
  parts->setHandleWidth(1);
  parts->setChildrenCollapsible(false);
  parts->addWidget(m_reasons);
  parts->addWidget(buildTable());
  parts->addWidget(m_detail);
  parts->setStretchFactor(1, 1);
  parts->setSizes({190, 640, 260});
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 6);
  layout->setSpacing(4);
  layout->addWidget(buildTop());
  layout->addWidget(parts, 1);
  showDetail();
}

QWidget *QuarantinePanel::buildTop() {
  m_note->setProperty("role", "caption");
  m_file->setAccessibleName(tr("Records of which file"));
  m_file->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_file->setMinimumContentsLength(20);
  m_file->setProperty("role", "bar");
  m_file->addItem(tr("All files"), QString());
  m_filter->setPlaceholderText(tr("Filter"));
  m_filter->setAccessibleName(tr("Filter of the list: %1").arg(tr("Quarantine")));
  m_filter->setClearButtonEnabled(true);
  m_filter->setMaximumWidth(200);
  QPushButton *save = barButton(tr("Export…"), tr("Save the quarantine as a CSV file"));
  connect(m_file, &QComboBox::currentIndexChanged, this, [this] {
    m_proxy->setFile(m_file->currentData().toString().toStdString());
    showNote();
  });
  connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
    m_proxy->setText(text);
    showNote();
  });
  connect(save, &QPushButton::clicked, this, &QuarantinePanel::exportRequested);
  connect(m_fix, &QPushButton::clicked, this, [this] {
    if (const QuarantinedRecord *record = current())
      Q_EMIT mappingRequested(record->file_id, QString::fromStdString(record->file));
  });
  auto *top = new QWidget;
  auto *layout = new QHBoxLayout(top);
  layout->setContentsMargins(14, 4, 14, 0);
  layout->addWidget(m_note, 1);
  for (QWidget *widget : std::initializer_list<QWidget *>{m_fix, save, m_file, m_filter})
    layout->addWidget(widget);
  return top;
}

QWidget *QuarantinePanel::buildTable() {
  m_proxy->setSourceModel(m_records);
  m_view->setModel(m_proxy);
  styleTable(*m_view, tr("Quarantine"));
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(-1, Qt::AscendingOrder);
  m_view->horizontalHeader()->setStretchLastSection(true);
  for (int i = 0; i < static_cast<int>(std::size(kWidths)); ++i)
    m_view->setColumnWidth(i, kWidths[i]);
  auto *copyRows = new QAction(tr("Copy"), m_view);
  copyRows->setShortcut(QKeySequence::Copy);
  copyRows->setShortcutContext(Qt::WidgetShortcut);
  auto *fix = new QAction(m_fix->text(), m_view);
  m_view->addActions({copyRows, fix});
  m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copyRows, &QAction::triggered, this, &QuarantinePanel::copy);
  connect(fix, &QAction::triggered, m_fix, &QPushButton::click);
  connect(m_view, &QTableView::doubleClicked, m_fix, &QPushButton::click);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &QuarantinePanel::showDetail);
  connect(m_proxy, &QAbstractItemModel::modelReset, this, &QuarantinePanel::showDetail);
  return m_view;
}

void QuarantinePanel::buildDetail() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setPixelSize(12);
  m_detail->setFont(font);
  m_detail->setReadOnly(true);
  m_detail->setAccessibleName(tr("The record's whole text"));
  m_detail->setPlaceholderText(tr("Choose a record to see its whole text."));
  m_detail->setFrameShape(QFrame::NoFrame);
  m_detail->setTabChangesFocus(true);
  QTextOption option = m_detail->document()->defaultTextOption();
  option.setFlags(QTextOption::ShowTabsAndSpaces);
  m_detail->document()->setDefaultTextOption(option);
  m_detail->setWordWrapMode(QTextOption::WrapAnywhere);
}

const QuarantinedRecord *QuarantinePanel::current() const {
  const QModelIndex index = m_proxy->mapToSource(m_view->currentIndex());
  return index.isValid() ? &m_records->record(index.row()) : nullptr;
}

void QuarantinePanel::showDetail() {
  const QuarantinedRecord *record = current();
  offerWriting(*m_fix, m_fix->accessibleName(), record != nullptr);
  m_view->actions().constLast()->setEnabled(m_fix->isEnabled());
  m_detail->setPlainText(record ? visibleText(record->text).left(kLongestDetail) : QString());
}

void QuarantinePanel::fillReasons(const Overview &overview) {
  const QSignalBlocker quiet(m_reasons);
  const QString chosen =
      m_reasons->currentItem() ? m_reasons->currentItem()->data(Qt::UserRole).toString() : QString();
  m_reasons->clear();
  const auto add = [this, &chosen](std::int64_t count, const QString &text, const QString &reason) {
    auto *item = new QListWidgetItem(QStringLiteral("%1  %2").arg(formatCount(count), text), m_reasons);
    item->setData(Qt::UserRole, reason);
    item->setToolTip(text);
    if (reason == chosen)
      m_reasons->setCurrentItem(item);
  };
  add(overview.counts.quarantined, tr("all reasons"), QString());
  for (const ReasonCount &reason : overview.quarantine_reasons)
    add(reason.count, QString::fromStdString(reason.reason), QString::fromStdString(reason.reason));
  if (!m_reasons->currentItem())
    m_reasons->setCurrentRow(0);
  m_proxy->setReason(m_reasons->currentItem()->data(Qt::UserRole).toString().toStdString());
}

void QuarantinePanel::fillFiles(const std::vector<QuarantinedRecord> &records) {
  std::set<std::string> paths;
  for (const QuarantinedRecord &record : records)
    paths.insert(record.file);
  const QString chosen = m_file->currentData().toString();
  if (!chosen.isEmpty())
    paths.insert(chosen.toStdString());
  if (static_cast<int>(paths.size()) == m_file->count() - 1)
    return;
  const QSignalBlocker quiet(m_file);
  m_file->clear();
  m_file->addItem(tr("All files"), QString());
  for (const std::string &path : paths)
    m_file->addItem(QString::fromStdString(path).section(QLatin1Char('/'), -2), QString::fromStdString(path));
  m_file->setCurrentIndex(std::max(0, m_file->findData(chosen)));
}

void QuarantinePanel::showFile(const std::string &path) {
  const QString wanted = QString::fromStdString(path);
  if (m_file->findData(wanted) < 0)
    m_file->addItem(wanted.section(QLatin1Char('/'), -2), wanted);
  m_file->setCurrentIndex(m_file->findData(wanted));
}

void QuarantinePanel::show(const std::vector<QuarantinedRecord> &records, const Overview &overview) {
  m_total = overview.counts.quarantined;
  m_records->setRecords(records);
  fillReasons(overview);
  fillFiles(records);
  showNote();
}

void QuarantinePanel::showNote() {
  const auto shown = static_cast<std::int64_t>(m_proxy->rowCount());
  const auto listed = static_cast<std::int64_t>(m_records->rowCount());
  QString text = shown < m_total ? tr("%1 of %2 records").arg(formatCount(shown), formatCount(m_total))
                                 : tr("%1 records").arg(formatCount(shown));
  if (listed < m_total)
    text += tr(" · the first %1 are listed").arg(formatCount(listed));
  m_note->setText(text);
}

void QuarantinePanel::copy() {
  QStringList lines;
  for (const QModelIndex &index : m_view->selectionModel()->selectedRows()) {
    const QuarantinedRecord &record = m_records->record(m_proxy->mapToSource(index).row());
    lines << QStringList{tabbedCell(QString::fromStdString(record.file)), QString::number(record.line),
                         QString::number(record.offset), tabbedCell(QString::fromStdString(record.reason)),
                         tabbedCell(QString::fromStdString(record.text))}
                 .join(QLatin1Char('\t'));
  }
  QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace meteorograph::ui
