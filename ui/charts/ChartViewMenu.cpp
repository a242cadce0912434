// SPDX-License-Identifier: GPL-3.0-or-later
// The menu and the keys of ChartView's panes.
#include "ui/charts/ChartView.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace meteorograph::ui {
namespace {

constexpr double kHeightStep = 1.25; // by one press of a key

QString withKey(const QString &text, const char *key) {
  return text + QLatin1Char('\t') + QString::fromLatin1(key);
}

} // namespace

void ChartView::contextMenuEvent(QContextMenuEvent *event) {
  if (m_scene.panes.empty() || m_drag != Drag::None)
    return;
  const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
  const std::size_t pane = byKey ? currentPane() : paneAt(event->pos().y()).value_or(currentPane());
  const double x = std::clamp<double>(event->pos().x(), m_layout.left, m_layout.right);
  const TimeUs time = byKey && m_hover.time_us != kNoTime ? m_hover.time_us : m_layout.timeAt(x);
  if (!byKey)
    hoverAt(time, event->pos(), false);
  auto *menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fillPaneMenu(*menu, pane);
  Q_EMIT paneMenuOpening(menu, m_scene.panes[pane].quantity, time);
  menu->popup(byKey ? mapToGlobal(m_layout.panes[pane].plot.topLeft().toPoint()) : event->globalPos());
}

void ChartView::fillPaneMenu(QMenu &menu, std::size_t pane) {
  const QuantityId quantity = m_scene.panes[pane].quantity;
  const AxisFit fit = m_scene.panes[pane].fit;
  const bool alone = isMaximised();
  // The panes may have changed by the time an entry is chosen.
  const auto add = [&](QMenu &to, const QString &text, bool enabled, auto apply) {
    QAction *action = to.addAction(text, this, [this, quantity, apply] {
      m_currentPane = quantity;
      if (!m_scene.panes.empty() && m_scene.panes[currentPane()].quantity == quantity)
        apply(currentPane());
    });
    action->setEnabled(enabled);
    return action;
  };
  add(menu, withKey(alone ? tr("All &panes") : tr("Ma&ximise"), "M"), m_panes.size() > 1 || alone,
      [this](std::size_t at) { toggleMaximised(at); });
  add(menu, withKey(tr("Move &up"), "Alt+Up"), !alone && (pane > 0 || m_firstPane > 0),
      [this](std::size_t at) { stepOrder(at, -1); });
  add(menu, withKey(tr("Move &down"), "Alt+Down"), !alone && m_firstPane + pane + 1 < m_panes.size(),
      [this](std::size_t at) { stepOrder(at, 1); });
  add(menu, withKey(tr("&Taller"), "Ctrl+Up"), !alone,
      [this](std::size_t at) { resizePane(at, kHeightStep); });
  add(menu, withKey(tr("&Lower"), "Ctrl+Down"), !alone,
      [this](std::size_t at) { resizePane(at, 1 / kHeightStep); });
  add(menu, withKey(tr("&Hide"), "Del"), m_panes.size() > 1,
      [this](std::size_t at) { Q_EMIT hideRequested(m_scene.panes[at].quantity); });
  menu.addSeparator();
  const auto axis = [&](const QString &text, bool chosen, auto apply) {
    QAction *action = add(menu, text, true, apply);
    action->setCheckable(true);
    action->setChecked(chosen);
  };
  axis(tr("Value axis: &automatic"), fit == AxisFit::Automatic, [this](std::size_t at) { setAxis(at, {}); });
  axis(withKey(tr("Value axis: without &spikes"), "R"), fit == AxisFit::Robust, [this](std::size_t at) {
    setAxis(at, {AxisFit::Robust, 0, 1});
  });
  axis(withKey(tr("Value axis: &fixed…"), "Y"), fit == AxisFit::Fixed || fit == AxisFit::Scaled,
       [this](std::size_t at) { typeAxis(at); });
}

/// By one place up or down, also past the edge of what is in sight.
void ChartView::stepOrder(std::size_t pane, int direction) {
  if (isMaximised() || (direction < 0 && m_firstPane + pane == 0))
    return;
  const std::size_t to = m_firstPane + pane + (direction > 0 ? 2 : 0) - (direction < 0 ? 1 : 0);
  const std::string name = m_scene.panes[pane].name;
  m_currentPane = m_scene.panes[pane].quantity;
  m_arrangement.move(m_panes, name, to < m_panes.size() ? m_panes[to].name : std::string());
  placePanes();
  m_showsPane = true;
  stepPane(0); // brings it into sight
}

bool ChartView::paneKey(const QKeyEvent &event) {
  if (m_scene.panes.empty())
    return false;
  const std::size_t pane = currentPane();
  const bool up = event.key() == Qt::Key_Up;
  if (up || event.key() == Qt::Key_Down) {
    const Qt::KeyboardModifiers keys = event.modifiers() & ~Qt::KeypadModifier;
    if (keys == Qt::AltModifier)
      stepOrder(pane, up ? -1 : 1);
    else if (keys == Qt::ControlModifier)
      resizePane(pane, up ? kHeightStep : 1 / kHeightStep);
    else
      stepPane(up ? -1 : 1);
    return true;
  }
  if (event.modifiers() != Qt::NoModifier)
    return false;
  switch (event.key()) {
  case Qt::Key_M:
    toggleMaximised(pane);
    return true;
  case Qt::Key_R:
    setAxis(pane, {m_scene.panes[pane].fit == AxisFit::Robust ? AxisFit::Automatic : AxisFit::Robust, 0, 1});
    return true;
  case Qt::Key_Y:
    typeAxis(pane);
    return true;
  case Qt::Key_Delete:
    Q_EMIT hideRequested(m_scene.panes[pane].quantity);
    return true;
  default:
    return false;
  }
}

} // namespace meteorograph::ui
