// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/ChartExport.h"

#include "ui/charts/ChartPainter.h"
#include "ui/charts/TimeTicks.h"
#include "ui/export/ChartPage.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr int kSvgResolution = 96;
constexpr int kMostPixels = 20'000; // a side; more is a slip of the pen, not a picture

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

/// An exported picture has no device list beside it, so it says itself what it shows.
ChartScene withLegend(ChartScene scene) {
  scene.showDeviceNames = true;
  return scene;
}

QByteArray pngBytes(const ChartScene &scene, const PictureOrder &order) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  const double scale = std::clamp(order.scale, 1.0, 4.0);
  QImage image = pictureOf(scene, order.dark, order.size, scale);
  image.setDotsPerMeterX(static_cast<int>(96 * scale / 0.0254));
  image.setDotsPerMeterY(static_cast<int>(96 * scale / 0.0254));
  return image.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray svgBytes(const ChartScene &scene, const PictureOrder &order) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(kSvgResolution);
  generator.setSize(order.size);
  generator.setViewBox(QRect(QPoint(0, 0), order.size));
  generator.setTitle(tr("Meteorograph · %1").arg(rangeTitle(scene)));
  const ChartScene complete = withLegend(scene);
  QPainter painter;
  if (!painter.begin(&generator))
    return {};
  ChartPainter(complete, chartTheme(order.dark), order.size).paintVector(painter);
  return painter.end() ? bytes : QByteArray();
}

} // namespace

QImage pictureOf(const ChartScene &scene, bool dark, QSize size, double scale) {
  return renderChart(withLegend(scene), dark, size, scale);
}

QString rangeTitle(const ChartScene &scene) {
  const TimeUs length = scene.to_us - scene.from_us;
  const TimeUs fine = length < 10 * kSecond ? kMillisecond : length < kDay ? kSecond : kMinute;
  const QString startDate = dateSpan(scene.from_us, scene.from_us + 1, scene.zone);
  const QString endDate = dateSpan(scene.to_us, scene.to_us + 1, scene.zone);
  const QString end = wallTime(scene.to_us, fine, scene.zone);
  return startDate + QLatin1Char(' ') + wallTime(scene.from_us, fine, scene.zone) + QStringLiteral(" – ") +
         (startDate == endDate ? end : endDate + QLatin1Char(' ') + end) + QLatin1Char(' ') +
         zoneLabel(scene.from_us, scene.to_us + 1, scene.zone); // the end as it is written
}

Result<QByteArray> pictureBytes(const ChartScene &scene, const PictureOrder &order) {
  const double widest = std::max(order.size.width(), order.size.height()) * std::clamp(order.scale, 1.0, 4.0);
  if (order.size.width() < 1 || order.size.height() < 1 || widest > kMostPixels)
    return fail(ErrorCode::Usage, tr("A chart of %1 × %2 pixels cannot be drawn.")
                                      .arg(order.size.width())
                                      .arg(order.size.height())
                                      .toStdString());
  const QByteArray bytes = order.format == ExportPlan::Format::Png   ? pngBytes(scene, order)
                           : order.format == ExportPlan::Format::Svg ? svgBytes(scene, order)
                                                                     : chartPage(scene, order);
  if (bytes.isEmpty()) // for want of memory
    return fail(ErrorCode::Unwritable, tr("The chart could not be drawn.").toStdString());
  return bytes;
}

} // namespace meteorograph::ui
