// SPDX-License-Identifier: GPL-3.0-or-later
// The gestures and keys of ChartView.
#include "ui/charts/ChartView.h"

#include "ui/charts/AnnotationMarks.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kWheelZoom = 0.8; // range left by one notch of the wheel
constexpr double kWheelPan = 0.1;  // of the range, by one notch
constexpr double kKeyPan = 0.1;    // of the range, by one press of an arrow key
constexpr double kPagePan = 0.9;   // leaves a little of the page before
constexpr double kNotch = 120;     // angle units of a wheel's notch
constexpr double kLeastDrag = 4;   // pixels; below this a drag is a click

double notches(const QWheelEvent &event) {
  const QPoint angle = event.angleDelta();
  return (angle.y() != 0 ? angle.y() : angle.x()) / kNotch;
}

} // namespace

void ChartView::mousePressEvent(QMouseEvent *event) {
  const bool inPlot = event->position().x() >= m_layout.left && event->position().x() <= m_layout.right;
  const Grip grip = gripAt(event->position());
  if (m_drag != Drag::None || m_scene.panes.empty() || (!inPlot && grip.kind == Grip::Kind::None))
    return;
  if (event->button() == Qt::LeftButton && event->modifiers() & Qt::ControlModifier) {
    hoverAt(m_layout.timeAt(event->position().x()), event->position(), false);
    return pinHover();
  }
  if (event->button() == Qt::LeftButton)
    m_drag = grip.kind == Grip::Kind::Title    ? Drag::Move
             : grip.kind == Grip::Kind::Border ? Drag::Resize
                                               : Drag::Select;
  else if (event->button() == Qt::MiddleButton)
    m_drag = Drag::Pan;
  pointAt(event->position());
  m_dragStart = m_dragNow = event->position();
  m_dragRange = shownRange();
  m_dragPane = grip.pane;
  m_dragArrangement = m_arrangement;
  if (m_drag == Drag::Pan || m_drag == Drag::Move)
    setCursor(Qt::ClosedHandCursor);
}

/// Keys mean the pane under the pointer from now on.
void ChartView::pointAt(const QPointF &at) {
  if (const std::optional<std::size_t> pane = paneAt(at.y()))
    m_currentPane = m_scene.panes[*pane].quantity;
  m_showsPane = false;
}

void ChartView::mouseMoveEvent(QMouseEvent *event) {
  const QPointF at = event->position();
  if (m_drag != Drag::None && event->buttons() == Qt::NoButton) // let go where nobody told
    endDrag(false);
  m_dragNow = QPointF(std::clamp(at.x(), m_layout.left, m_layout.right), at.y());
  if (m_drag == Drag::Select || m_drag == Drag::Move) {
    update();
    return;
  }
  if (m_drag == Drag::Resize)
    return dragBorder(at.y() - m_dragStart.y());
  if (m_drag == Drag::Pan) {
    const double share = (m_dragStart.x() - at.x()) / (m_layout.right - m_layout.left);
    const auto by = static_cast<TimeUs>(share * static_cast<double>(m_dragRange.to_us - m_dragRange.from_us));
    hideHover();
    chooseRange({m_dragRange.from_us + by, m_dragRange.to_us + by}, m_dragRange == shownRange());
    return;
  }
  const bool overAxis = isOverValueAxis(at);
  const Grip grip = gripAt(at);
  setCursor(grip.kind == Grip::Kind::Title    ? Qt::OpenHandCursor
            : grip.kind == Grip::Kind::Border ? Qt::SplitVCursor
            : overAxis                        ? Qt::SizeVerCursor
                                              : Qt::CrossCursor);
  pointAt(at);
  if (overAxis || grip.kind != Grip::Kind::None || at.x() < m_layout.left || at.x() > m_layout.right ||
      m_scene.panes.empty())
    hideHover();
  else
    hoverAt(m_layout.timeAt(at.x()), at, false);
}

void ChartView::mouseReleaseEvent(QMouseEvent *event) {
  const Qt::MouseButton ends = m_drag == Drag::Pan ? Qt::MiddleButton : Qt::LeftButton;
  if (m_drag == Drag::None || event->button() != ends)
    return;
  m_dragNow =
      QPointF(std::clamp(event->position().x(), m_layout.left, m_layout.right), event->position().y());
  endDrag(true);
}

/// The selection becomes the range; then what came in the meantime is shown.
void ChartView::endDrag(bool accepted) {
  const Drag drag = std::exchange(m_drag, Drag::None);
  setCursor(Qt::CrossCursor);
  std::optional<ChartScene> pending = std::exchange(m_pending, std::nullopt);
  const bool chosen =
      drag == Drag::Select && accepted && std::abs(m_dragNow.x() - m_dragStart.x()) >= kLeastDrag;
  const TimeUs a = m_layout.timeAt(m_dragStart.x());
  const TimeUs b = m_layout.timeAt(m_dragNow.x());
  if (pending)
    takeScene(std::move(*pending));
  if (chosen)
    chooseRange({std::min(a, b), std::max(a, b)}, true);
  endPaneDrag(drag, accepted);
  update();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton || event->modifiers() & Qt::ControlModifier) // pinned already
    return;
  const Grip grip = gripAt(event->position());
  if (grip.kind == Grip::Kind::Title)
    return toggleMaximised(grip.pane);
  if (grip.kind == Grip::Kind::Border) {
    m_arrangement.heights.clear();
    return changePanes();
  }
  if (const std::int64_t annotation = annotationAt(m_scene, m_layout, event->position()); annotation != 0) {
    Q_EMIT annotationActivated(annotation);
    return;
  }
  if (isOverValueAxis(event->position()))
    return setAxis(*paneAt(event->position().y()), {});
  m_arrangement.axes.removeIf([](const auto &axis) { return axis.value().fit == AxisFit::Scaled; });
  changePanes();
  Q_EMIT fitRequested();
}

void ChartView::wheelEvent(QWheelEvent *event) {
  event->accept();
  if (m_drag != Drag::None || m_scene.panes.empty())
    return;
  const double count = notches(*event);
  const QPointF at = event->position();
  if (event->modifiers() & Qt::ControlModifier)
    m_scroll->setValue(m_scroll->value() - static_cast<int>(std::copysign(1, count)));
  else if (isOverValueAxis(at))
    zoomValues(at, std::pow(kWheelZoom, count));
  else if (event->modifiers() & Qt::ShiftModifier || event->angleDelta().y() == 0)
    panTime(-count * kWheelPan);
  else
    zoomTime(m_layout.timeAt(std::clamp(at.x(), m_layout.left, m_layout.right)), std::pow(kWheelZoom, count));
}

void ChartView::leaveEvent(QEvent *) {
  if (!m_hoverHeld)
    hideHover();
}

void ChartView::focusInEvent(QFocusEvent *event) {
  m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
  update();
}

void ChartView::focusOutEvent(QFocusEvent *) {
  m_showsFocus = false;
  update();
}

/// Keys that mean something here although the window may use them for something else.
bool ChartView::takesKey(const QKeyEvent &event) const {
  const bool hovering = m_hover.time_us != kNoTime;
  if (event.matches(QKeySequence::Copy) || event.key() == Qt::Key_Escape)
    return hovering || m_drag != Drag::None || !m_pins.empty() || isMaximised();
  if (event.modifiers() != Qt::NoModifier)
    return false;
  if (event.key() == Qt::Key_Left || event.key() == Qt::Key_Right)
    return hovering;
  if (event.key() == Qt::Key_P || event.key() == Qt::Key_A)
    return hovering;
  return event.key() == Qt::Key_Backspace;
}

bool ChartView::event(QEvent *event) {
  if (event->type() == QEvent::ShortcutOverride && takesKey(*static_cast<QKeyEvent *>(event))) {
    event->accept();
    return true;
  }
  // A button that is let go elsewhere is never heard of: scenes would wait for it for good.
  const bool losesMouse = event->type() == QEvent::UngrabMouse || event->type() == QEvent::WindowDeactivate ||
                          event->type() == QEvent::Hide;
  if (losesMouse && m_drag != Drag::None)
    endDrag(false);
  return QWidget::event(event);
}

void ChartView::keyPressEvent(QKeyEvent *event) {
  const bool hovering = m_hover.time_us != kNoTime;
  const TimeUs middle = hovering ? m_hover.time_us : m_scene.from_us + (m_scene.to_us - m_scene.from_us) / 2;
  if (event->matches(QKeySequence::Copy))
    return copyHover();
  switch (event->key()) {
  case Qt::Key_Left:
  case Qt::Key_Right: {
    const int direction = event->key() == Qt::Key_Right ? 1 : -1;
    return hovering ? stepHover(direction) : panTime(direction * kKeyPan);
  }
  case Qt::Key_Return:
  case Qt::Key_Enter: // the way to the hover line without a mouse, and from there to the readings
    if (!hovering)
      return stepHover(-1);
    return readingsRequested(hoveredSpot());
  case Qt::Key_PageUp:
    return panTime(-kPagePan);
  case Qt::Key_PageDown:
    return panTime(kPagePan);
  case Qt::Key_Plus:
  case Qt::Key_Equal:
    return zoomTime(middle, kWheelZoom);
  case Qt::Key_Minus:
    return zoomTime(middle, 1 / kWheelZoom);
  case Qt::Key_Backspace:
    m_sinceZoom.invalidate(); // a turn of the wheel from here is another one
    return backRequested();
  case Qt::Key_P:
    return pinHover();
  case Qt::Key_A:
    if (hovering)
      Q_EMIT annotateRequested(hoveredSpot());
    return;
  case Qt::Key_Escape:
    if (m_drag != Drag::None)
      return endDrag(false);
    if (!m_pins.empty())
      return clearPins();
    if (m_hoverHeld && hovering)
      return hideHover();
    hideHover();
    if (isMaximised())
      return restorePanes();
    break;
  default:
    if (paneKey(*event))
      return;
  }
  QWidget::keyPressEvent(event);
}

} // namespace meteorograph::ui
