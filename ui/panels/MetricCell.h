// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace meteorograph::ui {

/// One figure of the engine: its name, its value now, and a small filled line of the last minutes.
class MetricCell : public QWidget {
  Q_OBJECT
public:
  explicit MetricCell(const QString &name, const QString &tip, QWidget *parent = nullptr);
  /// `history`: evenly spaced, oldest first.
  void show(const QString &value, std::vector<double> history);
  QString text() const { return m_value; }
  const std::vector<double> &history() const { return m_history; }

  QSize sizeHint() const override { return {118, 38}; }
  QSize minimumSizeHint() const override { return {84, 30}; }

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  void paintLine(QPainter &painter, const QRectF &area) const;

  QString m_name;
  QString m_value = QStringLiteral("—");
  std::vector<double> m_history;
};

} // namespace meteorograph::ui
