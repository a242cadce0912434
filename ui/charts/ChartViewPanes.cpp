// SPDX-License-Identifier: GPL-3.0-or-later
// How the panes of ChartView lie: order, heights, value axes, which are in sight.
#include "ui/charts/ChartView.h"

#include "ui/charts/PaneLegend.h"
#include "ui/dialogs/AxisDialog.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kBorderReach = 4; // pixels on either side of a border by which it is taken hold of
constexpr double kLeastMove = 4;   // below this a drag of a title is a click

QString nameOf(const PaneSpec &pane) { return QString::fromStdString(pane.name); }

} // namespace

void ChartView::setArrangement(const PaneArrangement &arrangement) {
  m_arrangement = arrangement;
  placePanes();
  invalidate();
  refreshHover();
}

void ChartView::setMultiples(bool multiples) {
  if (multiples == m_arrangement.multiples)
    return;
  m_arrangement.multiples = multiples;
  changePanes();
}

void ChartView::restorePanes() {
  if (!isMaximised())
    return;
  m_arrangement.maximised.clear();
  changePanes();
}

QSize ChartView::chartSize() const {
  return {width() - (m_scroll->isHidden() ? 0 : m_scroll->sizeHint().width()), height()};
}

QSize ChartView::pictureSize() const { return readableSize(shownScene(), size()); }

void ChartView::changePanes() {
  placePanes();
  invalidate();
  refreshHover();
  Q_EMIT arrangementChanged();
}

/// The first pane from which on all the others can be read.
std::size_t ChartView::lastFirstPane() const {
  std::size_t first = m_panes.empty() ? 0 : m_panes.size() - 1;
  while (first > 0 && panesThatFit(m_scene, m_panes, first - 1, height()) == m_panes.size() - first + 1)
    --first;
  return first;
}

/// Orders all panes and puts those into the scene that are in sight.
void ChartView::placePanes() {
  m_arrangement.arrange(m_panes);
  m_arrangement.arrange(m_scene);
  const auto maximised = std::find_if(m_panes.begin(), m_panes.end(), [this](const PaneSpec &pane) {
    return nameOf(pane) == m_arrangement.maximised;
  });
  const std::size_t last = maximised == m_panes.end() ? lastFirstPane() : 0;
  m_firstPane = std::min(m_firstPane, last);
  auto begin = m_panes.begin() + static_cast<std::ptrdiff_t>(m_firstPane);
  auto end = begin + static_cast<std::ptrdiff_t>(panesThatFit(m_scene, m_panes, m_firstPane, height()));
  if (maximised != m_panes.end()) {
    begin = maximised;
    end = maximised + 1;
  } else if (!m_arrangement.maximised.isEmpty() && !m_panes.empty()) {
    m_arrangement.maximised.clear(); // it was hidden, or is in another store
  }
  m_scene.panes.assign(begin, end);
  const QSignalBlocker quiet(m_scroll);
  m_scroll->setRange(0, static_cast<int>(last));
  m_scroll->setPageStep(static_cast<int>(end - begin));
  m_scroll->setValue(static_cast<int>(m_firstPane));
  m_scroll->setVisible(last > 0);
  const int bar = m_scroll->sizeHint().width();
  m_scroll->setGeometry(width() - bar - 1, 8, bar, std::max(0, height() - 16));
}

void ChartView::scrollTo(std::size_t pane) {
  m_firstPane = pane;
  placePanes();
  invalidate();
  refreshHover();
}

/// Index in m_scene.panes of the pane that keys mean.
std::size_t ChartView::currentPane() const {
  for (std::size_t i = 0; i < m_scene.panes.size(); ++i)
    if (m_scene.panes[i].quantity == m_currentPane)
      return i;
  return 0;
}

void ChartView::stepPane(int direction) {
  const auto found = std::find_if(m_panes.begin(), m_panes.end(),
                                  [this](const PaneSpec &pane) { return pane.quantity == m_currentPane; });
  std::ptrdiff_t index = found == m_panes.end() ? 0 : found - m_panes.begin() + (m_showsPane ? direction : 0);
  index = std::clamp<std::ptrdiff_t>(index, 0, static_cast<std::ptrdiff_t>(m_panes.size()) - 1);
  m_currentPane = m_panes[static_cast<std::size_t>(index)].quantity;
  m_showsPane = true;
  if (isMaximised())
    m_arrangement.maximised = nameOf(m_panes[static_cast<std::size_t>(index)]);
  else
    m_firstPane = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(m_firstPane),
                                   index + 1 - static_cast<std::ptrdiff_t>(m_scene.panes.size()), index));
  changePanes();
}

/// `pane` and `to` are places among the panes in sight; it comes to lie before the one at `to`.
void ChartView::movePane(std::size_t pane, std::size_t to) {
  const std::size_t count = m_scene.panes.size();
  if (isMaximised() || pane >= count || to > count || to == pane || to == pane + 1)
    return;
  const std::size_t before = m_firstPane + to;
  m_currentPane = m_scene.panes[pane].quantity;
  m_arrangement.move(m_panes, m_scene.panes[pane].name,
                     before < m_panes.size() ? m_panes[before].name : std::string());
  changePanes();
}

void ChartView::resizePane(std::size_t pane, double factor) {
  double &height = m_arrangement.heights[nameOf(m_scene.panes[pane])];
  height = std::clamp((height > 0 ? height : 1) * factor, PaneArrangement::kLeastHeight,
                      PaneArrangement::kMostHeight);
  changePanes();
}

/// The border above m_dragPane follows the pointer; only the two panes beside it change.
void ChartView::dragBorder(double by) {
  m_arrangement = m_dragArrangement;
  placePanes();
  if (m_dragPane >= m_scene.panes.size()) // the view became lower meanwhile
    return;
  const ChartLayout layout = layoutChart(m_scene, chartTheme(m_dark), chartSize());
  const auto heightOf = [&](std::size_t pane) { return layout.panes[pane].pane.height(); };
  const auto leastOf = [&](std::size_t pane) { return leastPaneHeight(m_scene, m_scene.panes[pane]); };
  const std::size_t upper = m_dragPane - 1;
  const double most = heightOf(m_dragPane) - leastOf(m_dragPane);
  const double moved = std::max(std::min(by, most), leastOf(upper) - heightOf(upper));
  double mean = 0;
  const auto rows = [&](std::size_t pane) {
    return std::max<double>(1, static_cast<double>(layout.panes[pane].rows.size()));
  };
  for (std::size_t i = 0; i < m_scene.panes.size(); ++i)
    mean += heightOf(i) / rows(i) / static_cast<double>(m_scene.panes.size());
  for (std::size_t i = 0; i < m_scene.panes.size(); ++i) {
    const double change = i == upper ? moved : i == m_dragPane ? -moved : 0;
    m_arrangement.heights[nameOf(m_scene.panes[i])] = (heightOf(i) + change) / rows(i) / mean;
  }
  placePanes();
  invalidate();
}

void ChartView::endPaneDrag(Drag drag, bool accepted) {
  if (drag == Drag::Resize) {
    if (!accepted)
      m_arrangement = m_dragArrangement;
    changePanes();
  } else if (drag == Drag::Move && accepted && std::abs(m_dragNow.y() - m_dragStart.y()) >= kLeastMove) {
    movePane(m_dragPane, dropPlace(m_dragNow.y()));
  }
}

void ChartView::toggleMaximised(std::size_t pane) {
  const QString name = nameOf(m_scene.panes[pane]);
  m_currentPane = m_scene.panes[pane].quantity;
  m_arrangement.maximised = isMaximised() ? QString() : name;
  changePanes();
}

void ChartView::setAxis(std::size_t pane, const ValueAxis &axis) {
  m_arrangement.setAxis(m_scene.panes[pane].name, axis);
  changePanes();
}

void ChartView::typeAxis(std::size_t pane) {
  const PaneSpec &spec = m_scene.panes[pane];
  auto *dialog =
      new AxisDialog(spec.title, spec.unit, m_layout.panes[pane].low, m_layout.panes[pane].high, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &AxisDialog::chosen, this, [this, name = spec.name](double low, double high) {
    m_arrangement.setAxis(name, {AxisFit::Fixed, low, high});
    changePanes();
  });
  dialog->open();
}

ChartView::Grip ChartView::gripAt(const QPointF &at) const {
  for (std::size_t i = 0; i < m_layout.panes.size(); ++i) {
    if (i > 0 && std::abs(at.y() - m_layout.panes[i].pane.top()) <= kBorderReach)
      return {Grip::Kind::Border, i};
    if (paneTitleRect(m_scene, chartTheme(m_dark), m_layout, i).contains(at))
      return {Grip::Kind::Title, i};
  }
  return {};
}

/// Before which of the panes in sight a pane that is dropped at y comes to lie.
std::size_t ChartView::dropPlace(double y) const {
  std::size_t place = 0;
  while (place < m_layout.panes.size() && y > m_layout.panes[place].pane.center().y())
    ++place;
  return place;
}

/// While a pane is carried: veiled where it is, and a line where it would come to lie. The pane that
/// keys have chosen has a bar beside its title.
void ChartView::paintPaneDrag(QPainter &painter) const {
  const ChartTheme &theme = chartTheme(m_dark);
  if (m_showsPane && m_showsFocus && !m_layout.panes.empty()) {
    const QRectF title = paneTitleRect(m_scene, theme, m_layout, currentPane());
    painter.fillRect(QRectF(title.left(), title.top() + 2, 3, title.height() - 4), theme.accent);
  }
  if (m_drag != Drag::Move || m_dragPane >= m_layout.panes.size() ||
      std::abs(m_dragNow.y() - m_dragStart.y()) < kLeastMove)
    return;
  QColor veil = theme.card;
  veil.setAlphaF(0.55F);
  painter.fillRect(m_layout.panes[m_dragPane].pane, veil);
  const std::size_t place = dropPlace(m_dragNow.y());
  const double y = place < m_layout.panes.size() ? m_layout.panes[place].pane.top() : m_layout.timeAxis.top();
  painter.fillRect(QRectF(0, std::clamp(y - 1, 1.0, height() - 3.0), m_layout.timeAxis.width(), 3),
                   theme.accent);
}

} // namespace meteorograph::ui
