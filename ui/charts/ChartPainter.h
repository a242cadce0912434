// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"
#include "ui/charts/ChartScene.h"
#include "ui/charts/ChartTheme.h"

#include <QImage>

class QPainter;

namespace meteorograph::ui {

/// Paints a scene: the one code path for the window, pictures, documents and the command line.
/// Refers to scene and theme, which must outlive it. Works on any thread that may paint on images.
class ChartPainter {
public:
  /// `size` in logical pixels.
  ChartPainter(const ChartScene &scene, const ChartTheme &theme, QSizeF size);

  const ChartLayout &layout() const { return m_layout; }

  /// A picture of size × devicePixelRatio device pixels: the frame, then the data by spans.
  QImage render(double devicePixelRatio) const;
  /// The frame alone: card, grid, axes, titles; for who draws the data more often than the frame.
  QImage renderFrame(double devicePixelRatio) const;
  /// The data over a picture of the frame, by spans.
  void drawData(QImage &image) const;
  /// The same as render() into any painter, data as line segments: for SVG, PDF and printers.
  void paintVector(QPainter &painter) const;

private:
  const ChartScene &m_scene;
  const ChartTheme &m_theme;
  QSizeF m_size;
  ChartLayout m_layout;
};

/// Shorthand for ChartPainter(scene, chartTheme(dark), size).render(devicePixelRatio).
QImage renderChart(const ChartScene &scene, bool dark, QSize size, double devicePixelRatio);

} // namespace meteorograph::ui
