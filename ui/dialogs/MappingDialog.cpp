// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MappingDialog.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/mapping/FieldsDelegate.h"
#include "ui/mapping/FieldsModel.h"
#include "ui/mapping/LayoutOptions.h"
#include "ui/mapping/MappingFoot.h"
#include "ui/mapping/PresetBar.h"
#include "ui/mapping/SampleView.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {

constexpr int kProgressMs = 200;
constexpr int kOptionsWidth = 316;
constexpr int kLeastFields = 120;
constexpr int kFieldWidths[] = {150, 100, 108, 124, 126, 76, 76};

QString nameOf(const FileStatus &file) {
  return QString::fromStdString(file.path).section(QLatin1Char('/'), -1);
}

QFrame *card(QWidget *content) {
  auto *frame = new QFrame;
  frame->setProperty("card", true);
  auto *layout = new QVBoxLayout(frame);
  layout->setContentsMargins(1, 3, 1, 3);
  layout->addWidget(content);
  return frame;
}

} // namespace

QString correctionText(const CorrectionReport &report) {
  QStringList parts;
  parts << (report.files == 1 ? MappingDialog::tr("1 file: %1 readings before, %2 now")
                              : MappingDialog::tr("%3 files: %1 readings before, %2 now"))
               .arg(formatCount(report.readings_before), formatCount(report.readings_after));
  if (report.files != 1)
    parts.last() = parts.last().arg(formatCount(report.files));
  if (report.counts.quarantined > 0)
    parts << MappingDialog::tr("%1 quarantined").arg(formatCount(report.counts.quarantined));
  if (!report.errors.empty())
    parts << MappingDialog::tr("%1 could not be read: %2")
                 .arg(formatCount(static_cast<std::int64_t>(report.errors.size())),
                      QString::fromStdString(report.errors.front().message));
  return parts.join(QStringLiteral(" · "));
}

MappingDialog::MappingDialog(EngineClient *client, std::vector<FileStatus> files, const QTimeZone &zone,
                             QWidget *parent)
    : QDialog(parent), m_client(client), m_files(std::move(files)), m_runner(client),
      m_fields(new FieldsModel(m_draft, this)), m_presets(new PresetBar(client)), m_shown(new QComboBox),
      m_recognised(new QLabel), m_table(new QTableView), m_options(new LayoutOptions(m_draft)),
      m_sample(new SampleView(zone)), m_parts(new QSplitter), m_foot(new MappingFoot) {
  setWindowTitle(tr("Mapping of %1").arg(nameOf(m_files.front())));
  setSizeGripEnabled(true);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 14, 16, 14);
  layout->setSpacing(12);
  layout->addWidget(buildHead());
  layout->addWidget(buildBody(), 1);
  layout->addWidget(m_foot);
  m_progress.setInterval(kProgressMs);
  connect(&m_progress, &QTimer::timeout, this, [this] {
    if (m_client)
      m_foot->run(m_client->status());
  });
  connect(m_presets, &PresetBar::chosen, this, &MappingDialog::chooseMapping);
  connect(m_presets, &PresetBar::told, m_foot, &MappingFoot::tell);
  connect(m_fields, &FieldsModel::changed, this, [this] { preview(false); });
  connect(m_options, &LayoutOptions::changed, this, [this] { preview(false); });
  connect(&m_runner, &PreviewRunner::ready, this, &MappingDialog::take);
  connect(&m_runner, &PreviewRunner::failed, this, [this](const QString &message) {
    m_foot->tell(QStringLiteral("▲ ") + message, true);
    m_foot->setReady(false);
  });
  connect(m_foot, &MappingFoot::applyRequested, this, [this] { m_foot->ask(question()); });
  connect(m_foot, &MappingFoot::confirmed, this, &MappingDialog::apply);
  connect(m_foot, &MappingFoot::cancelRequested, this, [this] {
    if (m_client)
      m_client->cancel(m_correction);
  });
  connect(m_foot, &MappingFoot::closeRequested, this, &QDialog::close);
  resize(1240, 740);
  chooseMapping(m_files.front().mapping);
}

QWidget *MappingDialog::buildHead() {
  auto *name = new QLabel(m_files.size() == 1
                              ? nameOf(m_files.front())
                              : tr("%1 files alike").arg(formatCount(static_cast<qint64>(m_files.size()))));
  name->setProperty("role", "headline");
  name->setToolTip(QString::fromStdString(m_files.front().path));
  m_recognised->setProperty("role", "caption");
  m_recognised->setText(QString::fromStdString(m_files.front().format));
  m_recognised->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_shown->setAccessibleName(tr("The file that is shown"));
  m_shown->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_shown->setMinimumContentsLength(24);
  for (const FileStatus &file : m_files)
    m_shown->addItem(nameOf(file), QString::fromStdString(file.path));
  m_shown->setVisible(m_files.size() > 1);
  connect(m_shown, &QComboBox::activated, this, [this] { preview(true); });
  auto *titles = new QVBoxLayout;
  titles->setSpacing(1);
  titles->addWidget(name);
  titles->addWidget(m_recognised);
  auto *head = new QWidget;
  auto *layout = new QHBoxLayout(head);
  layout->setContentsMargins(2, 0, 0, 0);
  layout->setSpacing(12);
  layout->addLayout(titles, 1);
  layout->addWidget(m_shown);
  layout->addWidget(m_presets);
  return head;
}

QWidget *MappingDialog::buildFields() {
  m_table->setModel(m_fields);
  styleTable(*m_table, tr("Fields of the file"));
  m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setItemDelegate(new FieldsDelegate(m_table));
  m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                           QAbstractItemView::AnyKeyPressed);
  m_table->verticalHeader()->setDefaultSectionSize(26);
  m_table->horizontalHeader()->setStretchLastSection(true);
  for (int i = 0; i < static_cast<int>(std::size(kFieldWidths)); ++i)
    m_table->setColumnWidth(i, kFieldWidths[i]);
  connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
    if (index.flags() & Qt::ItemIsEditable)
      m_table->edit(index);
  });
  connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
    if (index.flags() & Qt::ItemIsEditable)
      m_table->edit(index);
  });
  return card(m_table);
}

QWidget *MappingDialog::buildBody() {
  auto *options = new QScrollArea;
  options->setObjectName(QStringLiteral("mappingOptions"));
  options->setWidget(m_options);
  options->setWidgetResizable(true);
  options->setFrameShape(QFrame::NoFrame);
  options->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  options->setFocusPolicy(Qt::NoFocus);
  QFrame *left = card(options);
  left->setFixedWidth(kOptionsWidth);
  m_parts->setOrientation(Qt::Vertical);
  QSplitter *right = m_parts;
  right->setHandleWidth(10);
  right->setChildrenCollapsible(false);
  right->addWidget(buildFields());
  right->addWidget(m_sample);
  right->setSizes({300, 300});
  auto *body = new QWidget;
  auto *layout = new QHBoxLayout(body);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  layout->addWidget(left);
  layout->addWidget(right, 1);
  return body;
}

/// A few fields leave the room to the rows; many take half of it. Only once: then it is the user's.
void MappingDialog::fitParts() {
  if (m_fields->rowCount() == 0 || std::exchange(m_fitted, true))
    return;
  const int height = m_parts->height();
  const int wanted = m_table->verticalHeader()->length() + m_table->horizontalHeader()->height() + 20;
  const int top = std::clamp(wanted, kLeastFields, std::max(kLeastFields, height / 2));
  m_parts->setSizes({top, height - top});
}

QString MappingDialog::currentPath() const { return m_shown->currentData().toString(); }

void MappingDialog::chooseMapping(const Mapping &mapping) {
  m_draft.setMapping(mapping);
  m_options->refresh();
  preview(true);
}

void MappingDialog::preview(bool at_once) {
  m_presets->setMapping(m_draft.mapping());
  m_sample->setBusy(true);
  m_foot->setReady(false);
  m_runner.want(currentPath(), m_draft.mapping(), at_once);
}

void MappingDialog::take(const std::shared_ptr<const MappingPreview> &preview) {
  m_draft.setInference(preview->inference);
  m_recognised->setText(QString::fromStdString(preview->inference.format));
  m_fields->refresh(preview->rows);
  m_table->setColumnHidden(FieldsModel::ExampleColumn, !m_fields->hasExamples());
  m_options->refresh();
  m_sample->show(preview);
  fitParts();
  const bool nothing = preview->counts.accepted == 0;
  m_foot->edit();
  m_foot->tell(nothing ? tr("▲ No record would be accepted like this.") : QString(), nothing);
  m_foot->setReady(true);
}

QString MappingDialog::question() const {
  std::int64_t readings = 0;
  for (const FileStatus &file : m_files)
    readings += file.readings;
  if (m_files.size() == 1)
    return tr("Read %1 again and replace its %2 readings?")
        .arg(nameOf(m_files.front()), formatCount(readings));
  return tr("Read %1 files again and replace their %2 readings?")
      .arg(formatCount(static_cast<qint64>(m_files.size())), formatCount(readings));
}

void MappingDialog::apply() {
  if (!m_client)
    return;
  std::vector<std::int64_t> ids;
  for (const FileStatus &file : m_files)
    ids.push_back(file.id);
  m_foot->run({});
  m_progress.start();
  setEditable(false);
  m_correction = m_client->applyMapping(std::move(ids), m_draft.mapping(),
                                        [self = QPointer(this)](const Result<CorrectionReport> &report) {
                                          if (self)
                                            self->finish(report);
                                        });
}

void MappingDialog::setEditable(bool editable) {
  for (QWidget *part : std::initializer_list<QWidget *>{m_presets, m_shown, m_table, m_options})
    part->setEnabled(editable);
}

void MappingDialog::finish(const Result<CorrectionReport> &report) {
  m_progress.stop();
  setEditable(true);
  if (!report) {
    m_foot->edit();
    m_foot->setReady(true);
    m_foot->tell(report.error().code == ErrorCode::Cancelled
                     ? tr("Cancelled: the files that were not reached are as they were.")
                     : QStringLiteral("▲ ") + QString::fromStdString(report.error().message),
                 report.error().code != ErrorCode::Cancelled);
    return;
  }
  const QString text = correctionText(*report);
  m_foot->finish(text, !report->errors.empty());
  Q_EMIT applied(text, !report->errors.empty());
}

} // namespace meteorograph::ui
