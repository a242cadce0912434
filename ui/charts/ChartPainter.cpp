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
  const QSize pixels = pixelsOf(m_size, devicePixelRatio);
  if (image.size() != pixels || image.format() != QImage::Format_RGB32)
    image = QImage(pixels, QImage::Format_RGB32);
  image.setDevicePixelRatio(devicePixelRatio);
}

void ChartPainter::renderFrame(QImage &image, double devicePixelRatio, const FrameData &data) const {
  prepare(image, devicePixelRatio);
  image.fill(m_theme.card);
  QPainter painter(&image);
  paintChartFrame(painter, m_scene, data, m_theme, m_layout);
}

void ChartPainter::drawData(QImage &image) const {
  paintDataBySpans(image, m_scene, m_theme, m_layout);
  QPainter painter(&image);
  paintDataMarks(painter, m_scene, m_theme, m_layout);
}

QImage ChartPainter::render(double devicePixelRatio) const {
  QImage image;
  renderFrame(image, devicePixelRatio, frameData(m_scene, m_theme, m_layout));
  drawData(image);
  return image;
}

void ChartPainter::render(QImage &image, double devicePixelRatio, KeptFrame &kept) const {
  const FrameData data = frameData(m_scene, m_theme, m_layout);
  if (!kept.isSame({m_scene, data, m_theme, m_layout, m_size, devicePixelRatio})) {
    renderFrame(image, devicePixelRatio, data);
  } else {
    if (kept.picture.isNull())
      renderFrame(kept.picture, devicePixelRatio, data);
    prepare(image, devicePixelRatio);
    std::memcpy(image.bits(), kept.picture.constBits(), static_cast<std::size_t>(image.sizeInBytes()));
  }
  drawData(image);
}

void ChartPainter::paintVector(QPainter &painter) const {
  painter.save();
  painter.fillRect(QRectF(QPointF(0, 0), m_size), m_theme.card);
  paintChartFrame(painter, m_scene, frameData(m_scene, m_theme, m_layout), m_theme, m_layout);
  SegmentDataPainter(painter, m_scene, m_theme, m_layout).paint();
  paintDataMarks(painter, m_scene, m_theme, m_layout);
  painter.restore();
}

QSize pixelsOf(QSizeF size, double devicePixelRatio) {
  return QSize(static_cast<int>(std::ceil(size.width() * devicePixelRatio)),
               static_cast<int>(std::ceil(size.height() * devicePixelRatio)))
      .expandedTo(QSize(1, 1));
}

QImage renderChart(const ChartScene &scene, bool dark, QSize size, double devicePixelRatio) {
  return ChartPainter(scene, chartTheme(dark), size).render(devicePixelRatio);
}

} // namespace meteorograph::ui
