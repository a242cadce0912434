// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/SeriesCsv.h"

#include "core/model/SpreadsheetText.h"
#include "ui/export/SceneStatistics.h"
#include "ui/format/TimeFormat.h"

#include <algorithm>
#include <charconv>

namespace meteorograph::ui {

namespace {

/// What is the same in every row of a line: device, quantity, unit; nothing when it is not shown.
std::optional<QByteArray> keysOf(const ChartScene &scene, const SeriesLine &line) {
  const auto pane = std::find_if(scene.panes.begin(), scene.panes.end(),
                                 [&line](const PaneSpec &spec) { return spec.quantity == line.quantity; });
  const auto device = std::find_if(scene.devices.begin(), scene.devices.end(),
                                   [&line](const DeviceStyle &style) { return style.id == line.device; });
  if (pane == scene.panes.end() || device == scene.devices.end())
    return std::nullopt;
  return ',' + csvCell(device->name) + ',' + csvCell(QString::fromStdString(pane->name)) + ',' +
         csvCell(pane->unit) + ',';
}

} // namespace

QByteArray exactNumber(double value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return QByteArray(buffer, end - buffer);
}

QString spreadsheetText(const QString &text) {
  const std::string_view start = disarming(text.toStdString());
  return QString::fromLatin1(start.data(), static_cast<qsizetype>(start.size())) + text;
}

QByteArray csvCell(const QString &text) {
  QByteArray cell = spreadsheetText(text).toUtf8();
  if (cell.contains(',') || cell.contains('"') || cell.contains('\n') || cell.contains('\r'))
    cell = '"' + cell.replace('"', "\"\"") + '"';
  return cell;
}

SeriesCsv seriesCsv(const ChartScene &scene) {
  SeriesCsv csv;
  csv.text = "time_utc,time_local,device,quantity,unit,count,first,min,max,last,mean,average\n";
  for (const SeriesLine &line : scene.series.lines) {
    const std::optional<QByteArray> keys = keysOf(scene, line);
    if (!keys)
      continue;
    for (const SeriesPoint &point : line.points) {
      if (!isInRange(point, scene))
        continue;
      csv.text += QByteArray::fromStdString(formatIsoTime(point.first_us)) + ',';
      csv.text +=
          formatIsoLocal(point.first_us, scene.zone) + *keys + QByteArray::number(qint64{point.count});
      for (const double value : {point.first, point.min, point.max, point.last, point.mean, point.average})
        csv.text += ',' + exactNumber(value);
      csv.text += '\n';
      ++csv.rows;
    }
  }
  return csv;
}

} // namespace meteorograph::ui
