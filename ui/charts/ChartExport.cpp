// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartExport.h"

#include "ui/charts/ChartPainter.h"
#include "ui/charts/TimeTicks.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr int kSvgResolution = 96;
constexpr int kPdfResolution = 1200; // fine enough that hairlines do not wander
constexpr int kMostPixels = 20'000;  // a side; more is a slip of the pen, not a picture
constexpr double kPdfMargin = 28;    // points, 10 mm

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

QString rangeText(const ChartScene &scene) {
  const TimeUs length = scene.to_us - scene.from_us;
  const TimeUs fine = length < 10 * kSecond ? kMillisecond : length < kDay ? kSecond : kMinute;
  const QString startDate = dateSpan(scene.from_us, scene.from_us + 1, scene.zone);
  const QString endDate = dateSpan(scene.to_us, scene.to_us + 1, scene.zone);
  const QString end = wallTime(scene.to_us, fine, scene.zone);
  return startDate + QLatin1Char(' ') + wallTime(scene.from_us, fine, scene.zone) + QStringLiteral(" – ") +
         (startDate == endDate ? end : endDate + QLatin1Char(' ') + end) + QLatin1Char(' ') +
         zoneLabel(scene.to_us, scene.zone);
}

/// An exported picture has no device list beside it, so it says itself what it shows.
ChartScene withLegend(ChartScene scene, bool titled) {
  scene.showDeviceNames = scene.showDeviceNames || titled || scene.devices.size() > 1;
  if (titled && scene.title.isEmpty())
    scene.title = tr("Meteorograph · %1").arg(rangeText(scene));
  return scene;
}

QByteArray pngBytes(const ChartScene &scene, bool dark, QSize size, double scale) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QImage image = renderChart(withLegend(scene, false), dark, size, scale);
  image.setDotsPerMeterX(static_cast<int>(96 * scale / 0.0254));
  image.setDotsPerMeterY(static_cast<int>(96 * scale / 0.0254));
  return image.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray svgBytes(const ChartScene &scene, bool dark, QSize size) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(kSvgResolution);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(0, 0), size));
  generator.setTitle(tr("Meteorograph · %1").arg(rangeText(scene)));
  const ChartScene complete = withLegend(scene, false);
  QPainter painter;
  if (!painter.begin(&generator))
    return {};
  ChartPainter(complete, chartTheme(dark), size).paintVector(painter);
  return painter.end() ? bytes : QByteArray();
}

QByteArray pdfBytes(const ChartScene &scene, bool dark, QSize size) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setResolution(kPdfResolution);
  writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape,
                                   QMarginsF(kPdfMargin, kPdfMargin, kPdfMargin, kPdfMargin)));
  writer.setTitle(tr("Meteorograph · %1").arg(rangeText(scene)));
  writer.setCreator(QStringLiteral("Meteorograph " METEOROGRAPH_VERSION));
  const ChartScene complete = withLegend(scene, true);
  QPainter painter;
  if (!painter.begin(&writer))
    return {};
  // As many logical pixels as the size asks for, over the page's width; the height follows the page.
  const double scale = writer.width() / static_cast<double>(size.width());
  painter.scale(scale, scale);
  ChartPainter(complete, chartTheme(dark), QSizeF(size.width(), writer.height() / scale))
      .paintVector(painter);
  return painter.end() ? bytes : QByteArray();
}

Result<void> write(const QByteArray &bytes, const QString &path) {
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
    return {};
  return fail(ErrorCode::Unwritable,
              tr("Cannot write the chart to %1: %2").arg(path, file.errorString()).toStdString());
}

} // namespace

Result<void> exportChart(const ChartScene &scene, bool dark, QSize size, double scale, const QString &path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  const double factor = std::clamp(scale, 1.0, 4.0);
  const double widest = std::max(size.width(), size.height()) * factor;
  if (size.width() < 1 || size.height() < 1 || widest > kMostPixels)
    return fail(
        ErrorCode::Usage,
        tr("A chart of %1 × %2 pixels cannot be drawn.").arg(size.width()).arg(size.height()).toStdString());
  QByteArray bytes;
  if (suffix == QLatin1String("png"))
    bytes = pngBytes(scene, dark, size, factor);
  else if (suffix == QLatin1String("svg"))
    bytes = svgBytes(scene, dark, size);
  else if (suffix == QLatin1String("pdf"))
    bytes = pdfBytes(scene, dark, size);
  else
    return fail(ErrorCode::Usage, tr("Charts are written as .png, .svg or .pdf, not as %1.")
                                      .arg(QFileInfo(path).fileName())
                                      .toStdString());
  if (bytes.isEmpty())
    return fail(ErrorCode::Unwritable, tr("The chart for %1 could not be drawn.").arg(path).toStdString());
  return write(bytes, path);
}

} // namespace meteorograph::ui
