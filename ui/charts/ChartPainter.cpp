// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartPainter.h"

#include "ui/charts/ChartFrame.h"
#include "ui/charts/DataPainter.h"

#include <QPainter>

#include <cmath>

namespace meteorograph::ui {

ChartPainter::ChartPainter(const ChartScene &scene, const ChartTheme &theme, QSizeF size)
    : m_scene(scene), m_theme(theme), m_size(size), m_layout(layoutChart(scene, theme, size)) {}

QImage ChartPainter::renderFrame(double devicePixelRatio) const {
  const QSize pixels(static_cast<int>(std::ceil(m_size.width() * devicePixelRatio)),
                     static_cast<int>(std::ceil(m_size.height() * devicePixelRatio)));
  QImage image(pixels.expandedTo(QSize(1, 1)), QImage::Format_RGB32);
  image.setDevicePixelRatio(devicePixelRatio);
  image.fill(m_theme.card);
  QPainter painter(&image);
  paintChartFrame(painter, m_scene, m_theme, m_layout);
  return image;
}

void ChartPainter::drawData(QImage &image) const {
  SpanDataPainter(image, m_scene, m_theme, m_layout).paint();
  QPainter painter(&image);
  paintDataMarks(painter, m_scene, m_theme, m_layout);
}

QImage ChartPainter::render(double devicePixelRatio) const {
  QImage image = renderFrame(devicePixelRatio);
  drawData(image);
  return image;
}

void ChartPainter::paintVector(QPainter &painter) const {
  painter.save();
  paintChartFrame(painter, m_scene, m_theme, m_layout);
  SegmentDataPainter(painter, m_scene, m_theme, m_layout).paint();
  paintDataMarks(painter, m_scene, m_theme, m_layout);
  painter.restore();
}

QImage renderChart(const ChartScene &scene, bool dark, QSize size, double devicePixelRatio) {
  return ChartPainter(scene, chartTheme(dark), size).render(devicePixelRatio);
}

} // namespace meteorograph::ui
