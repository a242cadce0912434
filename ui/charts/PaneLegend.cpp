// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/PaneLegend.h"

#include "ui/charts/Faults.h"
#include "ui/charts/GapMarks.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

namespace meteorograph::ui {
namespace {

constexpr double kUnitGap = 7; // between title and unit
constexpr double kIndent = 6;  // from the plot's left edge
constexpr double kRowTop = 4;  // below the pane's top
constexpr double kRowHeight = 18;
constexpr double kSampleWidth = 15; // of a line sample
constexpr double kMarkWidth = 12;   // of a mark and its distance

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

QRectF paneTitleRect(const ChartSpec &chart, const ChartTheme &theme, const ChartLayout &layout,
                     std::size_t index) {
  const PaneSpec &spec = chart.panes[index];
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

double paintPaneLegend(QPainter &painter, const ChartSpec &chart, const FrameData &data,
                       const ChartTheme &theme, const ChartLayout &layout, std::size_t index) {
  const PaneSpec &spec = chart.panes[index];
  const PaneLayout &pane = layout.panes[index];
  const PaneData &shown = data.panes[index];
  const QFont title = titleFont(theme);
  const QFont plain = plainFont(theme);
  LegendWriter writer(painter, pane.plot.left() + kIndent, pane.pane.top() + kRowTop);
  writer.text(spec.title, title, quantityColour(theme, spec.name));
  writer.skip(kUnitGap);
  writer.text(spec.unit, plain, theme.dim);
  if (shown.hasRaw) {
    writer.skip(14);
    QPen pen(theme.dim, chart.pens.rawWidth + 0.2, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({chart.pens.rawDash / pen.widthF(), chart.pens.rawDash / pen.widthF()});
    writer.sample(pen);
    writer.text(tr("raw"), plain, theme.dim);
  }
  if (chart.showAverage && shown.hasAverage && !chart.averageLabel.isEmpty()) {
    writer.skip(14);
    writer.sample(QPen(theme.dim, chart.pens.averageWidth, Qt::SolidLine, Qt::RoundCap));
    writer.text(chart.averageLabel, plain, theme.dim);
  }
  if (shown.hasBand) {
    writer.skip(14);
    QColor colour = theme.dim;
    colour.setAlphaF(0.3F);
    writer.swatch(colour);
    writer.text(tr("minimum–maximum"), plain, theme.dim);
  }
  const auto entry = [&](const QString &word, auto &&sample) {
    const double width = 14 + kMarkWidth + QFontMetricsF(plain).horizontalAdvance(word);
    if (writer.end() + width > layout.right)
      return;
    writer.skip(14);
    sample();
    writer.text(word, plain, theme.dim);
  };
  if (shown.outside > 0)
    entry(outsideText(spec.fit, shown.outside), [&] { writer.triangle(theme.dim); });
  if (shown.hasGap())
    entry(tr("no data"), [&] { writer.hatch(theme); });
  if (shown.hasLate)
    entry(tr("late, repaired"), [&] { writer.triangle(theme.warning); });
  if (shown.faults != 0)
    entry(faultText(shown.faults), [&] { writer.ring(theme.bad); });
  return writer.end();
}

} // namespace meteorograph::ui
