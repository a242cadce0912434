// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/RetentionDialog.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"
#include "ui/format/RetentionText.h"
#include "ui/format/TimeFormat.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

namespace meteorograph::ui {

namespace {

/// After the last key, before the store is asked.
constexpr std::chrono::milliseconds kTyping{250};

QLabel *makeLabel(const QString &text, const char *role) {
  auto *label = new QLabel(text);
  label->setProperty("role", role);
  return label;
}

QString ageText(const LayerLimits &limits) {
  return limits.age_us ? QString::fromStdString(toString(LayerLimits{limits.age_us, {}})) : QString();
}

QString sizeText(const LayerLimits &limits) {
  return limits.bytes ? QString::fromStdString(toString(LayerLimits{{}, limits.bytes})) : QString();
}

} // namespace

RetentionDialog::RetentionDialog(EngineClient *client, const RetentionStatus &status, const QTimeZone &zone,
                                 QWidget *parent)
    : QDialog(parent), m_client(client), m_zone(zone), m_status(status), m_disk(makeLabel({}, "caption")),
      m_note(makeLabel({}, "caption")), m_asking(new QTimer(this)) {
  setWindowTitle(tr("Retention"));
  auto *lead =
      makeLabel(tr("What each layer keeps at most, in this store. Empty keeps everything. Each layer is "
                   "kept at least as long as the one above it; files are not read again for what "
                   "was given up."),
                "caption");
  lead->setWordWrap(true);
  m_disk->setWordWrap(true);
  m_note->setWordWrap(true);
  m_note->setMinimumHeight(44);
  m_note->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Apply | QDialogButtonBox::Cancel);
  m_apply = buttons->button(QDialogButtonBox::Apply);
  m_apply->setProperty("role", "primary");
  m_apply->setDefault(true);
  connect(m_apply, &QPushButton::clicked, this, &RetentionDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  m_asking->setSingleShot(true);
  m_asking->setInterval(kTyping);
  connect(m_asking, &QTimer::timeout, this, &RetentionDialog::ask);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 14);
  layout->setSpacing(14);
  layout->addWidget(lead);
  layout->addWidget(buildTable());
  layout->addWidget(m_disk);
  layout->addWidget(m_note);
  layout->addWidget(buttons);
  setMinimumWidth(760);
  showEffect(status);
  check();
}

QWidget *RetentionDialog::buildTable() {
  auto *table = new QWidget;
  auto *grid = new QGridLayout(table);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(8);
  const QStringList heads = {tr("Layer"), tr("Keep for"), tr("Up to"),
                             tr("Now"),   tr("A day"),    tr("Would go")};
  for (int column = 0; column < heads.size(); ++column)
    grid->addWidget(makeLabel(heads[column], "caption"), 0, column,
                    column < 3 ? Qt::AlignLeft : Qt::AlignRight);
  const std::array<QString, 3> what{tr("readings as they came"), tr("windows of 1 s"),
                                    tr("windows of 10 s to a day")};
  for (const StoreLayer layer : kStoreLayers) {
    const auto at = static_cast<std::size_t>(layer);
    const int line = static_cast<int>(at) + 1;
    const QString title = layerTitle(layer);
    const LayerLimits &limits = m_status.of(layer).limits;
    auto *name = new QLabel(QStringLiteral("<b>%1</b><br>%2").arg(title, what[at]));
    name->setTextFormat(Qt::RichText);
    name->setProperty("role", "caption");
    Row &row = m_rows[at];
    row = {makeEdit(tr("%1: keep for").arg(title), tr("for ever")),
           makeEdit(tr("%1: up to").arg(title), tr("any size")), new QLabel, new QLabel, new QLabel};
    row.age->setText(ageText(limits));
    row.size->setText(sizeText(limits));
    grid->addWidget(name, line, 0);
    grid->addWidget(row.age, line, 1);
    grid->addWidget(row.size, line, 2);
    int column = 3;
    for (QLabel *label : {row.held, row.growth, row.doomed})
      grid->addWidget(label, line, column++, Qt::AlignRight | Qt::AlignVCenter);
    for (QLineEdit *edit : {row.age, row.size})
      connect(edit, &QLineEdit::textChanged, this, &RetentionDialog::check);
  }
  grid->setColumnStretch(0, 1);
  for (const int column : {3, 4, 5})
    grid->setColumnMinimumWidth(column, 84);
  return table;
}

QLineEdit *RetentionDialog::makeEdit(const QString &name, const QString &placeholder) {
  auto *edit = new QLineEdit;
  edit->setAccessibleName(name);
  edit->setPlaceholderText(placeholder);
  edit->setFixedWidth(110);
  return edit;
}

Result<RetentionSettings> RetentionDialog::settings() const {
  RetentionSettings settings;
  for (const StoreLayer layer : kStoreLayers) {
    const Row &row = m_rows[static_cast<std::size_t>(layer)];
    for (const QLineEdit *edit : {row.age, row.size}) {
      const QString text = edit->text().trimmed();
      if (text.isEmpty())
        continue;
      const Result<LayerLimits> limits = parseLimits(text.toStdString());
      // A size in the field of the age would be understood, but not by who reads it later.
      if (!limits || (edit == row.age ? limits->bytes || !limits->age_us : limits->age_us || !limits->bytes))
        return fail(ErrorCode::Usage, tr("“%1” is no %2.")
                                          .arg(text, edit == row.age ? tr("age such as 12h, 30d, 8w or 2y")
                                                                     : tr("size such as 500MB, 20GB or 1TB"))
                                          .toStdString());
      if (edit == row.age)
        settings.of(layer).age_us = limits->age_us;
      else
        settings.of(layer).bytes = limits->bytes;
    }
  }
  return checkRetention(settings).map([&settings] { return settings; });
}

void RetentionDialog::check() {
  const Result<RetentionSettings> typed = settings();
  m_apply->setEnabled(typed.has_value());
  ++m_asked;
  m_answered = false;
  if (!typed) {
    m_asking->stop();
    QString text = QString::fromStdString(typed.error().message);
    text[0] = text[0].toUpper();
    m_note->setText(QStringLiteral("▲ ") + text);
    setTone(*m_note, "bad");
    return;
  }
  m_asking->start();
}

void RetentionDialog::ask() {
  const Result<RetentionSettings> typed = settings();
  if (!typed)
    return;
  m_client->fetchRetention(*typed,
                           [self = QPointer(this), asked = m_asked](const Result<RetentionStatus> &status) {
                             if (self && status && asked == self->m_asked)
                               self->showEffect(*status);
                           });
}

void RetentionDialog::showEffect(const RetentionStatus &status) {
  m_status = status;
  m_answered = true;
  for (const StoreLayer layer : kStoreLayers) {
    const LayerStatus &at = status.of(layer);
    Row &row = m_rows[static_cast<std::size_t>(layer)];
    row.held->setText(formatBytes(at.bytes));
    row.held->setToolTip(tr("%1 rows").arg(formatCount(at.rows)));
    row.growth->setText(growthText(status, at.bytes_per_day));
    row.doomed->setText(at.doomed_rows > 0 ? formatBytes(at.doomed_bytes) : QStringLiteral("—"));
    row.doomed->setToolTip(at.doomed_rows > 0 ? tr("%1 rows from before %2")
                                                    .arg(formatCount(at.doomed_rows),
                                                         formatDateTime(at.doomed_before_us, m_zone))
                                              : QString());
    setTone(*row.doomed, at.doomed_rows > 0 ? "warn" : "");
  }
  m_disk->setText(tr("Store %1, of it %2 free for use. Disk: %3 free, %4.")
                      .arg(formatBytes(status.store_bytes), formatBytes(status.free_bytes),
                           formatBytes(status.disk_free_bytes), forecastText(status)));
  setTone(*m_disk, status.warns() ? "warn" : "");
  const QString doomed = doomedText(status);
  m_note->setText(
      doomed.isEmpty()
          ? tr("Nothing would be given up now. Later, what is too old or too much goes by itself, "
               "in small steps, oldest first.")
          : tr("▲ This would be given up, in small steps while the engine runs: %1. "
               "There is no undo.")
                .arg(doomed));
  setTone(*m_note, doomed.isEmpty() ? "" : "warn");
}

void RetentionDialog::accept() {
  const Result<RetentionSettings> typed = settings();
  if (!typed)
    return;
  if (!m_answered) // what it would do is not known yet: nobody may say yes to that
    return ask();
  Q_EMIT chosen(*typed, m_status);
  QDialog::accept();
}

} // namespace meteorograph::ui
