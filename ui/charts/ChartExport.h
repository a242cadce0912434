// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"
#include "ui/charts/ChartScene.h"

#include <QSize>
#include <QString>

namespace meteorograph::ui {

/// Writes the scene as a file whose suffix says what it is: .png (size × scale pixels, scale 1 to
/// 4), .svg (size at 96 dots an inch) or .pdf (one A4 landscape page; size gives the proportions of
/// text to lines). Several devices get a legend. Needs a QGuiApplication. Either the whole file is
/// there afterwards or the old one is untouched: Usage for an unknown suffix or an empty size,
/// Unwritable when the disk does not take it.
Result<void> exportChart(const ChartScene &scene, bool dark, QSize size, double scale, const QString &path);

} // namespace meteorograph::ui
