// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/HoverOverlay.h"

#include "ui/charts/AnnotationMarks.h"
#include "ui/charts/ChartFrame.h"
#include "ui/charts/ChartStyle.h"
#include "ui/charts/DeviceMarker.h"
#include "ui/charts/Faults.h"
#include "ui/charts/Figures.h"
#include "ui/charts/TableBox.h"
#include "ui/charts/TimeTicks.h"
#include "ui/charts/ValueTicks.h"
#include "ui/format/Format.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace meteorograph::ui {
namespace {

constexpr double kFromLine = 13; // between hover line and box, and between boxes
constexpr double kBoxMargin = 4; // between a box and the picture's edges
constexpr double kMarkerSize = 9;
constexpr std::size_t kMostRemarks = 4; // more would make the box a list

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

double usPerPixel(const ChartLayout &layout) {
  return static_cast<double>(layout.to_us - layout.from_us) / (layout.right - layout.left);
}

/// How fine the hovered time is said: milliseconds while seconds can be told apart.
TimeUs fineResolution(const ChartLayout &layout) {
  const double pixel = usPerPixel(layout);
  return pixel < 10 ? 1 : pixel < 2e6 ? kMillisecond : kSecond;
}

/// How fine a place can be chosen with the pointer.
TimeUs pointerResolution(const ChartLayout &layout) {
  const double pixel = usPerPixel(layout);
  return pixel < 10 ? 1 : pixel < 5e4 ? kMillisecond : pixel < 2e7 ? kSecond : kMinute;
}

/// A time on the axis: with its day where the ticks are days, with its year where they may be years.
QString axisTime(const ChartScene &scene, const ChartLayout &layout, TimeUs time) {
  const QString clock = wallTime(time, pointerResolution(layout), scene.zone);
  const TimeUs width = layout.to_us - layout.from_us;
  if (width <= kDay)
    return clock;
  return (width <= 365 * kDay ? dayLabel(time, scene.zone) : dateSpan(time, time + 1, scene.zone)) +
         QLatin1Char(' ') + clock;
}

QString textOf(const std::string &quantity, const std::optional<double> &value) {
  return value ? withMinus(valueText(quantity, *value)) : QStringLiteral("—");
}

TableRow deviceRow(const ChartScene &scene, const ChartTheme &theme, DeviceId device, const QString &name) {
  TableRow row;
  row.device = device;
  row.colour = scene.devices.size() == 1 ? theme.dim : deviceColour(theme, device);
  row.name = name;
  return row;
}

/// What is remarkable about a device's values: its faults by quantity, and that late readings repaired it.
TableRow remarkOn(const ChartScene &scene, const ChartTheme &theme, const HoverRow &hovered) {
  QStringList faults;
  bool late = false;
  for (std::size_t pane = 0; pane < scene.panes.size(); ++pane) {
    if (const QString fault = faultText(hovered.cells[pane].faults); !fault.isEmpty())
      faults << scene.panes[pane].title + QLatin1Char(' ') + fault;
    late = late || hovered.cells[pane].late;
  }
  QStringList all = faults;
  if (late)
    all << tr("late, repaired");
  if (all.isEmpty())
    return {};
  const QString sign = faults.isEmpty() ? QStringLiteral("▲ ") : QStringLiteral("○ ");
  const QString what = scene.devices.size() == 1 ? QString() : hovered.name + QStringLiteral(": ");
  return {std::nullopt,
          faults.isEmpty() ? theme.warning : theme.bad,
          sign + what + all.join(QStringLiteral(", ")),
          {},
          {}};
}

/// What is remarkable about the time and the values, a line for each annotation and device below the
/// table, as far as there is room.
std::vector<TableRow> remarksOn(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                                const HoverTable &table, std::size_t room) {
  std::vector<TableRow> rows;
  for (const QString &text : annotationTexts(scene, layout, table.time_us))
    rows.push_back({std::nullopt, theme.accent, text, {}, {}});
  for (const HoverRow &hovered : table.rows)
    if (TableRow remark = remarkOn(scene, theme, hovered); !remark.name.isEmpty())
      rows.push_back(std::move(remark));
  rows.resize(std::min({rows.size(), room, kMostRemarks}));
  return rows;
}

/// How far the row's line is from the pointer, in the pane beneath it; far where it has no value there.
double distanceTo(const ChartScene &scene, const ChartLayout &layout, const HoverRow &row, QPointF pointer) {
  for (std::size_t pane = 0; pane < layout.panes.size(); ++pane)
    if (const PaneLayout &place = layout.panes[pane];
        pointer.y() < place.pane.bottom() || pane + 1 == layout.panes.size()) {
      const std::optional<double> value = shownValue(scene, row.cells[pane]);
      return value ? std::abs(place.row(row.device).yOf(*value) - pointer.y())
                   : std::numeric_limits<double>::max();
    }
  return 0;
}

/// Of more devices than there is room for, those whose lines are nearest to the pointer; in their order.
std::vector<const HoverRow *> rowsWithin(std::size_t most, const ChartScene &scene, const ChartLayout &layout,
                                         const HoverTable &table, QPointF pointer) {
  std::vector<const HoverRow *> rows;
  for (const HoverRow &row : table.rows)
    rows.push_back(&row);
  if (rows.size() <= most)
    return rows;
  std::stable_sort(rows.begin(), rows.end(), [&](const HoverRow *a, const HoverRow *b) {
    return distanceTo(scene, layout, *a, pointer) < distanceTo(scene, layout, *b, pointer);
  });
  rows.resize(most > 1 ? most - 1 : 1); // one line says how many more there are
  std::sort(rows.begin(), rows.end());  // they lie in the table in their order
  return rows;
}

/// Height that a box may have.
double roomFor(const ChartLayout &layout) { return layout.timeAxis.top() - 2 * kBoxMargin; }

TableBox hoverBox(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                  const HoverTable &table, QPointF pointer) {
  const QString headline = wallTime(table.time_us, fineResolution(layout), scene.zone) + QLatin1Char(' ') +
                           zoneLabel(table.time_us, scene.zone) + QStringLiteral(" · ") +
                           dateSpan(table.time_us, table.time_us + 1, scene.zone);
  std::vector<QString> heads;
  for (const PaneSpec &pane : scene.panes)
    heads.push_back(pane.unit.isEmpty() ? pane.title : pane.unit);
  const std::size_t lines = TableBox::linesWithin(roomFor(layout));
  const std::vector<TableRow> remarks =
      remarksOn(scene, theme, layout, table, lines - std::min(lines, table.rows.size()));
  std::vector<TableRow> rows;
  for (const HoverRow *hovered : rowsWithin(std::max<std::size_t>(lines, 1), scene, layout, table, pointer)) {
    TableRow row = deviceRow(scene, theme, hovered->device, hovered->name);
    for (std::size_t pane = 0; pane < scene.panes.size(); ++pane)
      row.cells.push_back(textOf(scene.panes[pane].name, shownValue(scene, hovered->cells[pane])));
    if (hovered->gap_us > 0)
      row.note = tr("no data %1").arg(durationText(hovered->gap_us));
    rows.push_back(std::move(row));
  }
  const std::size_t more = table.rows.size() - rows.size();
  rows.insert(rows.end(), remarks.begin(), remarks.end());
  return TableBox(theme, headline, std::move(heads), std::move(rows), more);
}

/// A difference with its sign, also a plus.
QString differenceText(const std::string &quantity, const std::optional<double> &value) {
  return (value && *value > 0 ? QStringLiteral("+") : QString()) + textOf(quantity, value);
}

TableBox measureBox(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                    const MeasureTable &table) {
  std::vector<TableRow> rows;
  std::size_t more = 0;
  const std::size_t lines = TableBox::linesWithin(roomFor(layout));
  const std::size_t headings = scene.panes.size();
  const bool fits = table.rows.size() + headings <= lines;
  // Else as many of each quantity, and a line that says how many more there are.
  const std::size_t each = fits ? table.rows.size()
                                : std::max<std::size_t>(1, (lines > headings ? lines - headings - 1 : 0) /
                                                               std::max<std::size_t>(1, headings));
  for (const PaneSpec &pane : scene.panes) {
    const QString heading = pane.unit.isEmpty() ? pane.title : pane.title + QLatin1Char(' ') + pane.unit;
    rows.push_back({std::nullopt, quantityColour(theme, pane.name), heading, {}, {}});
    std::size_t shown = 0;
    for (const MeasureRow &measured : table.rows) {
      if (measured.quantity != pane.quantity)
        continue;
      if (shown++ >= each) {
        ++more;
        continue;
      }
      const auto device = std::find_if(scene.devices.begin(), scene.devices.end(),
                                       [&](const DeviceStyle &style) { return style.id == measured.device; });
      TableRow row = deviceRow(scene, theme, measured.device, device->name);
      row.cells.push_back(differenceText(pane.name, measured.cell.difference));
      for (const auto &value : {measured.cell.mean, measured.cell.min, measured.cell.max})
        row.cells.push_back(textOf(pane.name, value));
      rows.push_back(std::move(row));
    }
  }
  const QString headline = tr("Δt %1").arg(durationText(table.to_us - table.from_us));
  return TableBox(theme, headline, {tr("Δ"), tr("mean"), tr("min"), tr("max")}, std::move(rows), more);
}

/// Right of the line if there is room, else left; beside the pointer, inside the panes; and not over what
/// another box says, as long as there is a place beside that one.
QPointF placeBox(const ChartLayout &layout, QSizeF size, double x, double pointerY,
                 const QRectF &other = {}) {
  const double rightmost = layout.timeAxis.right() - size.width() - kBoxMargin;
  const double lowest = std::max(kBoxMargin, layout.timeAxis.top() - size.height() - kBoxMargin);
  const double top = std::round(std::clamp(pointerY - size.height() / 2, kBoxMargin, lowest));
  const double right = x + kFromLine;
  const double left = x - kFromLine - size.width();
  for (const double at : {right, left, other.left() - kFromLine - size.width(), other.right() + kFromLine})
    if (at >= kBoxMargin && at <= rightmost && !QRectF(QPointF(at, top), size).intersects(other))
      return {std::round(at), top};
  const double nearest = right <= rightmost ? right : left;
  return {std::round(std::clamp(nearest, kBoxMargin, std::max(kBoxMargin, rightmost))), top};
}

void paintMarkers(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                  const ChartLayout &layout, const HoverTable &table) {
  for (std::size_t pane = 0; pane < layout.panes.size(); ++pane)
    for (const HoverRow &row : table.rows) {
      const HoverCell &cell = row.cells[pane];
      const std::optional<double> value = scene.showAverage ? cell.average : cell.value;
      if (!value)
        continue;
      const PaneLayout plot = layout.panes[pane].row(row.device);
      const QPointF at(layout.xOf(cell.time_us), plot.yOf(*value));
      if (plot.plot.contains(at))
        paintDeviceMarker(painter, scene.devices.size() == 1 ? 1 : row.device, at, kMarkerSize,
                          lineColour(scene, theme, scene.panes[pane], row.device), theme.card);
    }
}

/// A label on the time axis, in place of the ticks beneath: of none of them a half is left.
void paintAxisLabel(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, double x, const QString &text) {
  painter.setFont(theme.font);
  const double width = figuresWidth(theme.font, text) + 12;
  const double left = std::clamp(x - width / 2, 2.0, std::max(2.0, layout.timeAxis.right() - width - 2));
  const QRectF label(left, layout.timeAxis.top() + 2, width, 18);
  const int pixels = static_cast<int>(layout.right - layout.left);
  for (const TimeTick &tick : timeTicks(layout.from_us, layout.to_us, pixels, scene.zone))
    if (const QRectF place = timeTickPlace(tick, theme, layout);
        place.intersects(label.adjusted(-4, 0, 4, 0)))
      painter.fillRect(place.adjusted(-1, 0, 1, -1), theme.card);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.line);
  painter.drawRoundedRect(label, 4, 4);
  painter.setPen(theme.text);
  drawFigures(painter, label, Qt::AlignHCenter | Qt::AlignVCenter, text);
}

} // namespace

void paintHover(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                const ChartLayout &layout, const HoverTable &table, QPointF pointer, const QRectF &other) {
  if (layout.panes.empty())
    return;
  painter.save();
  const double x = layout.xOf(table.time_us);
  QColor colour = theme.dim;
  colour.setAlphaF(0.75F);
  painter.fillRect(QRectF(std::floor(x), layout.panes.front().pane.top(), 1,
                          layout.timeAxis.top() - layout.panes.front().pane.top()),
                   colour);
  paintMarkers(painter, scene, theme, layout, table);
  paintAxisLabel(painter, scene, theme, layout, x, axisTime(scene, layout, table.time_us));
  const TableBox box = hoverBox(scene, theme, layout, table, pointer);
  box.paint(painter, placeBox(layout, box.size(), x, pointer.y(), other));
  painter.restore();
}

void paintSelection(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, TimeUs from, TimeUs to) {
  if (layout.panes.empty())
    return;
  painter.save();
  const double left = layout.xOf(std::min(from, to));
  const double right = layout.xOf(std::max(from, to));
  const double top = layout.panes.front().pane.top();
  QColor colour = theme.accent;
  colour.setAlphaF(0.14F);
  painter.fillRect(QRectF(QPointF(left, top), QPointF(right, layout.timeAxis.top())), colour);
  for (const double edge : {left, right})
    painter.fillRect(QRectF(std::floor(edge), top, 1, layout.timeAxis.top() - top), theme.accent);
  const QString text = axisTime(scene, layout, std::min(from, to)) + QStringLiteral(" – ") +
                       axisTime(scene, layout, std::max(from, to)) + QStringLiteral(" · ") +
                       durationText(std::abs(to - from));
  paintAxisLabel(painter, scene, theme, layout, (left + right) / 2, text);
  painter.restore();
}

void paintPin(QPainter &painter, const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
              TimeUs time, const QString &letter) {
  const double x = layout.xOf(time);
  if (layout.panes.empty() || x < layout.left || x > layout.right)
    return;
  painter.save();
  const double top = layout.panes.front().pane.top();
  painter.fillRect(QRectF(std::floor(x), top, 1, layout.timeAxis.top() - top), theme.accent);
  paintAxisLabel(painter, scene, theme, layout, x, letter + QLatin1Char(' ') + axisTime(scene, layout, time));
  painter.restore();
}

QRectF paintMeasure(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                    const ChartLayout &layout, const MeasureTable &table) {
  if (layout.panes.empty())
    return {};
  painter.save();
  const double left = std::clamp(layout.xOf(table.from_us), layout.left, layout.right);
  const double right = std::clamp(layout.xOf(table.to_us), layout.left, layout.right);
  const double top = layout.panes.front().pane.top();
  QColor colour = theme.accent;
  colour.setAlphaF(0.07F);
  painter.fillRect(QRectF(QPointF(left, top), QPointF(right, layout.timeAxis.top())), colour);
  const TableBox box = measureBox(scene, theme, layout, table);
  const QRectF place(placeBox(layout, box.size(), right, top + box.size().height() / 2 + 30), box.size());
  box.paint(painter, place.topLeft());
  painter.restore();
  return place;
}

} // namespace meteorograph::ui
