// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/LimitsDialog.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>

namespace meteorograph::ui {

namespace {

constexpr int kMostMinutes = 60 * 24 * 90;

/// Empty is not checked: NaN. Nothing on what is no number.
std::optional<double> parseLimit(const QString &text) {
  const QString plain =
      text.trimmed().replace(QLatin1Char(','), QLatin1Char('.')).replace(QChar(0x2212), '-');
  if (plain.isEmpty())
    return std::numeric_limits<double>::quiet_NaN();
  bool good = false;
  const double value = QLocale::c().toDouble(plain, &good);
  return good ? std::optional(value) : std::nullopt;
}

QString limitText(double value) {
  return std::isnan(value) ? QString() : QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

LimitsDialog::LimitsDialog(const Quantity &quantity, QWidget *parent)
    : QDialog(parent), m_quantity(quantity), m_low(makeValue(tr("Lowest"))), m_high(makeValue(tr("Highest"))),
      m_spike(makeValue(tr("Step up and back"))), m_flat(new QSpinBox), m_note(new QLabel) {
  const QString unit = QString::fromStdString(quantity.unit);
  setWindowTitle(tr("Limits of %1").arg(quantityTitle(quantity.name)));
  m_flat->setRange(0, kMostMinutes);
  m_flat->setSuffix(tr(" min"));
  m_flat->setSpecialValueText(tr("not checked"));
  m_flat->setAccessibleName(tr("Unchanged for"));
  m_note->setProperty("role", "caption");
  m_note->setWordWrap(true);
  auto *form = new QFormLayout;
  form->setHorizontalSpacing(18);
  form->setVerticalSpacing(8);
  form->addRow(tr("&Below (%1)").arg(unit), m_low);
  form->addRow(tr("&Above (%1)").arg(unit), m_high);
  form->addRow(tr("&Step up and back (%1)").arg(unit), m_spike);
  form->addRow(tr("&Unchanged for"), m_flat);
  form->addRow(m_note);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel |
                                       QDialogButtonBox::RestoreDefaults);
  m_ok = buttons->button(QDialogButtonBox::Ok);
  m_ok->setText(tr("Set limits"));
  m_ok->setProperty("role", "primary");
  buttons->button(QDialogButtonBox::RestoreDefaults)->setText(tr("Restore defaults"));
  connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
          [this] { show(defaultLimits(m_quantity.name)); });
  connect(buttons, &QDialogButtonBox::accepted, this, &LimitsDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  for (QLineEdit *edit : {m_low, m_high, m_spike})
    connect(edit, &QLineEdit::textChanged, this, &LimitsDialog::check);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 18, 20, 14);
  layout->setSpacing(16);
  layout->addLayout(form);
  layout->addWidget(buttons);
  setMinimumWidth(440);
  show(quantity.limits);
  check();
}

QLineEdit *LimitsDialog::makeValue(const QString &name) {
  auto *edit = new QLineEdit(this);
  edit->setAccessibleName(name);
  edit->setPlaceholderText(tr("not checked"));
  return edit;
}

void LimitsDialog::show(const QuantityLimits &limits) {
  m_low->setText(limitText(limits.low));
  m_high->setText(limitText(limits.high));
  m_spike->setText(limitText(limits.spike));
  m_flat->setValue(static_cast<int>(limits.flat_us / kMinute));
}

std::optional<QuantityLimits> LimitsDialog::limits() const {
  const std::optional<double> low = parseLimit(m_low->text());
  const std::optional<double> high = parseLimit(m_high->text());
  const std::optional<double> spike = parseLimit(m_spike->text());
  if (!low || !high || !spike || *low > *high || *spike <= 0)
    return std::nullopt;
  return QuantityLimits{*low, *high, *spike, m_flat->value() * kMinute};
}

void LimitsDialog::check() {
  const bool good = limits().has_value();
  m_ok->setEnabled(good);
  m_note->setText(
      good ? tr("The charts draw a line at each limit and mark the values beyond; nothing is dropped.")
           : tr("▲ These limits cannot be read, or the lower one is above the upper one."));
  setTone(*m_note, good ? "" : "bad");
}

void LimitsDialog::accept() {
  if (const std::optional<QuantityLimits> wanted = limits()) {
    Q_EMIT chosen(*wanted);
    QDialog::accept();
  }
}

} // namespace meteorograph::ui
