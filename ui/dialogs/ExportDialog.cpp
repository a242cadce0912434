// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ExportDialog.h"

#include "ui/Theme.h"
#include "ui/export/ChartExport.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

namespace meteorograph::ui {

namespace {

template <class W> W *named(W *widget, const QString &name) {
  widget->setAccessibleName(name);
  return widget;
}

QString defaultFolder(const QString &folder) {
  return folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) : folder;
}

} // namespace

ExportDialog::ExportDialog(const ChartScene &seen, TimeUs now, const QString &folder, QWidget *parent)
    : QDialog(parent), m_seen(seen), m_now(now), m_format(named(new QComboBox, tr("Format"))),
      m_content(named(new QComboBox, tr("Content"))), m_scale(named(new QComboBox, tr("Resolution"))),
      m_paper(named(new QComboBox, tr("Paper"))), m_pane(named(new QComboBox, tr("Panes"))),
      m_rangeKind(named(new QComboBox, tr("Range"))), m_from(named(new QLineEdit, tr("From"))),
      m_to(named(new QLineEdit, tr("To"))), m_path(named(new QLineEdit, tr("File"))),
      m_sidecar(new QCheckBox(tr("&Describe it in a file beside"))), m_note(new QLabel) {
  setWindowTitle(tr("Export"));
  const QStringList formats = {tr("CSV table"), tr("PNG picture"), tr("SVG drawing"), tr("PDF page")};
  for (int i = 0; i < formats.size(); ++i)
    m_format->addItem(formats[i], i);
  m_content->addItem(tr("The plotted points"), -1);
  m_content->addItem(tr("Bronze: readings as they came"), static_cast<int>(Layer::Bronze));
  m_content->addItem(tr("Silver: 1 s windows"), static_cast<int>(Layer::Silver));
  m_content->addItem(tr("Gold: moving averages"), static_cast<int>(Layer::Gold));
  for (const int scale : {1, 2, 4})
    m_scale->addItem(tr("%1×").arg(scale), scale);
  m_paper->addItem(tr("A4"), static_cast<int>(ExportPlan::Paper::A4));
  m_paper->addItem(tr("Letter"), static_cast<int>(ExportPlan::Paper::Letter));
  m_paper->setCurrentIndex(QLocale().measurementSystem() == QLocale::ImperialUSSystem ? 1 : 0);
  m_pane->addItem(tr("All panes"), qlonglong{0});
  for (const PaneSpec &pane : seen.panes)
    m_pane->addItem(pane.title, qlonglong{pane.quantity});
  m_rangeKind->addItem(tr("What is seen"));
  m_rangeKind->addItem(tr("Chosen range"));
  m_from->setText(formatEditable(floorTo(seen.from_us, kSecond), seen.zone));
  m_to->setText(formatEditable(floorTo(seen.to_us, kSecond), seen.zone));
  m_path->setText(defaultFolder(folder) + QStringLiteral("/meteorograph-") +
                  QString::fromStdString(formatIsoTime(now)).left(10) + QStringLiteral(".csv"));
  m_sidecar->setChecked(true);
  m_sidecar->setToolTip(
      tr("A JSON file with store, sources, range, devices, version, row count and SHA-256"));
  m_note->setProperty("role", "caption");
  build();
  adaptToFormat();
}

void ExportDialog::build() {
  auto *browseButton = named(new QToolButton, tr("Choose the file"));
  browseButton->setText(tr("…"));
  browseButton->setProperty("role", "field");
  auto *file = new QHBoxLayout;
  file->addWidget(m_path, 1);
  file->addWidget(browseButton);
  auto *ends = new QHBoxLayout;
  ends->addWidget(m_from);
  ends->addWidget(new QLabel(QStringLiteral("–")));
  ends->addWidget(m_to);
  auto *form = m_form = new QFormLayout;
  form->setHorizontalSpacing(18);
  form->setVerticalSpacing(9);
  form->addRow(tr("&Format"), m_format);
  form->addRow(tr("&Content"), m_content);
  form->addRow(tr("Re&solution"), m_scale);
  form->addRow(tr("P&aper"), m_paper);
  form->addRow(tr("&Panes"), m_pane);
  form->addRow(tr("&Range"), m_rangeKind);
  form->addRow(QString(), ends);
  auto *fileLabel = new QLabel(tr("F&ile"));
  fileLabel->setBuddy(m_path);
  form->addRow(fileLabel, file);
  form->addRow(QString(), m_sidecar);
  form->addRow(QString(), m_note);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
  m_ok = buttons->button(QDialogButtonBox::Save);
  m_ok->setText(tr("Export"));
  m_ok->setProperty("role", "primary");
  QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  copy->setToolTip(tr("What is seen to the clipboard: a table as CSV, else as a picture"));
  connect(copy, &QPushButton::clicked, this, [this] {
    Q_EMIT copyRequested(format() != ExportPlan::Format::Csv);
    QDialog::accept();
  });
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(browseButton, &QToolButton::clicked, this, &ExportDialog::browse);
  connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::adaptToFormat);
  connect(m_rangeKind, &QComboBox::currentIndexChanged, this, &ExportDialog::adaptToFormat);
  for (QLineEdit *edit : {m_from, m_to, m_path})
    connect(edit, &QLineEdit::textChanged, this, &ExportDialog::check);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 14);
  layout->setSpacing(16);
  layout->addLayout(form);
  layout->addWidget(buttons);
  setMinimumWidth(560);
}

ExportPlan::Format ExportDialog::format() const {
  return static_cast<ExportPlan::Format>(m_format->currentData().toInt());
}

void ExportDialog::showRow(QWidget *field, bool shown) {
  field->setVisible(shown);
  m_form->labelForField(field)->setVisible(shown);
}

void ExportDialog::adaptToFormat() {
  showRow(m_content, format() == ExportPlan::Format::Csv);
  showRow(m_scale, format() == ExportPlan::Format::Png);
  showRow(m_paper, format() == ExportPlan::Format::Pdf);
  const bool chosen = m_rangeKind->currentIndex() == 1;
  m_from->setEnabled(chosen);
  m_to->setEnabled(chosen);
  const QString path = m_path->text();
  const qsizetype dot = path.lastIndexOf(QLatin1Char('.'));
  m_path->setText((dot > path.lastIndexOf(QLatin1Char('/')) ? path.left(dot) : path) + QLatin1Char('.') +
                  suffixOf(format()));
  check();
}

std::optional<ExportPlan> ExportDialog::plan() const {
  ExportPlan plan;
  plan.format = format();
  plan.path = m_path->text().trimmed();
  plan.sidecar = m_sidecar->isChecked();
  plan.scale = m_scale->currentData().toInt();
  plan.paper = static_cast<ExportPlan::Paper>(m_paper->currentData().toInt());
  if (const int layer = m_content->currentData().toInt();
      layer >= 0 && plan.format == ExportPlan::Format::Csv)
    plan.layer = static_cast<Layer>(layer);
  if (const qlonglong pane = m_pane->currentData().toLongLong(); pane != 0)
    plan.pane = pane;
  if (m_rangeKind->currentIndex() == 1) {
    const std::optional<TimeUs> from = parseTimeText(m_from->text(), m_now, m_seen.zone);
    const std::optional<TimeUs> to = parseTimeText(m_to->text(), m_now, m_seen.zone);
    if (!from || !to || *from >= *to)
      return std::nullopt;
    plan.range = ViewRange{*from, *to};
  }
  return plan.path.isEmpty() ? std::nullopt : std::optional(plan);
}

void ExportDialog::check() {
  const std::optional<ExportPlan> wanted = plan();
  m_ok->setEnabled(wanted.has_value());
  const ViewRange range = wanted && wanted->range ? *wanted->range : ViewRange{m_seen.from_us, m_seen.to_us};
  ChartScene exported;
  exported.from_us = range.from_us;
  exported.to_us = range.to_us;
  exported.zone = m_seen.zone;
  m_note->setText(wanted ? rangeTitle(exported) : tr("▲ The range or the file is not complete."));
  setTone(*m_note, wanted ? "" : "bad");
}

void ExportDialog::browse() {
  auto *dialog = new QFileDialog(this, tr("Export to"), m_path->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(suffixOf(format()));
  connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
  dialog->open();
}

void ExportDialog::accept() {
  if (const std::optional<ExportPlan> wanted = plan()) {
    Q_EMIT ordered(*wanted);
    QDialog::accept();
  }
}

} // namespace meteorograph::ui
