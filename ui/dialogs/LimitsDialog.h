// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace meteorograph::ui {

/// Beyond which values a quantity's readings are marked as likely faults. Emits chosen() and closes.
class LimitsDialog : public QDialog {
  Q_OBJECT
public:
  explicit LimitsDialog(const Quantity &quantity, QWidget *parent = nullptr);

Q_SIGNALS:
  void chosen(const meteorograph::QuantityLimits &limits);

private:
  QLineEdit *makeValue(const QString &name);
  void show(const QuantityLimits &limits);
  std::optional<QuantityLimits> limits() const;
  void check();
  void accept() override;

  Quantity m_quantity;
  QLineEdit *m_low;
  QLineEdit *m_high;
  QLineEdit *m_spike;
  QSpinBox *m_flat;
  QLabel *m_note;
  QPushButton *m_ok = nullptr;
};

} // namespace meteorograph::ui
