// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/KeptFrame.h"

#include <QImage>

class QPainter;

namespace meteorograph::ui {

/// Paints a scene: the one code path for the window, pictures, documents and the command line.
/// Refers to scene and theme, which must outlive it. Works on any thread that may paint on images.
class ChartPainter {
public:
  /// `size` in logical pixels.
  ChartPainter(const ChartScene &scene, const ChartTheme &theme, QSizeF size);
  /// The same for who has the scene's layout at that size already.
  ChartPainter(const ChartScene &scene, const ChartTheme &theme, QSizeF size, ChartLayout layout);

  const ChartLayout &layout() const { return m_layout; }

  /// A picture of size × devicePixelRatio device pixels: the frame, then the data by spans.
  QImage render(double devicePixelRatio) const;
  /// The same for who paints one picture after the other: into an image whose memory is used again if
  /// it has the size, and over the frame of the picture before if that is the same.
  void render(QImage &image, double devicePixelRatio, KeptFrame &kept) const;
  /// The same as render() into any painter, data as line segments: for SVG, PDF and printers.
  void paintVector(QPainter &painter) const;

private:
  void prepare(QImage &image, double devicePixelRatio) const;
  void renderFrame(QImage &image, double devicePixelRatio, const FrameData &data) const;
  void drawData(QImage &image) const;

  const ChartScene &m_scene;
  const ChartTheme &m_theme;
  QSizeF m_size;
  ChartLayout m_layout;
};

/// How many pixels a picture of that many logical ones has; at least one.
QSize pixelsOf(QSizeF size, double devicePixelRatio);

/// Shorthand for ChartPainter(scene, chartTheme(dark), size).render(devicePixelRatio).
QImage renderChart(const ChartScene &scene, bool dark, QSize size, double devicePixelRatio);

} // namespace meteorograph::ui
