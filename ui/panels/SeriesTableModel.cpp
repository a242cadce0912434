// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/SeriesTableModel.h"

#include "ui/Theme.h"
#include "ui/charts/DeviceMarker.h"
#include "ui/export/SceneStatistics.h"
#include "ui/export/SeriesCsv.h"
#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>
#include <limits>

namespace meteorograph::ui {

namespace {

constexpr int kMarkSize = 9;
constexpr std::int64_t kNoColumn = std::numeric_limits<std::int64_t>::max();

/// The pixel column of a time, also outside of the series' range.
std::int64_t pixelColumn(const SeriesSet &series, TimeUs time) {
  const double share =
      static_cast<double>(time - series.from_us) / static_cast<double>(series.to_us - series.from_us);
  return static_cast<std::int64_t>(std::floor(share * series.columns));
}

} // namespace

void SeriesTableModel::setScene(ChartScene scene) {
  const std::vector<TimeUs> before = m_times;
  Q_EMIT layoutAboutToBeChanged();
  m_scene = std::move(scene);
  findLines();
  findRows();
  const std::vector<Column> columns = wantedColumns();
  const bool sameColumns = columns == m_columns;
  for (const QModelIndex &old : persistentIndexList()) {
    const TimeUs time = before[static_cast<std::size_t>(old.row())];
    const bool stays = sameColumns && !m_times.empty() && time >= m_times.front();
    changePersistentIndex(old, stays ? index(rowAt(time), old.column()) : QModelIndex());
  }
  m_columns = columns;
  Q_EMIT layoutChanged();
}

void SeriesTableModel::setExtras(Extras extras) {
  if (extras == m_extras)
    return;
  beginResetModel();
  m_extras = extras;
  m_columns = wantedColumns();
  endResetModel();
}

void SeriesTableModel::findLines() {
  m_lines.clear();
  for (const PaneSpec &pane : m_scene.panes)
    for (const DeviceStyle &device : m_scene.devices)
      m_lines.push_back(findLine(m_scene, pane.quantity, device.id));
}

/// Merges the lines column by column. Where a gap lies within a column, that has two rows.
void SeriesTableModel::findRows() {
  m_times.clear();
  m_points.clear();
  std::vector<std::size_t> next(m_lines.size(), 0);
  const auto columnOf = [&](std::size_t line) {
    const SeriesLine *points = m_lines[line];
    return points && next[line] < points->points.size()
               ? pixelColumn(m_scene.series, points->points[next[line]].first_us)
               : kNoColumn;
  };
  for (std::size_t line = 0; line < m_lines.size(); ++line)
    while (columnOf(line) != kNoColumn && !isInRange(m_lines[line]->points[next[line]], m_scene))
      ++next[line]; // before the range; behind it columnOf() is not asked any more
  for (;;) {
    std::int64_t column = kNoColumn;
    for (std::size_t line = 0; line < m_lines.size(); ++line)
      if (columnOf(line) != kNoColumn && isInRange(m_lines[line]->points[next[line]], m_scene))
        column = std::min(column, columnOf(line));
    if (column == kNoColumn)
      return;
    TimeUs time = std::numeric_limits<TimeUs>::max();
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
      const bool isHere = columnOf(line) == column;
      m_points.push_back(isHere ? static_cast<std::int32_t>(next[line]) : -1);
      if (isHere)
        time = std::min(time, m_lines[line]->points[next[line]++].first_us);
    }
    m_times.push_back(time);
  }
}

std::vector<SeriesTableModel::Column> SeriesTableModel::wantedColumns() const {
  std::vector<Column> columns;
  for (std::size_t line = 0; line < m_lines.size(); ++line) {
    const auto add = [&](Kind kind) {
      columns.push_back({line / m_scene.devices.size(), line % m_scene.devices.size(), line, kind});
    };
    add(Kind::Mean);
    if (m_extras.average)
      add(Kind::Average);
    if (m_extras.spread) {
      add(Kind::Min);
      add(Kind::Max);
    }
  }
  return columns;
}

int SeriesTableModel::rowAt(TimeUs time) const {
  const auto after = std::upper_bound(m_times.begin(), m_times.end(), time);
  const auto row = static_cast<int>(after - m_times.begin()) - 1;
  return m_times.empty() ? -1 : std::max(0, row);
}

int SeriesTableModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_times.size());
}

int SeriesTableModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

const SeriesPoint *SeriesTableModel::pointAt(const QModelIndex &index) const {
  const std::size_t line = m_columns[static_cast<std::size_t>(index.column() - 1)].line;
  const std::int32_t point = m_points[static_cast<std::size_t>(index.row()) * m_lines.size() + line];
  return point < 0 ? nullptr : &m_lines[line]->points[static_cast<std::size_t>(point)];
}

double SeriesTableModel::valueOf(const SeriesPoint &point, Kind kind) const {
  switch (kind) {
  case Kind::Mean:
    break;
  case Kind::Average:
    return point.average;
  case Kind::Min:
    return point.min;
  case Kind::Max:
    return point.max;
  }
  return point.mean;
}

QVariant SeriesTableModel::data(const QModelIndex &index, int role) const {
  if (!index.isValid()) // a view may ask for its current cell without having one
    return {};
  if (role == Qt::TextAlignmentRole)
    return int((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole && role != Qt::ForegroundRole && role != Qt::AccessibleTextRole)
    return {};
  if (index.column() == 0)
    return role == Qt::ForegroundRole ? QVariant() : QVariant(timeText(timeOf(index.row())));
  const Column &column = m_columns[static_cast<std::size_t>(index.column() - 1)];
  const SeriesPoint *point = pointAt(index);
  if (role == Qt::ForegroundRole)
    return point ? QVariant() : QVariant(themeOf(QApplication::palette()).faint);
  const PaneSpec &pane = m_scene.panes[column.pane];
  const QString value = point ? formatValue(valueOf(*point, column.kind), pane.name) : QStringLiteral("—");
  if (role == Qt::DisplayRole)
    return value;
  return tr("%1: %2").arg(title(column, QStringLiteral(", ")), point ? value : tr("nothing"));
}

QVariant SeriesTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
    return {};
  if (role == Qt::TextAlignmentRole)
    return int((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  if (section == 0)
    return role == Qt::DisplayRole ? tr("Time\n%1").arg(QString::fromUtf8(m_scene.zone.id())) : QVariant();
  const Column &column = m_columns[static_cast<std::size_t>(section - 1)];
  if (role == Qt::DisplayRole)
    return title(column, QStringLiteral("\n"));
  return role == Qt::DecorationRole ? mark(column) : QVariant();
}

QString SeriesTableModel::exactText(const QModelIndex &index) const {
  if (index.column() == 0)
    return QString::fromLatin1(formatIsoLocal(timeOf(index.row()), m_scene.zone));
  const SeriesPoint *point = pointAt(index);
  const Kind kind = m_columns[static_cast<std::size_t>(index.column() - 1)].kind;
  return point ? QString::fromLatin1(exactNumber(valueOf(*point, kind))) : QString();
}

/// With the offset wherever one zone has several, so that a doubled hour is told apart.
QString SeriesTableModel::timeText(TimeUs time) const {
  const bool fine = m_scene.series.step_us < kSecond;
  QString text =
      QString::fromLatin1(formatIsoLocal(time, m_scene.zone)).replace(QLatin1Char('T'), QLatin1Char(' '));
  const QString offset = text.right(6);
  text.chop(6);
  text.chop(fine ? 3 : 7); // to milliseconds or seconds
  return m_scene.zone == QTimeZone::utc() ? text : text + QLatin1Char(' ') + offset;
}

QString SeriesTableModel::kindName(Kind kind) const {
  switch (kind) {
  case Kind::Mean:
    break;
  case Kind::Average:
    return m_scene.averageLabel;
  case Kind::Min:
    return tr("minimum");
  case Kind::Max:
    return tr("maximum");
  }
  return tr("mean");
}

QString SeriesTableModel::title(const Column &column, const QString &separator) const {
  const PaneSpec &pane = m_scene.panes[column.pane];
  QString text = m_scene.devices[column.device].name + separator + pane.title;
  if (!pane.unit.isEmpty())
    text += QChar(0xa0) + pane.unit;
  const bool several = m_extras.spread || m_extras.average;
  return several ? text + separator + kindName(column.kind) : text;
}

/// The device's mark, as beside its line; none where it stands alone and has no colour of its own.
QVariant SeriesTableModel::mark(const Column &column) const {
  if (m_scene.devices.size() < 2 || column.kind != Kind::Mean)
    return {};
  const ChartTheme &theme = themeOf(QApplication::palette());
  const double scale = qApp->devicePixelRatio();
  QPixmap pixmap(QSize(kMarkSize + 2, kMarkSize + 2) * scale);
  pixmap.setDevicePixelRatio(scale);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const DeviceId device = m_scene.devices[column.device].id;
  paintDeviceMarker(painter, device, QPointF(kMarkSize + 2, kMarkSize + 2) / 2, kMarkSize,
                    deviceColour(theme, device), theme.card);
  return pixmap;
}

} // namespace meteorograph::ui
