// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <QByteArray>

namespace meteorograph::ui {

/// What a scene shows, as CSV text (RFC 4180, LF): every plotted point of every shown line inside of
/// the range, one a row. Locale independent: decimal point, UTC with Z and the local time with its
/// offset, numbers in their shortest exact form.
///
///     time_utc,time_local,device,quantity,unit,count,first,min,max,last,mean,average
struct SeriesCsv {
  QByteArray text;
  std::int64_t rows = 0; ///< without the head line
};
SeriesCsv seriesCsv(const ChartScene &scene);

/// The shortest text that reads back as the same number, with a decimal point.
QByteArray exactNumber(double value);

/// A text disarmed as SpreadsheetText.h has it; as a CSV cell also quoted where needed.
QString spreadsheetText(const QString &text);
QByteArray csvCell(const QString &text);

} // namespace meteorograph::ui
