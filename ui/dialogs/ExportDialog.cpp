// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ExportDialog.h"

#include "ui/Theme.h"
#include "ui/export/ChartExport.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
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

QString defaultName(TimeUs now, const QTimeZone &zone) {
  const QString time = QString::fromLatin1(formatIsoLocal(now, zone));
  return QStringLiteral("meteorograph-") + time.left(10) + QLatin1Char('-') +
         time.mid(11, 8).remove(QLatin1Char(':')) + QStringLiteral(".csv");
}

Editable editable(TimeUs time, const QTimeZone &zone) {
  return {time, formatEditable(floorTo(time, kSecond), zone)};
}

} // namespace

ExportDialog::ExportDialog(const ChartScene &seen, TimeUs now, const QString &folder, QWidget *parent)
    : QDialog(parent), m_seen(seen), m_now(now), m_seenFrom(editable(seen.from_us, seen.zone)),
      m_seenTo(editable(seen.to_us, seen.zone)), m_format(named(new QComboBox, tr("Format"))),
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
  m_from->setText(m_seenFrom.text);
  m_to->setText(m_seenTo.text);
  m_path->setText(defaultFolder(folder) + QLatin1Char('/') + defaultName(now, seen.zone));
  m_sidecar->setChecked(true);
  m_sidecar->setToolTip(
      tr("A JSON file with store, sources, range, devices, version, row count and SHA-256"));
  m_note->setProperty("role", "caption");
  m_note->setWordWrap(true);
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
  m_copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  m_copy->setToolTip(tr("What is seen to the clipboard: the plotted points as CSV, else a picture"));
  connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(browseButton, &QToolButton::clicked, this, &ExportDialog::browse);
  connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::adaptToFormat);
  connect(m_rangeKind, &QComboBox::currentIndexChanged, this, &ExportDialog::adaptToFormat);
  connect(m_content, &QComboBox::currentIndexChanged, this, &ExportDialog::check);
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

std::optional<Layer> ExportDialog::layer() const {
  const int chosen = m_content->currentData().toInt();
  return chosen >= 0 && format() == ExportPlan::Format::Csv ? std::optional(static_cast<Layer>(chosen))
                                                            : std::nullopt;
}

std::optional<QuantityId> ExportDialog::pane() const {
  const qlonglong chosen = m_pane->currentData().toLongLong();
  return chosen != 0 ? std::optional<QuantityId>(chosen) : std::nullopt;
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

/// A layer's request without devices would mean all of them.
QString ExportDialog::trouble() const {
  if (m_seen.devices.empty())
    return tr("▲ No device is shown, so there is nothing to export.");
  return plan() ? QString() : tr("▲ The range or the file is not complete.");
}

std::optional<ExportPlan> ExportDialog::plan() const {
  ExportPlan plan;
  plan.format = format();
  plan.path = m_path->text().trimmed();
  plan.sidecar = m_sidecar->isChecked();
  plan.scale = m_scale->currentData().toInt();
  plan.paper = static_cast<ExportPlan::Paper>(m_paper->currentData().toInt());
  plan.layer = layer();
  plan.pane = pane();
  if (m_rangeKind->currentIndex() == 1) {
    const std::optional<TimeUs> from = parseEdited(m_from->text(), m_seenFrom, m_now, m_seen.zone);
    const std::optional<TimeUs> to = parseEdited(m_to->text(), m_seenTo, m_now, m_seen.zone);
    if (!from || !to || *from >= *to)
      return std::nullopt;
    plan.range = ViewRange{*from, *to};
  }
  return plan.path.isEmpty() ? std::nullopt : std::optional(plan);
}

void ExportDialog::check() {
  const QString wrong = trouble();
  const std::optional<ExportPlan> wanted = plan();
  const bool replaces = wanted && QFileInfo(wanted->path).isFile();
  if (!replaces || m_replaced != wanted->path)
    m_replaced.clear();
  m_ok->setEnabled(wrong.isEmpty());
  m_copy->setEnabled(!m_seen.devices.empty() && m_rangeKind->currentIndex() == 0 && !layer());
  m_ok->setText(m_replaced.isEmpty() ? tr("Export") : tr("Replace"));
  const ViewRange range = wanted && wanted->range ? *wanted->range : ViewRange{m_seen.from_us, m_seen.to_us};
  ChartScene exported;
  exported.from_us = range.from_us;
  exported.to_us = range.to_us;
  exported.zone = m_seen.zone;
  const QString note = rangeTitle(exported) + (!replaces ? QString()
                                               : m_replaced.isEmpty()
                                                   ? tr("\n▲ The file exists and will be replaced.")
                                                   : tr("\n▲ The file exists. Press Replace to replace it."));
  m_note->setText(wrong.isEmpty() ? note : wrong);
  setTone(*m_note, !wrong.isEmpty() ? "bad" : replaces ? "warn" : "");
}

void ExportDialog::browse() {
  auto *dialog = new QFileDialog(this, tr("Export to"), m_path->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(suffixOf(format()));
  dialog->setOption(QFileDialog::DontConfirmOverwrite); // this dialog does
  connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
  dialog->open();
}

void ExportDialog::copy() {
  ChartScene scene = m_seen;
  keepPane(scene, pane());
  Q_EMIT copyRequested(scene, format() != ExportPlan::Format::Csv);
  QDialog::accept();
}

void ExportDialog::accept() {
  const std::optional<ExportPlan> wanted = plan();
  if (!trouble().isEmpty() || !wanted)
    return;
  if (QFileInfo(wanted->path).isFile() && m_replaced != wanted->path) {
    m_replaced = wanted->path;
    return check();
  }
  Q_EMIT ordered(*wanted, m_seen);
  QDialog::accept();
}

} // namespace meteorograph::ui
