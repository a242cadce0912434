// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

#include <array>
#include <optional>

namespace meteorograph::ui {

/// A small line of the last hour, minute by minute, without axes; broken where data are missing.
class Sparkline : public QWidget {
  Q_OBJECT
public:
  using Hour = std::array<std::optional<double>, 60>;
  static constexpr int kLeastWidth = 56; ///< narrower it would say nothing

  explicit Sparkline(QWidget *parent = nullptr);
  void show(const Hour &hour, const QColor &colour);
  bool hasLine() const; ///< enough minutes follow one another to be worth looking at

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  Hour m_hour;
  QColor m_colour;
};

} // namespace meteorograph::ui
