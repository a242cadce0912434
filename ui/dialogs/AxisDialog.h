// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>
#include <utility>

class QLineEdit;
class QPushButton;

namespace meteorograph::ui {

/// Asks for the ends of a value axis, in the unit of its pane. Emits chosen() with low < high and
/// closes.
class AxisDialog : public QDialog {
  Q_OBJECT
public:
  AxisDialog(const QString &title, const QString &unit, double low, double high, QWidget *parent = nullptr);

Q_SIGNALS:
  void chosen(double low, double high);

private:
  void accept() override;
  std::optional<std::pair<double, double>> typed() const;
  QLineEdit *m_low;
  QLineEdit *m_high;
  QPushButton *m_ok;
};

} // namespace meteorograph::ui
