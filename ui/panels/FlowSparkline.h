// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <QWidget>

#include <deque>

namespace meteorograph::ui {

/// Rows processed a second over the last minute, as a small filled line.
class FlowSparkline : public QWidget {
  Q_OBJECT
public:
  explicit FlowSparkline(QWidget *parent = nullptr);
  void add(TimeUs time, double rowsPerSecond);

  QSize sizeHint() const override { return {240, 60}; }
  QSize minimumSizeHint() const override { return {100, 36}; }

protected:
  void paintEvent(QPaintEvent *event) override;

private:
  struct Sample {
    TimeUs time_us;
    double rows;
  };
  std::deque<Sample> m_samples; ///< of the last minute, oldest first
};

} // namespace meteorograph::ui
