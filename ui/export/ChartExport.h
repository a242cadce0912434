// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "ui/export/ExportPlan.h"

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace meteorograph::ui {

/// How a scene is to be put into a picture or onto a page.
struct PictureOrder {
  ExportPlan::Format format = ExportPlan::Format::Png;
  bool dark = true; ///< of PNG and SVG; pages are always printed dark on white
  QSize size;       ///< of PNG and SVG, in logical pixels
  double scale = 1; ///< PNG: device pixels a logical pixel, 1 to 4
  ExportPlan::Paper paper = ExportPlan::Paper::A4;
  QString store;      ///< what the page names as its source
  TimeUs made_us = 0; ///< the time that the page says it was made
};

/// The picture that a PNG holds: the scene with its legend, in device pixels.
QImage pictureOf(const ChartScene &scene, bool dark, QSize size, double scale);

/// The scene as the bytes of a PNG, an SVG (96 dots an inch) or a PDF file. Any thread; needs a
/// QGuiApplication. Fails with Usage for a size that makes no picture.
Result<QByteArray> pictureBytes(const ChartScene &scene, const PictureOrder &order);

/// "1 Jan 2024 00:00 – 02:00 UTC": a scene's range as titles say it, with both offsets
/// where they differ.
QString rangeTitle(const ChartScene &scene);

} // namespace meteorograph::ui
