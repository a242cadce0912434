// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartPainter.h"

#include "ui/charts/ChartFrame.h"
#include "ui/charts/DataPainter.h"

#include <QPainter>

#include <cmath>
#include <cstring>

namespace meteorograph::ui {

ChartPainter::ChartPainter(const ChartScene &scene, const ChartTheme &theme, QSizeF size)
    : ChartPainter(scene, theme, size, layoutChart(scene, theme, size)) {}

ChartPainter::ChartPainter(const ChartScene &scene, const ChartTheme &theme, QSizeF size, ChartLayout layout)
    : m_scene(scene), m_theme(theme), m_size(size), m_layout(std::move(layout)) {}

/// Makes the image a picture of the right size, new only if it has another.
void ChartPainter::prepare(QImage &image, double devicePixelRatio) const {
  const QSize pixels = QSize(static_cast<int>(std::ceil(m_size.width() * devicePixelRatio)),
                             static_cast<int>(std::ceil(m_size.height() * devicePixelRatio)))
                           .expandedTo(QSize(1, 1));
  if (image.size() != pixels || image.format() != QImage::Format_RGB32)
    image = QImage(pixels, QImage::Format_RGB32);
  image.setDevicePixelRatio(devicePixelRatio);
}

void ChartPainter::renderFrame(QImage &image, double devicePixelRatio) const {
  prepare(image, devicePixelRatio);
  image.fill(m_theme.card);
  QPainter painter(&image);
  paintChartFrame(painter, m_scene, m_theme, m_layout);
}

QImage ChartPainter::renderFrame(double devicePixelRatio) const {
  QImage image;
  renderFrame(image, devicePixelRatio);
  return image;
}

void ChartPainter::drawData(QImage &image) const {
  SpanDataPainter(image, m_scene, m_theme, m_layout).paint();
  QPainter painter(&image);
  paintDataMarks(painter, m_scene, m_theme, m_layout);
}

void ChartPainter::render(QImage &image, double devicePixelRatio) const {
  renderFrame(image, devicePixelRatio);
  drawData(image);
}

QImage ChartPainter::render(double devicePixelRatio) const {
  QImage image;
  render(image, devicePixelRatio);
  return image;
}

void ChartPainter::renderOver(const QImage &frame, QImage &image) const {
  prepare(image, frame.devicePixelRatio());
  Q_ASSERT(image.sizeInBytes() == frame.sizeInBytes());
  std::memcpy(image.bits(), frame.constBits(), static_cast<std::size_t>(frame.sizeInBytes()));
  drawData(image);
}

void ChartPainter::paintVector(QPainter &painter) const {
  painter.save();
  painter.fillRect(QRectF(QPointF(0, 0), m_size), m_theme.card);
  paintChartFrame(painter, m_scene, m_theme, m_layout);
  SegmentDataPainter(painter, m_scene, m_theme, m_layout).paint();
  paintDataMarks(painter, m_scene, m_theme, m_layout);
  painter.restore();
}

QImage renderChart(const ChartScene &scene, bool dark, QSize size, double devicePixelRatio) {
  return ChartPainter(scene, chartTheme(dark), size).render(devicePixelRatio);
}

} // namespace meteorograph::ui
