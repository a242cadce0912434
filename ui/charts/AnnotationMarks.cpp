// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/AnnotationMarks.h"

#include "ui/charts/Figures.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kStrip = 22;
constexpr double kFlagHeight = 15;
constexpr double kFlagPadding = 5;  // left and right of the number
constexpr double kTextGap = 6;      // around the text
constexpr double kLeastText = 28;   // shorter texts say nothing
constexpr double kReach = 5;        // how near to a line the pointer counts as on it
constexpr qsizetype kMostText = 90; // letters in the hover box

/// An annotation that the picture shows, and where.
struct Flag {
  const Annotation *annotation = nullptr;
  QString number;
  double from = 0; ///< x of the line
  double to = 0;   ///< x of a stretch's end; as from for a moment
  QRectF badge;    ///< empty where another one is in the way
};

QFont flagFont(const ChartTheme &theme) {
  QFont font = theme.font;
  font.setPixelSize(11);
  font.setWeight(QFont::DemiBold);
  return font;
}

/// The shown device that the annotation is about, if it is about one.
const DeviceStyle *deviceOf(const ChartSpec &spec, const Annotation &annotation) {
  const QString name = QString::fromStdString(annotation.device);
  for (const DeviceStyle &style : spec.devices)
    if (style.name == name)
      return &style;
  return nullptr;
}

bool isAbout(const ChartSpec &spec, const Annotation &annotation) {
  const bool device = annotation.device.empty() || deviceOf(spec, annotation);
  const bool quantity = annotation.quantity == 0 ||
                        std::any_of(spec.panes.begin(), spec.panes.end(), [&](const PaneSpec &pane) {
                          return pane.quantity == annotation.quantity;
                        });
  return device && quantity;
}

QString oneLine(const std::string &text) { return QString::fromStdString(text).simplified(); }

std::vector<Flag> flagsOf(const ChartSpec &spec, const ChartLayout &layout) {
  std::vector<Flag> flags;
  if (annotationStripHeight(spec) == 0)
    return flags;
  for (std::size_t i = 0; i < spec.annotations.size(); ++i) {
    const Annotation &annotation = spec.annotations[i];
    const TimeUs end = annotation.to_us == kNoTime ? annotation.from_us + 1 : annotation.to_us;
    if (end <= layout.from_us || annotation.from_us >= layout.to_us || !isAbout(spec, annotation))
      continue;
    Flag flag;
    flag.annotation = &annotation;
    flag.number = QString::number(i + 1);
    flag.from = std::max(layout.xOf(annotation.from_us), layout.left);
    flag.to = annotation.to_us == kNoTime ? flag.from : std::min(layout.xOf(end), layout.right);
    flags.push_back(flag);
  }
  return flags;
}

/// Each at its line's right, at the left where the picture ends; none over another.
void placeBadges(std::vector<Flag> &flags, const ChartTheme &theme, const ChartLayout &layout) {
  const double top = layout.header.bottom() - kStrip + (kStrip - kFlagHeight) / 2;
  double taken = -1;
  for (Flag &flag : flags) {
    const double width = figuresWidth(flagFont(theme), flag.number) + 2 * kFlagPadding;
    const double left = flag.from + width > layout.right ? flag.from - width : flag.from;
    if (left < taken)
      continue;
    flag.badge = QRectF(left, top, width, kFlagHeight);
    taken = flag.badge.right() + 1;
  }
}

/// Painting of one picture's annotations; lives during one call.
class AnnotationPainter {
public:
  AnnotationPainter(QPainter &painter, const ChartSpec &spec, const ChartTheme &theme,
                    const ChartLayout &layout)
      : m_painter(painter), m_spec(spec), m_theme(theme), m_layout(layout), m_flags(flagsOf(spec, layout)) {
    placeBadges(m_flags, theme, layout);
  }

  void paint() {
    for (const Flag &flag : m_flags) {
      for (std::size_t i = 0; i < m_layout.panes.size(); ++i)
        if (flag.annotation->quantity == 0 || flag.annotation->quantity == m_spec.panes[i].quantity)
          paintLines(flag, m_layout.panes[i].pane);
      paintPole(flag);
    }
    for (std::size_t i = 0; i < m_flags.size(); ++i)
      if (!m_flags[i].badge.isEmpty())
        paintBadge(i);
  }

private:
  QColor colour(const Flag &flag) const {
    const DeviceStyle *device = deviceOf(m_spec, *flag.annotation);
    return !device || m_spec.devices.size() == 1 ? m_theme.accent : deviceColour(m_theme, device->id);
  }

  void paintLines(const Flag &flag, const QRectF &rows) {
    QColor faint = colour(flag);
    faint.setAlphaF(0.07F);
    m_painter.fillRect(QRectF(flag.from, rows.top(), flag.to - flag.from, rows.height()), faint);
    QColor stroke = colour(flag);
    stroke.setAlphaF(0.65F);
    for (const double x : {flag.from, flag.to}) {
      m_painter.fillRect(QRectF(std::floor(x), rows.top(), 1, rows.height()), stroke);
      if (flag.from == flag.to)
        break;
    }
  }

  /// From the flag down to the panes; a stretch is underlined, so that nothing crosses the texts.
  void paintPole(const Flag &flag) {
    QColor stroke = colour(flag);
    stroke.setAlphaF(0.65F);
    const double foot = m_layout.header.bottom();
    m_painter.fillRect(QRectF(std::floor(flag.from), foot - kStrip + 3, 1, kStrip - 3), stroke);
    m_painter.fillRect(QRectF(flag.from, foot - 2, flag.to - flag.from, 2), stroke);
  }

  void paintBadge(std::size_t index) {
    const Flag &flag = m_flags[index];
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour(flag));
    m_painter.drawRoundedRect(flag.badge, 3, 3);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setFont(flagFont(m_theme));
    m_painter.setPen(m_theme.card);
    drawFigures(m_painter, flag.badge, Qt::AlignHCenter | Qt::AlignVCenter, flag.number);
    paintText(flag, roomBehind(index));
  }

  /// Up to the next flag.
  double roomBehind(std::size_t index) const {
    double end = m_layout.right;
    for (std::size_t next = index + 1; next < m_flags.size(); ++next)
      if (!m_flags[next].badge.isEmpty()) {
        end = m_flags[next].badge.left();
        break;
      }
    return end - m_flags[index].badge.right() - 2 * kTextGap;
  }

  void paintText(const Flag &flag, double room) {
    if (room < kLeastText)
      return;
    const QFontMetricsF metrics(m_theme.font);
    const QString text = metrics.elidedText(oneLine(flag.annotation->text), Qt::ElideRight, room);
    m_painter.setFont(m_theme.font);
    m_painter.setPen(m_theme.text);
    m_painter.drawText(QRectF(flag.badge.right() + kTextGap, flag.badge.top(), room + 2, flag.badge.height()),
                       Qt::AlignVCenter, text);
  }

  QPainter &m_painter;
  const ChartSpec &m_spec;
  const ChartTheme &m_theme;
  const ChartLayout &m_layout;
  std::vector<Flag> m_flags;
};

} // namespace

double annotationStripHeight(const ChartSpec &spec) {
  const bool any =
      spec.marks.annotations && std::any_of(spec.annotations.begin(), spec.annotations.end(),
                                            [&](const Annotation &each) { return isAbout(spec, each); });
  return any ? kStrip : 0;
}

void paintAnnotations(QPainter &painter, const ChartSpec &spec, const ChartTheme &theme,
                      const ChartLayout &layout) {
  if (annotationStripHeight(spec) == 0)
    return;
  painter.save();
  AnnotationPainter(painter, spec, theme, layout).paint();
  painter.restore();
}

std::int64_t annotationAt(const ChartSpec &spec, const ChartLayout &layout, QPointF at) {
  std::vector<Flag> flags = flagsOf(spec, layout);
  placeBadges(flags, chartTheme(true), layout); // both themes have the same font
  for (const Flag &flag : flags)
    if (flag.badge.adjusted(-1, -3, 1, 3).contains(at))
      return flag.annotation->id;
  std::int64_t nearest = 0;
  double reach = kReach;
  for (const Flag &flag : flags)
    for (const double x : {flag.from, flag.to})
      if (const double away = std::abs(x - at.x()); away < reach) {
        reach = away;
        nearest = flag.annotation->id;
      }
  return nearest;
}

std::vector<QString> annotationTexts(const ChartSpec &spec, const ChartLayout &layout, TimeUs time) {
  std::vector<QString> texts;
  const double x = layout.xOf(time);
  for (const Flag &flag : flagsOf(spec, layout)) {
    if (x < flag.from - kReach || x > flag.to + kReach)
      continue;
    QString text = oneLine(flag.annotation->text);
    if (text.size() > kMostText)
      text = text.left(kMostText) + QStringLiteral("…");
    texts.push_back(flag.number + QStringLiteral(" · ") + text);
  }
  return texts;
}

} // namespace meteorograph::ui
