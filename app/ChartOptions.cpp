// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ChartOptions.h"

#include "ui/ViewState.h"

#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace meteorograph {

namespace {

constexpr int kMostSide = 16'384; // a picture of a gigabyte
constexpr TimeUs kLongestAverage = 366 * kDay;
constexpr int kMostWindows = 100'000;

std::optional<ui::ValueAxis> fixedAxis(const QString &text) {
  const QStringList ends = text.split(QLatin1Char(':'));
  bool isLow = false;
  bool isHigh = false;
  const double low = ends.value(0).toDouble(&isLow);
  const double high = ends.value(1).toDouble(&isHigh);
  if (ends.size() == 2 && isLow && isHigh && low < high && std::isfinite(high - low))
    return ui::ValueAxis{ui::AxisFit::Fixed, low, high};
  return std::nullopt;
}

std::optional<ui::ValueAxis> axisOf(const QString &text) {
  if (text == QLatin1String("automatic"))
    return ui::ValueAxis();
  if (text == QLatin1String("robust"))
    return ui::ValueAxis{ui::AxisFit::Robust, 0, 1};
  return fixedAxis(text);
}

} // namespace

Result<QSize> parseSize(const std::string &text) {
  const QStringList sides = QString::fromStdString(text).split('x', Qt::KeepEmptyParts, Qt::CaseInsensitive);
  const int width = sides.value(0).toInt();
  const int height = sides.value(1).toInt();
  if (sides.size() == 2 && width >= 100 && height >= 100 && width <= kMostSide && height <= kMostSide)
    return QSize(width, height);
  return fail(ErrorCode::Usage, "--size: '" + text + "' is no size such as 1600x1000, from 100 to 16384");
}

Result<QString> parseZone(const std::string &text) {
  QString name = QString::fromStdString(text).trimmed();
  if (name.startsWith('+') || name.startsWith('-'))
    name.prepend(QStringLiteral("UTC"));
  if (name == QLatin1String("local") || (!name.isEmpty() && QTimeZone(name.toUtf8()).isValid()))
    return name;
  return fail(ErrorCode::Usage,
              "--zone: '" + text + "' is no zone such as UTC, local, Europe/Berlin or +02:00");
}

Result<AverageSpan> parseAverage(const std::string &text) {
  const QString name = QString::fromStdString(text);
  const AverageSpan average = ui::averageFromSetting(name);
  if (ui::averageToSetting(average) == name && average.duration_us <= kLongestAverage &&
      average.windows <= kMostWindows)
    return average;
  return fail(ErrorCode::Usage, "--average: '" + text +
                                    "' is no span such as automatic, 15s, 3600s or 8w, up to 31622400s or "
                                    "100000w");
}

Result<ui::ChartMarks> parseMarks(const std::string &text) {
  ui::ChartMarks marks;
  if (text == "all")
    return marks;
  QStringList known;
  for (const ui::MarkRow &row : ui::markTable()) {
    marks.*row.shown = false;
    known << QString::fromLatin1(row.name);
  }
  if (text == "none")
    return marks;
  for (const QString &name : QString::fromStdString(text).split(QLatin1Char(','))) {
    const qsizetype at = known.indexOf(name.trimmed());
    if (at < 0)
      return fail(ErrorCode::Usage, "--marks: '" + name.trimmed().toStdString() +
                                        "' is no mark; known are all, none, " +
                                        known.join(QStringLiteral(", ")).toStdString());
    marks.*ui::markTable()[static_cast<std::size_t>(at)].shown = true;
  }
  return marks;
}

Result<AxisWish> parseAxis(const std::string &text) {
  const std::size_t sign = text.rfind('=');
  const std::string kind = sign == std::string::npos ? text : text.substr(sign + 1);
  const std::optional<ui::ValueAxis> axis = axisOf(QString::fromStdString(kind));
  if (axis && sign != 0)
    return AxisWish{sign == std::string::npos ? std::string() : text.substr(0, sign), *axis};
  return fail(ErrorCode::Usage,
              "--axis: '" + text + "' is no axis such as robust, automatic, 15:25 or temperature=15:25");
}

} // namespace meteorograph
