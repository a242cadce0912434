// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartFrame.h"

#include "ui/charts/AnnotationMarks.h"
#include "ui/charts/DeviceMarker.h"
#include "ui/charts/DeviceNames.h"
#include "ui/charts/Figures.h"
#include "ui/charts/GapMarks.h"
#include "ui/charts/LimitMarks.h"
#include "ui/charts/PaneLegend.h"
#include "ui/charts/TimeTicks.h"
#include "ui/charts/ValueTicks.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace meteorograph::ui {
namespace {

constexpr double kTickRow = 18;  // height of each of the time axis's two rows
constexpr double kLabelGap = 8;  // from value labels to plot
constexpr double kHalfLabel = 6; // half the height of a value label's figures, with room around

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

QFont sized(QFont font, int pixels, QFont::Weight weight = QFont::Normal) {
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

QFont timeTickFont(const TimeTick &tick, const ChartTheme &theme) {
  return sized(theme.font, 11, tick.major ? QFont::Medium : QFont::Normal);
}

/// Paints one frame; lives during one call.
class FramePainter {
public:
  FramePainter(QPainter &painter, const ChartSpec &chart, const FrameData &data, const ChartTheme &theme,
               const ChartLayout &layout)
      : m_painter(painter), m_chart(chart), m_data(data), m_theme(theme), m_layout(layout),
        m_scale(painter.device()->devicePixelRatioF()),
        m_ticks(timeTicks(layout.from_us, layout.to_us, static_cast<int>(layout.right - layout.left),
                          chart.zone)) {}

  void paint() {
    paintHeader();
    for (std::size_t i = 0; i < m_layout.panes.size(); ++i)
      paintPane(i);
    if (m_layout.panes.empty())
      paintNoPane();
    paintAnnotations(m_painter, m_chart, m_theme, m_layout);
    paintTimeAxis();
  }

private:
  void paintHeader();
  void paintPane(std::size_t index);
  void paintTimeGrid(const PaneLayout &pane);
  void paintRows(const PaneLayout &pane);
  void paintAxisFit(const PaneSpec &spec, const PaneLayout &pane);
  void paintValueAxis(const PaneLayout &pane, bool below = false);
  void paintProvisional(const PaneLayout &pane, double titleEnd);
  void paintNoData(const PaneLayout &pane);
  void paintNoPane();
  void paintGapsOf(std::size_t index);
  void paintRowNames(std::size_t index);
  void paintTimeAxis();
  void paintTick(const TimeTick &tick, std::vector<QRectF> &taken);

  /// Hairlines take whole device pixels and lie on them, so that they stay sharp.
  double hairWidth() const { return std::max(1.0, std::floor(m_scale)); }
  double crisp(double at) const { return (std::floor(at * m_scale) + hairWidth() / 2) / m_scale; }
  QPen hairline(const QColor &colour, Qt::PenStyle style = Qt::SolidLine) const {
    return QPen(colour, hairWidth() / m_scale, style);
  }
  void horizontal(double left, double right, double y) {
    m_painter.drawLine(QPointF(left, crisp(y)), QPointF(right, crisp(y)));
  }
  void vertical(double x, double top, double bottom) {
    m_painter.drawLine(QPointF(crisp(x), top), QPointF(crisp(x), bottom));
  }

  QPainter &m_painter;
  const ChartSpec &m_chart;
  const FrameData &m_data;
  const ChartTheme &m_theme;
  const ChartLayout &m_layout;
  double m_scale;
  std::vector<TimeTick> m_ticks;
};

void FramePainter::paintHeader() {
  double top = 0;
  if (!m_chart.title.isEmpty()) {
    m_painter.setFont(sized(m_theme.font, 15, QFont::DemiBold));
    m_painter.setPen(m_theme.text);
    m_painter.drawText(QRectF(m_layout.left, 4, m_layout.right - m_layout.left, 30), Qt::AlignVCenter,
                       m_chart.title);
    top = 34;
  }
  if (m_chart.showDeviceNames)
    DeviceNames(m_chart, m_theme, m_layout.left, m_layout.right, m_layout.nameRows).paint(m_painter, top);
}

void FramePainter::paintPane(std::size_t index) {
  const PaneLayout &pane = m_layout.panes[index];
  const PaneSpec &spec = m_chart.panes[index];
  paintTimeGrid(pane);
  if (pane.rows.empty())
    paintValueAxis(pane);
  else
    paintRows(pane);
  paintAxisFit(spec, pane);
  const double titleEnd = paintPaneLegend(m_painter, m_chart, m_data, m_theme, m_layout, index);
  if (m_data.provisional_us != kNoTime)
    paintProvisional(pane, index == 0 ? titleEnd : std::numeric_limits<double>::infinity());
  paintGapsOf(index);
  if (m_chart.marks.limits)
    paintLimits(m_painter, spec, m_theme, m_layout, pane);
  paintRowNames(index);
  if (!pane.hasData)
    paintNoData(pane);
  if (index > 0) {
    m_painter.setPen(hairline(m_theme.line));
    horizontal(pane.pane.left(), pane.pane.right(), pane.pane.top());
  }
}

void FramePainter::paintTimeGrid(const PaneLayout &pane) {
  for (const TimeTick &tick : m_ticks) {
    m_painter.setPen(hairline(tick.major ? m_theme.line : m_theme.grid));
    vertical(m_layout.xOf(tick.time_us), pane.pane.top(), pane.pane.bottom());
  }
}

/// Small multiples: each device's plot with its own axis, divided by hairlines.
void FramePainter::paintRows(const PaneLayout &pane) {
  for (const DeviceStyle &device : m_chart.devices) {
    if (std::find(pane.rows.begin(), pane.rows.end(), device.id) == pane.rows.end())
      continue;
    const PaneLayout row = pane.row(device.id);
    paintValueAxis(row, device.id != pane.rows.front());
    m_painter.setPen(hairline(m_theme.line));
    if (device.id != pane.rows.front())
      horizontal(m_layout.left, m_layout.right, row.plot.top() - 2);
  }
}

void FramePainter::paintGapsOf(std::size_t index) {
  const PaneLayout &pane = m_layout.panes[index];
  const std::vector<std::vector<HatchedGap>> &gaps = m_data.panes[index].gaps;
  for (std::size_t plot = 0; plot < gaps.size(); ++plot)
    paintGaps(m_painter, m_theme, gaps[plot], pane.rows.empty() ? pane : pane.row(pane.rows[plot]));
}

void FramePainter::paintRowNames(std::size_t index) {
  const PaneLayout &pane = m_layout.panes[index];
  m_painter.setFont(m_theme.font);
  const bool atFoot = m_data.panes[index].namesAtFoot;
  for (const DeviceStyle &device : m_chart.devices) {
    if (std::find(pane.rows.begin(), pane.rows.end(), device.id) == pane.rows.end())
      continue;
    const PaneLayout row = pane.row(device.id);
    const double width = QFontMetricsF(m_theme.font).horizontalAdvance(device.name);
    const double left = row.plot.left() + kRowNameLeft;
    const double top = atFoot ? row.plot.bottom() - kRowName : row.plot.top();
    paintDeviceMarker(m_painter, device.id, QPointF(left - 9, top + kRowName / 2), 8,
                      deviceColour(m_theme, device.id), m_theme.card);
    m_painter.setPen(m_theme.text);
    m_painter.drawText(QRectF(left, top, width + 2, kRowName), Qt::AlignVCenter | Qt::TextDontClip,
                       device.name);
  }
}

/// Above the value labels, so that nobody takes a fixed axis for one that follows the data.
void FramePainter::paintAxisFit(const PaneSpec &spec, const PaneLayout &pane) {
  if (spec.fit == AxisFit::Automatic)
    return;
  m_painter.setFont(m_theme.font);
  m_painter.setPen(m_theme.accent);
  m_painter.drawText(QRectF(0, pane.pane.top() + 4, m_layout.left - kLabelGap, 16),
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, axisFitWord(spec.fit));
}

/// A row below another leaves a label at its very top out: it would touch the lowest one of that.
void FramePainter::paintValueAxis(const PaneLayout &pane, bool below) {
  if (!pane.hasData)
    return;
  m_painter.setFont(m_theme.font);
  for (const ValueTick &tick : valueTicks(pane.low, pane.high, static_cast<int>(pane.plot.height()))) {
    const double y = pane.yOf(tick.value);
    m_painter.setPen(hairline(m_theme.grid));
    horizontal(m_layout.left, m_layout.right, y);
    if (below && y < pane.plot.top() + kHalfLabel)
      continue;
    m_painter.setPen(m_theme.dim);
    drawFigures(m_painter, QRectF(0, y - 8, m_layout.left - kLabelGap, 16), Qt::AlignRight | Qt::AlignVCenter,
                tick.label);
  }
}

void FramePainter::paintProvisional(const PaneLayout &pane, double titleEnd) {
  const double start = std::clamp(m_layout.xOf(m_data.provisional_us), m_layout.left, m_layout.right);
  if (m_chart.marks.provisional)
    m_painter.fillRect(QRectF(QPointF(start, pane.pane.top()), QPointF(m_layout.right, pane.pane.bottom())),
                       m_theme.provisional);
  const bool hasLine = m_chart.marks.watermark && m_data.provisional_us > m_layout.from_us;
  if (hasLine) {
    QPen pen = hairline(m_theme.faint, Qt::CustomDashLine);
    pen.setDashPattern({2 / pen.widthF(), 3 / pen.widthF()});
    pen.setCapStyle(Qt::FlatCap);
    m_painter.setPen(pen);
    vertical(start, pane.pane.top(), pane.pane.bottom());
  }
  QStringList words;
  if (hasLine && m_chart.marks.provisional)
    words << tr("watermark · provisional");
  if (m_chart.marks.provisional)
    words << tr("provisional");
  else if (hasLine)
    words << tr("watermark");
  m_painter.setFont(m_theme.font);
  for (const QString &word : words) { // the first that there is room for
    const double width = QFontMetricsF(m_theme.font).horizontalAdvance(word);
    double x = start + 6;
    if (x < titleEnd + 16) // the title is in the way: to the right end then
      x = m_layout.right - width - 6;
    if (x < std::max(titleEnd + 16, start) || x + width > m_layout.right)
      continue;
    m_painter.setPen(m_theme.dim);
    m_painter.drawText(QRectF(x, pane.pane.top() + 5, width + 2, 16), Qt::AlignVCenter, word);
    return;
  }
}

void FramePainter::paintNoData(const PaneLayout &pane) {
  m_painter.setFont(sized(m_theme.font, 12));
  m_painter.setPen(m_theme.dim);
  m_painter.drawText(pane.plot, Qt::AlignCenter,
                     m_chart.devices.empty() ? tr("No device is chosen") : tr("No data in this range"));
}

void FramePainter::paintNoPane() {
  m_painter.setFont(sized(m_theme.font, 12));
  m_painter.setPen(m_theme.dim);
  m_painter.drawText(QRectF(0, 0, m_layout.timeAxis.right(), m_layout.timeAxis.top()), Qt::AlignCenter,
                     m_chart.devices.empty() ? tr("No readings to show") : tr("No quantity is chosen"));
}

void FramePainter::paintTick(const TimeTick &tick, std::vector<QRectF> &taken) {
  const QRectF place = timeTickPlace(tick, m_theme, m_layout);
  const auto touches = [&](const QRectF &other) { return place.adjusted(-10, 0, 10, 0).intersects(other); };
  if (std::any_of(taken.begin(), taken.end(), touches))
    return;
  taken.push_back(place);
  m_painter.setFont(timeTickFont(tick, m_theme));
  m_painter.setPen(tick.major ? m_theme.text : m_theme.dim);
  drawFigures(m_painter, place, Qt::AlignLeft | Qt::AlignVCenter, tick.label);
}

void FramePainter::paintTimeAxis() {
  m_painter.setPen(hairline(m_theme.line));
  horizontal(0, m_layout.timeAxis.right(), m_layout.timeAxis.top());
  const QRectF row(0, m_layout.timeAxis.top() + 2, m_layout.timeAxis.width(), kTickRow);
  std::vector<QRectF> taken;
  for (const bool major : {true, false})
    for (const TimeTick &tick : m_ticks)
      if (tick.major == major)
        paintTick(tick, taken);
  const QRectF below(m_layout.left, row.bottom() - 2, m_layout.right - m_layout.left, kTickRow);
  m_painter.setFont(m_theme.font);
  m_painter.setPen(m_theme.dim);
  const QString date = dateSpan(m_layout.from_us, m_layout.to_us, m_chart.zone);
  drawFigures(m_painter, below, Qt::AlignLeft | Qt::AlignVCenter, date);
  drawFigures(m_painter, below, Qt::AlignRight | Qt::AlignVCenter,
              zoneLabel(m_layout.from_us, m_layout.to_us, m_chart.zone));
}

} // namespace

void paintChartFrame(QPainter &painter, const ChartSpec &chart, const FrameData &data,
                     const ChartTheme &theme, const ChartLayout &layout) {
  FramePainter(painter, chart, data, theme, layout).paint();
}

QRectF timeTickPlace(const TimeTick &tick, const ChartTheme &theme, const ChartLayout &layout) {
  const double width = figuresWidth(timeTickFont(tick, theme), tick.label);
  const double left = std::clamp(layout.xOf(tick.time_us) - width / 2, 4.0,
                                 std::max(4.0, layout.timeAxis.right() - width - 4));
  return {left, layout.timeAxis.top() + 2, width, kTickRow};
}

} // namespace meteorograph::ui
