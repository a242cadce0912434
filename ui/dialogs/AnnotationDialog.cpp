// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AnnotationDialog.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace meteorograph::ui {

namespace {

constexpr int kMostLetters = 1000; // at most four bytes each: what a store takes

} // namespace

AnnotationDialog::AnnotationDialog(const Annotation &annotation, const Overview &overview, TimeUs now,
                                   const QTimeZone &zone, QWidget *parent)
    : QDialog(parent), m_annotation(annotation), m_now(now), m_zone(zone),
      m_text(new QLineEdit(QString::fromStdString(annotation.text))),
      m_from(new QLineEdit(formatEditable(annotation.from_us, zone))), m_to(new QLineEdit),
      m_device(new QComboBox), m_quantity(new QComboBox), m_note(new QLabel) {
  const bool isNew = annotation.id == 0;
  setWindowTitle(isNew ? tr("Annotate") : tr("Edit annotation"));
  m_text->setMaxLength(kMostLetters);
  m_text->setAccessibleName(tr("Text"));
  m_text->setPlaceholderText(tr("What happened?"));
  m_from->setAccessibleName(tr("Time"));
  m_to->setAccessibleName(tr("Until"));
  m_to->setPlaceholderText(tr("a moment"));
  if (annotation.to_us != kNoTime)
    m_to->setText(formatEditable(annotation.to_us, zone));
  m_device->addItem(tr("All devices"), QString());
  for (const DeviceStatus &device : overview.devices)
    m_device->addItem(QString::fromStdString(device.name), QString::fromStdString(device.name));
  m_quantity->addItem(tr("All quantities"), qlonglong{0});
  for (const Quantity &quantity : overview.quantities)
    m_quantity->addItem(quantityTitle(quantity.name), qlonglong{quantity.id});
  const QString device = QString::fromStdString(annotation.device);
  if (m_device->findData(device) < 0) // one that is not in the store now
    m_device->addItem(device, device);
  m_device->setCurrentIndex(m_device->findData(device));
  m_quantity->setCurrentIndex(std::max(0, m_quantity->findData(qlonglong{annotation.quantity})));
  m_device->setAccessibleName(tr("Device"));
  m_quantity->setAccessibleName(tr("Quantity"));
  m_note->setProperty("role", "caption");
  auto *form = new QFormLayout;
  form->setHorizontalSpacing(18);
  form->setVerticalSpacing(8);
  form->addRow(tr("&Text"), m_text);
  form->addRow(tr("T&ime"), m_from);
  form->addRow(tr("&Until"), m_to);
  form->addRow(tr("&Device"), m_device);
  form->addRow(tr("&Quantity"), m_quantity);
  form->addRow(m_note);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
  m_ok = buttons->button(QDialogButtonBox::Save);
  m_ok->setProperty("role", "primary");
  if (!isNew)
    connect(buttons->addButton(tr("De&lete"), QDialogButtonBox::DestructiveRole), &QPushButton::clicked, this,
            [this] {
              Q_EMIT deleteRequested(m_annotation);
              reject();
            });
  connect(buttons, &QDialogButtonBox::accepted, this, &AnnotationDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  for (QLineEdit *edit : {m_text, m_from, m_to})
    connect(edit, &QLineEdit::textChanged, this, &AnnotationDialog::check);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 14);
  layout->setSpacing(16);
  layout->addLayout(form);
  layout->addWidget(buttons);
  setMinimumWidth(460);
  m_text->setFocus();
  check();
}

std::optional<TimeUs> AnnotationDialog::timeOf(const QLineEdit &field, TimeUs before) const {
  const QString text = before == kNoTime ? QString() : formatEditable(before, m_zone);
  return text.isEmpty() ? parseTimeText(field.text(), m_now, m_zone)
                        : parseEdited(field.text(), {before, text}, m_now, m_zone);
}

std::optional<Annotation> AnnotationDialog::annotation() const {
  Annotation wanted = m_annotation;
  wanted.text = m_text->text().trimmed().toStdString();
  wanted.device = m_device->currentData().toString().toStdString();
  wanted.quantity = m_quantity->currentData().toLongLong();
  const std::optional<TimeUs> from = timeOf(*m_from, m_annotation.from_us);
  const bool isMoment = m_to->text().trimmed().isEmpty();
  const std::optional<TimeUs> to = isMoment ? std::optional(kNoTime) : timeOf(*m_to, m_annotation.to_us);
  if (!from || !to || (!isMoment && *to <= *from))
    return std::nullopt;
  wanted.from_us = *from;
  wanted.to_us = *to;
  return wanted;
}

void AnnotationDialog::check() {
  const bool good = annotation().has_value();
  m_ok->setEnabled(good && !m_text->text().trimmed().isEmpty());
  m_note->setText(good ? tr("Times are %1. The text is shown at the top of the charts.")
                             .arg(QString::fromUtf8(m_zone.id()))
                       : tr("▲ These times cannot be read, or the end is before the beginning."));
  setTone(*m_note, good ? "" : "bad");
}

void AnnotationDialog::accept() {
  const std::optional<Annotation> wanted = annotation();
  if (!wanted || wanted->text.empty())
    return;
  Q_EMIT saved(*wanted);
  QDialog::accept();
}

} // namespace meteorograph::ui
