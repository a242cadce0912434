// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"

namespace meteorograph::ui {

/// Takes times and values of one pane to pixels of a picture with `scale` pixels a logical pixel.
class PlotTransform {
public:
  PlotTransform(const ChartLayout &layout, const PaneLayout &pane, double scale)
      : m_from(layout.from_us), m_left(layout.left * scale),
        m_perUs((layout.right - layout.left) * scale / static_cast<double>(layout.to_us - layout.from_us)),
        m_bottom(pane.plot.bottom() * scale), m_low(pane.low),
        m_perUnit(pane.plot.height() * scale / (pane.high - pane.low)),
        m_plot(pane.plot.topLeft() * scale, pane.plot.size() * scale) {}

  double x(TimeUs time) const { return m_left + static_cast<double>(time - m_from) * m_perUs; }
  double y(double value) const { return m_bottom - (value - m_low) * m_perUnit; }
  double pixelsPerUs() const { return m_perUs; }
  const QRectF &plot() const { return m_plot; }

private:
  TimeUs m_from;
  double m_left;
  double m_perUs;
  double m_bottom;
  double m_low;
  double m_perUnit;
  QRectF m_plot;
};

} // namespace meteorograph::ui
