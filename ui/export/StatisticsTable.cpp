// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/StatisticsTable.h"

#include "ui/charts/DeviceMarker.h"
#include "ui/charts/Figures.h"
#include "ui/export/SceneStatistics.h"
#include "ui/format/Format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kRow = 16;
constexpr double kHeadRows = 2; // titles, then what the columns say
constexpr double kPartGap = 10;
constexpr double kLeastPane = 236;
constexpr double kMostPane = 330;
constexpr double kLeastName = 120;
constexpr double kMostName = 240;
constexpr double kBesideName = 26; // marker and gaps
constexpr int kColumns = 4;        // of a pane: readings, minimum, mean, maximum

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

const ChartTheme &theme() { return chartTheme(false); }

QFont font(QFont::Weight weight = QFont::Normal) {
  QFont font = theme().font;
  font.setWeight(weight);
  return font;
}

/// With the marker before it.
double widestName(const ChartScene &scene) {
  const QFontMetricsF metrics(font());
  double widest = 0;
  for (const DeviceStyle &device : scene.devices)
    widest = std::max(widest, metrics.horizontalAdvance(device.name));
  return std::ceil(widest) + kBesideName;
}

} // namespace

StatisticsTable::StatisticsTable(const ChartScene &scene, double width) : m_scene(scene) {
  const double across = std::floor((width - kLeastName) / kLeastPane);
  m_panesAcross = std::clamp(static_cast<std::size_t>(across), std::size_t{1},
                             std::max(std::size_t{1}, scene.panes.size()));
  const auto panes = static_cast<double>(m_panesAcross);
  const double usual = std::clamp(width - kMostPane * panes, kLeastName, kMostName);
  m_nameWidth =
      std::min(std::max(kLeastName, width - kLeastPane * panes), std::max(usual, widestName(scene)));
  m_paneWidth = std::min(kMostPane, (width - m_nameWidth) / panes);
}

std::vector<std::vector<StatisticsTable::Part>> StatisticsTable::split(double room) const {
  std::vector<std::vector<Part>> pages(1);
  double left = room;
  for (std::size_t pane = 0; pane < m_scene.panes.size(); pane += m_panesAcross) {
    const std::size_t endPane = std::min(pane + m_panesAcross, m_scene.panes.size());
    for (std::size_t device = 0; device < m_scene.devices.size();) {
      const double gap = pages.back().empty() ? 0 : kPartGap;
      const double rows = std::floor((left - gap) / kRow - kHeadRows);
      if (rows < 1 && !pages.back().empty()) {
        pages.emplace_back();
        left = room;
        continue;
      }
      const std::size_t fitting = static_cast<std::size_t>(std::max(1.0, rows));
      const std::size_t end = std::min(device + fitting, m_scene.devices.size());
      pages.back().push_back({pane, endPane, device, end});
      left -= gap + (kHeadRows + static_cast<double>(end - device)) * kRow;
      device = end;
    }
  }
  return pages;
}

double StatisticsTable::height() const {
  const auto across = static_cast<double>(m_panesAcross);
  const double parts = std::ceil(static_cast<double>(m_scene.panes.size()) / across);
  const double rows = kHeadRows + static_cast<double>(m_scene.devices.size());
  return std::max(0.0, parts * rows * kRow + (parts - 1) * kPartGap);
}

int StatisticsTable::pages(double room) const { return static_cast<int>(split(room).size()); }

void StatisticsTable::paintPage(QPainter &painter, const QRectF &room, int page) const {
  const std::vector<std::vector<Part>> pages = split(room.height());
  QPointF at = room.topLeft();
  for (const Part &part : pages.at(static_cast<std::size_t>(page))) {
    paintPart(painter, at, part);
    at.ry() += (kHeadRows + static_cast<double>(part.endDevice - part.firstDevice)) * kRow + kPartGap;
  }
}

void StatisticsTable::paintPart(QPainter &painter, QPointF at, const Part &part) const {
  paintHead(painter, at, part);
  at.ry() += kHeadRows * kRow;
  for (std::size_t device = part.firstDevice; device < part.endDevice; ++device, at.ry() += kRow) {
    painter.setPen(QPen(theme().line, 0.75));
    const double panes = static_cast<double>(part.endPane - part.firstPane);
    painter.drawLine(at, at + QPointF(m_nameWidth + m_paneWidth * panes, 0));
    paintDevice(painter, at, part, device);
  }
}

double StatisticsTable::paneLeft(QPointF at, const Part &part, std::size_t pane) const {
  return at.x() + m_nameWidth + m_paneWidth * static_cast<double>(pane - part.firstPane);
}

/// The readings' column is wider, so that panes stand apart.
QRectF StatisticsTable::cell(QPointF at, const Part &part, std::size_t pane, int column) const {
  const double left = paneLeft(at, part, pane);
  const double width = m_paneWidth / (kColumns + 1);
  const double right = left + width * (column + 2);
  return {QPointF(column == 0 ? left : right - width, at.y()), QPointF(right, at.y() + kRow)};
}

void StatisticsTable::paintHead(QPainter &painter, QPointF at, const Part &part) const {
  const QString words[] = {tr("readings"), tr("minimum"), tr("mean"), tr("maximum")};
  for (std::size_t pane = part.firstPane; pane < part.endPane; ++pane) {
    const PaneSpec &spec = m_scene.panes[pane];
    const QRectF title(paneLeft(at, part, pane), at.y(), m_paneWidth, kRow);
    painter.setFont(font(QFont::DemiBold));
    painter.setPen(quantityColour(theme(), spec.name));
    painter.drawText(title, Qt::AlignRight | Qt::AlignVCenter,
                     spec.unit.isEmpty() ? spec.title : spec.title + QStringLiteral(" · ") + spec.unit);
    painter.setFont(font());
    painter.setPen(theme().dim);
    for (int i = 0; i < kColumns; ++i)
      painter.drawText(cell(at + QPointF(0, kRow), part, pane, i), Qt::AlignRight | Qt::AlignVCenter,
                       words[i]);
  }
}

void StatisticsTable::paintDevice(QPainter &painter, QPointF at, const Part &part, std::size_t device) const {
  const DeviceStyle &style = m_scene.devices[device];
  const bool isOnly = m_scene.devices.size() == 1; // its lines have the quantities' colours
  painter.setFont(font());
  painter.setRenderHint(QPainter::Antialiasing);
  paintDeviceMarker(painter, style.id, at + QPointF(7, kRow / 2), 9,
                    isOnly ? theme().dim : deviceColour(theme(), style.id), theme().card);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(theme().text);
  const QString name =
      QFontMetricsF(painter.font()).elidedText(style.name, Qt::ElideMiddle, m_nameWidth - 24);
  painter.drawText(QRectF(at.x() + 18, at.y(), m_nameWidth - 18, kRow), Qt::AlignVCenter, name);
  for (std::size_t pane = part.firstPane; pane < part.endPane; ++pane) {
    const PaneSpec &spec = m_scene.panes[pane];
    const SeriesLine *line = findLine(m_scene, spec.quantity, style.id);
    const LineStatistics found = line != nullptr ? statisticsOf(*line, m_scene) : LineStatistics();
    const auto value = [&](double number) {
      return found.count > 0 ? formatValue(number, spec.name) : QStringLiteral("—");
    };
    const QString cells[] = {formatCount(found.count), value(found.min), value(found.mean), value(found.max)};
    for (int i = 0; i < kColumns; ++i)
      drawFigures(painter, cell(at, part, pane, i), Qt::AlignRight | Qt::AlignVCenter, cells[i]);
  }
}

} // namespace meteorograph::ui
