// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/PaneLegend.h"

#include "ui/charts/ChartFrame.h"
#include "ui/charts/ChartStyle.h"
#include "ui/charts/Faults.h"
#include "ui/charts/GapMarks.h"
#include "ui/charts/OutsideMarks.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr double kUnitGap = 7; // between title and unit
constexpr double kIndent = 6;  // from the plot's left edge
constexpr double kRowTop = 4;  // below the pane's top
constexpr double kRowHeight = 18;
constexpr double kSampleWidth = 15; // of a line sample
constexpr double kMarkWidth = 12;   // of a mark and its distance
constexpr double kSeenBand = 1.5;   // a band that is nowhere higher cannot be told from a line

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

/// Writes from left to right.
class LegendWriter {
public:
  LegendWriter(QPainter &painter, double x, double top) : m_painter(painter), m_x(x), m_top(top) {}

  double end() const { return m_x; }
  void skip(double width) { m_x += width; }

  void text(const QString &text, const QFont &font, const QColor &colour) {
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(QRectF(m_x, m_top, width + 2, kRowHeight), Qt::AlignVCenter | Qt::TextDontClip, text);
    m_x += width;
  }

  void sample(const QPen &pen) {
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(pen);
    const double y = m_top + kRowHeight / 2 + 0.5;
    m_painter.drawLine(QPointF(m_x, y), QPointF(m_x + kSampleWidth, y));
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_x += kSampleWidth + 5;
  }

  void swatch(const QColor &colour) {
    m_painter.fillRect(QRectF(m_x, m_top + 5, kSampleWidth, kRowHeight - 9), colour);
    m_x += kSampleWidth + 5;
  }

  /// Hatching as it stands in gaps.
  void hatch(const ChartTheme &theme) {
    paintHatch(m_painter, theme, QRectF(m_x, m_top + 4, kSampleWidth, kRowHeight - 7));
    m_x += kSampleWidth + 5;
  }

  /// A triangle as it stands at the pane's foot.
  void triangle(const QColor &colour) {
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    const double foot = m_top + kRowHeight / 2 + 3.5;
    const QPointF corners[] = {{m_x + 4, foot - 6}, {m_x + 7, foot}, {m_x + 1, foot}};
    m_painter.drawPolygon(corners, 3);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_x += kMarkWidth;
  }

  /// A ring as it stands around a value.
  void ring(const QColor &colour) {
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(colour, 1.5));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawEllipse(QPointF(m_x + 4, m_top + kRowHeight / 2 + 0.5), 3.5, 3.5);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_x += kMarkWidth;
  }

private:
  QPainter &m_painter;
  double m_x;
  double m_top;
};

/// Whether any shown line of the pane is drawn in a way.
template <class Predicate> bool anyLine(const ChartScene &scene, const PaneSpec &spec, Predicate isDrawn) {
  return std::any_of(scene.devices.begin(), scene.devices.end(), [&](const DeviceStyle &device) {
    const SeriesLine *line = findLine(scene, spec.quantity, device.id);
    return line != nullptr && isDrawn(*line);
  });
}

/// Whether a point in the range is of a kind.
template <class Predicate>
bool anyPoint(const SeriesLine &line, const ChartLayout &layout, Predicate isWanted) {
  return std::any_of(line.points.begin(), line.points.end(), [&](const SeriesPoint &point) {
    return point.last_us >= layout.from_us && point.first_us < layout.to_us && isWanted(point);
  });
}

/// Whether two points in the range are joined; elsewhere there are dots alone.
bool isJoined(const SeriesLine &line, const ChartLayout &layout) {
  auto gap = line.breaks.begin();
  for (std::size_t i = 1; i < line.points.size(); ++i) {
    while (gap != line.breaks.end() && *gap < i)
      ++gap;
    const bool isBroken = gap != line.breaks.end() && *gap == i;
    if (!isBroken && line.points[i].last_us >= layout.from_us && line.points[i - 1].first_us < layout.to_us)
      return true;
  }
  return false;
}

/// Whether the line's band can be seen somewhere in the range.
bool showsBand(const ChartScene &scene, const ChartLayout &layout, const PaneLayout &pane,
               const SeriesLine &line) {
  if (!drawsBand(scene, line))
    return false;
  const PaneLayout row = pane.row(line.device);
  const double seen = kSeenBand * (row.high - row.low) / std::max(1.0, row.plot.height());
  return anyPoint(line, layout, [seen](const SeriesPoint &point) { return point.max - point.min > seen; });
}

std::uint8_t faultsIn(const SeriesLine &line, const ChartLayout &layout) {
  std::uint8_t faults = 0;
  if (!line.marked)
    return faults;
  for (const SeriesPoint &point : line.points)
    if (point.last_us >= layout.from_us && point.first_us < layout.to_us)
      faults = static_cast<std::uint8_t>(faults | point.faults);
  return faults;
}

QFont plainFont(const ChartTheme &theme) {
  QFont font = theme.font;
  font.setPixelSize(12);
  return font;
}

QFont titleFont(const ChartTheme &theme) {
  QFont font = plainFont(theme);
  font.setWeight(QFont::DemiBold);
  return font;
}

QString outsideText(AxisFit fit, std::size_t outside) {
  const QString points = outside == 1 ? tr("1 point outside") : tr("%1 points outside").arg(outside);
  return fit == AxisFit::Robust ? tr("without spikes, %1").arg(points) : points;
}

} // namespace

QRectF paneTitleRect(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                     std::size_t index) {
  const PaneSpec &spec = scene.panes[index];
  const PaneLayout &pane = layout.panes[index];
  const double width = QFontMetricsF(titleFont(theme)).horizontalAdvance(spec.title) + kUnitGap +
                       QFontMetricsF(plainFont(theme)).horizontalAdvance(spec.unit);
  return {pane.plot.left(), pane.pane.top() + kRowTop, kIndent + width + kIndent, kRowHeight};
}

QString axisFitWord(AxisFit fit) {
  switch (fit) {
  case AxisFit::Automatic:
    break;
  case AxisFit::Robust:
    return tr("robust");
  case AxisFit::Scaled:
    return tr("zoomed");
  case AxisFit::Fixed:
    return tr("fixed");
  }
  return {};
}

double paintPaneLegend(QPainter &painter, const ChartScene &scene, const ChartTheme &theme,
                       const ChartLayout &layout, std::size_t index) {
  const PaneSpec &spec = scene.panes[index];
  const PaneLayout &pane = layout.panes[index];
  const QFont title = titleFont(theme);
  const QFont plain = plainFont(theme);
  LegendWriter writer(painter, pane.plot.left() + kIndent, pane.pane.top() + kRowTop);
  writer.text(spec.title, title, quantityColour(theme, spec.name));
  writer.skip(kUnitGap);
  writer.text(spec.unit, plain, theme.dim);
  const auto isSeen = [&](const SeriesLine &line) { return isJoined(line, layout); };
  if (anyLine(scene, spec,
              [&](const SeriesLine &line) { return drawsRaw(scene, layout, line) && isSeen(line); })) {
    writer.skip(14);
    QPen pen(theme.dim, scene.pens.rawWidth + 0.2, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({scene.pens.rawDash / pen.widthF(), scene.pens.rawDash / pen.widthF()});
    writer.sample(pen);
    writer.text(tr("raw"), plain, theme.dim);
  }
  if (scene.showAverage && !scene.averageLabel.isEmpty() && anyLine(scene, spec, isSeen)) {
    writer.skip(14);
    writer.sample(QPen(theme.dim, scene.pens.averageWidth, Qt::SolidLine, Qt::RoundCap));
    writer.text(scene.averageLabel, plain, theme.dim);
  }
  if (anyLine(scene, spec, [&](const SeriesLine &line) { return showsBand(scene, layout, pane, line); })) {
    writer.skip(14);
    QColor colour = theme.dim;
    colour.setAlphaF(0.3F);
    writer.swatch(colour);
    writer.text(tr("minimum–maximum"), plain, theme.dim);
  }
  const auto entry = [&](const QString &word, auto &&sample, auto &&isDrawn) {
    const double width = 14 + kMarkWidth + QFontMetricsF(plain).horizontalAdvance(word);
    if (writer.end() + width > layout.right || !anyLine(scene, spec, isDrawn))
      return;
    writer.skip(14);
    sample();
    writer.text(word, plain, theme.dim);
  };
  if (const std::size_t outside = spec.fit == AxisFit::Automatic ? 0 : pointsOutside(scene, layout, index))
    entry(
        outsideText(spec.fit, outside), [&] { writer.triangle(theme.dim); },
        [](const SeriesLine &) { return true; });
  if (scene.marks.gaps && hasHatchedGap(scene, spec, layout))
    entry(
        tr("no data"), [&] { writer.hatch(theme); }, [](const SeriesLine &) { return true; });
  if (scene.marks.late)
    entry(
        tr("late, repaired"), [&] { writer.triangle(theme.warning); },
        [&](const SeriesLine &line) {
          return line.marked && anyPoint(line, layout, [](const SeriesPoint &point) { return point.late; });
        });
  std::uint8_t faults = 0;
  for (const DeviceStyle &device : scene.devices)
    if (const SeriesLine *line = findLine(scene, spec.quantity, device.id))
      faults = static_cast<std::uint8_t>(faults | faultsIn(*line, layout));
  if (faults != 0 && scene.marks.faults)
    entry(
        faultText(faults), [&] { writer.ring(theme.bad); }, [](const SeriesLine &) { return true; });
  return writer.end();
}

} // namespace meteorograph::ui
