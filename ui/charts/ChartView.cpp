// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartView.h"

#include "ui/charts/ChartPainter.h"
#include "ui/charts/HoverOverlay.h"

#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

namespace meteorograph::ui {
namespace {

constexpr double kCornerRadius = 8;
constexpr TimeUs kShortestRange = kMillisecond; // closer there is nothing to see
constexpr qint64 kOneTurn_ms = 700;             // wheel steps closer than this are one zoom
constexpr int kPatience_ms = 4;                 // for a picture; the window answers nobody meanwhile
constexpr int kAsLongAsItTakes = -1;

/// What a round corner leaves of its square, at the upper left.
const QPainterPath &outsideOfCorner() {
  static const QPainterPath path = [] {
    QPainterPath corner(QPointF(0, 0));
    corner.lineTo(kCornerRadius, 0);
    corner.arcTo(QRectF(0.5, 0.5, 2 * kCornerRadius, 2 * kCornerRadius), 90, 90);
    corner.lineTo(0, kCornerRadius);
    corner.closeSubpath();
    return corner;
  }();
  return path;
}

} // namespace

ChartView::ChartView(QWidget *parent)
    : QWidget(parent), m_scroll(new QScrollBar(Qt::Vertical, this)),
      m_maker([this] { QMetaObject::invokeMethod(this, &ChartView::onPictureMade, Qt::QueuedConnection); }) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setCursor(Qt::CrossCursor);
  setAccessibleName(tr("Charts"));
  setAccessibleDescription(tr("Arrow keys move the time line, plus and minus zoom, Backspace goes back, P "
                              "pins a time, A annotates it, Enter shows the readings behind a point, Ctrl+C "
                              "copies the values. Up and down choose a pane, the menu key "
                              "opens its menu."));
  m_scroll->hide();
  m_scroll->setAccessibleName(tr("Panes"));
  m_scroll->setCursor(Qt::ArrowCursor);
  connect(m_scroll, &QScrollBar::valueChanged, this,
          [this](int first) { scrollTo(static_cast<std::size_t>(first)); });
}

QSize ChartView::sizeHint() const { return {900, 560}; }
QSize ChartView::minimumSizeHint() const { return {320, 180}; }

void ChartView::setScene(ChartScene scene) {
  if (m_drag != Drag::None && m_drag != Drag::Pan) {
    m_pending = std::move(scene);
    return;
  }
  if (m_drag == Drag::Pan) {
    scene.from_us = m_scene.from_us;
    scene.to_us = m_scene.to_us;
  }
  takeScene(std::move(scene));
}

void ChartView::takeScene(ChartScene scene) {
  m_scene = std::move(scene);
  m_hasNewSeries = true;
  m_scene.to_us = std::max(m_scene.to_us, m_scene.from_us + 1);
  m_panes = m_scene.panes;
  placePanes();
  invalidate();
  refreshHover();
}

ChartScene ChartView::shownScene() const {
  ChartScene scene = m_scene;
  if (!isMaximised()) {
    scene.panes = m_panes;
    std::copy(m_scene.panes.begin(), m_scene.panes.end(),
              scene.panes.begin() + static_cast<std::ptrdiff_t>(m_firstPane));
  }
  return scene;
}

void ChartView::setTheme(bool dark) {
  m_dark = dark;
  takePicture(kAsLongAsItTakes);
  m_picture = {}; // of the old theme
  invalidate();
}

/// While a range is only borrowed from old data the value axes stay, so that nothing jumps.
void ChartView::holdValueRanges() {
  for (std::size_t i = 0; i < m_scene.panes.size(); ++i)
    if (m_layout.panes[i].hasData)
      m_scene.panes[i].fixedRange = {m_layout.panes[i].low, m_layout.panes[i].high};
}

/// The layout is known at once, the picture is drawn when the screen asks for it: a fast mouse makes
/// many ranges and few pictures.
void ChartView::invalidate() {
  m_layout = layoutChart(m_scene, chartTheme(m_dark), chartSize());
  m_stale = true;
  update();
}

/// Nothing to do if it was waited for.
void ChartView::onPictureMade() {
  if (m_maker.isBusy())
    update();
}

/// Whether there is one that covers the view.
bool ChartView::hasPicture() const {
  const double ratio = devicePixelRatioF();
  return m_picture.devicePixelRatio() == ratio && m_picture.size() == pixelsOf(chartSize(), ratio);
}

bool ChartView::takePicture(int wait_ms) {
  if (!m_maker.take(m_picture, wait_ms))
    return false;
  m_isNew = true;
  return true;
}

void ChartView::beginPicture() {
  std::optional<SeriesSet> series;
  if (std::exchange(m_hasNewSeries, false))
    series = m_scene.series;
  m_maker.begin({m_scene, chartTheme(m_dark), m_layout, chartSize(), devicePixelRatioF()}, std::move(series));
  m_stale = false;
}

void ChartView::finishPicture() {
  takePicture(kAsLongAsItTakes);
  if (m_stale || !hasPicture())
    beginPicture();
  takePicture(kAsLongAsItTakes);
}

/// The newest picture that there is. Most are made in no time and are waited for, lest the one before be
/// painted once more; another size or theme is waited for however long it takes.
void ChartView::ensurePicture() {
  takePicture(0);
  if (!hasPicture())
    return finishPicture();
  if (m_stale && !m_maker.isBusy()) {
    beginPicture();
    takePicture(kPatience_ms);
  }
}

int ChartView::plotColumns() const { return ui::plotColumns(chartSize(), devicePixelRatioF()); }

void ChartView::reportColumns() {
  const int columns = plotColumns();
  if (columns == m_columns)
    return;
  m_columns = columns;
  Q_EMIT columnsChanged(columns);
}

void ChartView::resizeEvent(QResizeEvent *) {
  placePanes();
  invalidate();
  refreshHover(); // other panes may be in sight
  reportColumns();
}

void ChartView::paintEvent(QPaintEvent *) {
  ensurePicture();
  QMetaObject::invokeMethod(this, &ChartView::reportColumns,
                            Qt::QueuedConnection); // after a change of screen
  QPainter painter(this);
  painter.drawImage(QPointF(0, 0), m_picture);
  if (std::exchange(m_isNew, false))
    Q_EMIT pictureShown();
  const ChartTheme &theme = chartTheme(m_dark);
  painter.fillRect(QRect(QPoint(chartSize().width(), 0), QPoint(width(), height())), theme.card);
  const QRectF measured = paintPins(painter);
  if (m_drag == Drag::Select)
    paintSelection(painter, m_scene, theme, m_layout, m_layout.timeAt(m_dragStart.x()),
                   m_layout.timeAt(m_dragNow.x()));
  else if (m_hover.time_us != kNoTime)
    paintHover(painter, m_scene, theme, m_layout, m_hover, m_pointer, measured);
  paintPaneDrag(painter);
  paintCorners(painter);
}

/// A card with round corners on the window's background, outlined; in the accent while it has focus.
void ChartView::paintCorners(QPainter &painter) const {
  const ChartTheme &theme = chartTheme(m_dark);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const double x : {1.0, -1.0})
    for (const double y : {1.0, -1.0}) {
      painter.setTransform(QTransform(x, 0, 0, y, x > 0 ? 0 : width(), y > 0 ? 0 : height()));
      painter.fillPath(outsideOfCorner(), theme.background);
    }
  painter.resetTransform();
  painter.setPen(QPen(m_showsFocus ? theme.accent : theme.line, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCornerRadius, kCornerRadius);
}

void ChartView::chooseRange(ViewRange range, bool begins) {
  range.from_us = std::clamp(range.from_us, kEarliestTime, kLatestTime - kShortestRange);
  range.to_us = std::clamp(range.to_us, range.from_us + kShortestRange, kLatestTime);
  if (range == shownRange())
    return;
  moveTo(range);
  Q_EMIT rangeChosen(range.from_us, range.to_us, begins);
}

void ChartView::showRange(ViewRange range) {
  if (m_drag == Drag::None && range != shownRange() && range.from_us < range.to_us)
    moveTo(range);
}

void ChartView::moveTo(ViewRange range) {
  holdValueRanges();
  m_scene.from_us = range.from_us;
  m_scene.to_us = range.to_us;
  invalidate();
  refreshHover();
}

void ChartView::zoomTime(TimeUs around, double factor) {
  const auto scaled = [&](TimeUs time) {
    const double distance = static_cast<double>(time - around) * factor;
    return around +
           static_cast<TimeUs>(std::clamp(distance, -9e17, 9e17)); // ten millennia: far from overflow
  };
  const bool isNewTurn = !m_sinceZoom.isValid() || m_sinceZoom.elapsed() > kOneTurn_ms;
  m_sinceZoom.start();
  chooseRange({scaled(m_scene.from_us), scaled(m_scene.to_us)}, isNewTurn);
}

/// Moves by a share of the shown range, to the right when positive.
void ChartView::panTime(double share) {
  const auto by = static_cast<TimeUs>(static_cast<double>(m_scene.to_us - m_scene.from_us) * share);
  if (m_scene.from_us + by >= kEarliestTime && m_scene.to_us + by <= kLatestTime)
    chooseRange({m_scene.from_us + by, m_scene.to_us + by}, false);
}

std::optional<std::size_t> ChartView::paneAt(double y) const {
  for (std::size_t i = 0; i < m_layout.panes.size(); ++i)
    if (y >= m_layout.panes[i].pane.top() && y < m_layout.panes[i].pane.bottom())
      return i;
  return std::nullopt;
}

bool ChartView::isOverValueAxis(const QPointF &at) const { return at.x() < m_layout.left && paneAt(at.y()); }

void ChartView::zoomValues(const QPointF &at, double factor) {
  const std::optional<std::size_t> index = paneAt(at.y());
  if (!index)
    return;
  const PaneLayout &pane = m_layout.panes[*index];
  const double around = pane.valueAt(at.y());
  const ValueAxis axis{AxisFit::Scaled, around + (pane.low - around) * factor,
                       around + (pane.high - around) * factor};
  if (std::isfinite(axis.high - axis.low) && axis.high - axis.low >= 1e-9 * std::abs(around))
    setAxis(*index, axis);
}

} // namespace meteorograph::ui
