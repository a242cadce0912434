// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AxisDialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

#include <cmath>

namespace meteorograph::ui {
namespace {

/// As the user's locale writes numbers, or with a point.
std::optional<double> numberOf(const QString &text) {
  bool isNumber = false;
  double value = QLocale().toDouble(text.trimmed(), &isNumber);
  if (!isNumber)
    value = QLocale::c().toDouble(text.trimmed(), &isNumber);
  return isNumber && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

QString textOf(double value) {
  QLocale locale;
  locale.setNumberOptions(QLocale::OmitGroupSeparator);
  return locale.toString(value, 'g', 6);
}

} // namespace

AxisDialog::AxisDialog(const QString &title, const QString &unit, double low, double high, QWidget *parent)
    : QDialog(parent), m_low(new QLineEdit(textOf(low))), m_high(new QLineEdit(textOf(high))) {
  setWindowTitle(tr("Value axis of %1").arg(title));
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  m_ok = buttons->button(QDialogButtonBox::Ok);
  m_ok->setProperty("role", "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &AxisDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto *layout = new QFormLayout(this);
  layout->setContentsMargins(18, 16, 18, 14);
  layout->setSpacing(10);
  const QString suffix = unit.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(unit);
  layout->addRow(tr("&Highest value") + suffix, m_high);
  layout->addRow(tr("&Lowest value") + suffix, m_low);
  layout->addRow(buttons);
  for (QLineEdit *edit : {m_low, m_high})
    connect(edit, &QLineEdit::textChanged, this, [this] { m_ok->setEnabled(typed().has_value()); });
  m_low->setObjectName(QStringLiteral("low"));
  m_high->setObjectName(QStringLiteral("high"));
  m_high->selectAll();
  m_ok->setEnabled(typed().has_value());
}

std::optional<std::pair<double, double>> AxisDialog::typed() const {
  const std::optional<double> low = numberOf(m_low->text());
  const std::optional<double> high = numberOf(m_high->text());
  if (!low || !high || !(*low < *high))
    return std::nullopt;
  return std::pair(*low, *high);
}

void AxisDialog::accept() {
  const auto range = typed();
  if (!range)
    return;
  Q_EMIT chosen(range->first, range->second);
  QDialog::accept();
}

} // namespace meteorograph::ui
