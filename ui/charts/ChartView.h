// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartHover.h"
#include "ui/charts/ChartLayout.h"
#include "ui/charts/ChartScene.h"
#include "ui/charts/ChartSpot.h"
#include "ui/charts/PaneArrangement.h"
#include "ui/charts/PictureMaker.h"
#include "ui/format/TimeFormat.h"

#include <QElapsedTimer>
#include <QImage>
#include <QPointer>
#include <QWidget>

#include <optional>

class QMenu;
class QScrollBar;

namespace meteorograph::ui {

/// Shows a ChartScene and turns gestures into wishes; it never fetches data. Its picture is made on
/// another thread: what is asked for while one is made comes next. The owner answers
/// rangeChosen() by setScene() with that from_us and to_us; until then the data at hand is drawn at
/// the new range. How the panes lie is the view's own: the user moves, sizes, maximises and scales
/// them, and that, hover line and selection survive setScene(). Where there are more panes than can be
/// read, they scroll. GUI thread only.
class ChartView : public QWidget {
  Q_OBJECT
public:
  explicit ChartView(QWidget *parent = nullptr);

  /// Takes the scene over. While the user drags a selection it is kept back until release; while he
  /// pans, its data is taken and the range stays in his hand.
  void setScene(ChartScene scene);
  /// Shows the data at hand at another range, until setScene() brings what belongs there; value axes
  /// stay meanwhile. Nothing while a button is pressed: then the range is in the user's hand.
  void showRange(ViewRange range);
  /// The scene as it is seen: shown range, panes as they lie (also those scrolled out of sight), value
  /// axes as the user scaled them. For export.
  ChartScene shownScene() const;
  /// The view's size, or what a picture of all its panes needs where they scroll.
  QSize pictureSize() const;
  const PaneArrangement &arrangement() const { return m_arrangement; }
  void setArrangement(const PaneArrangement &arrangement);
  bool isMaximised() const { return !m_arrangement.maximised.isEmpty(); }
  void setTheme(bool dark);

  /// Device pixels of the plots' width: what SeriesRequest::columns must be.
  int plotColumns() const;
  /// Milliseconds that the last picture took to draw.
  double lastFrameMs() const { return m_maker.lastFrameMs(); }
  /// Whether the picture shows the scene as it is now, and not the one before.
  bool isUpToDate() const { return !m_stale && !m_maker.isBusy(); }
  /// Waits until it does; for who takes a picture of the view.
  void finishPicture();
  /// The hovered row and what two pins measure, as text; empty while there is neither.
  QString hoverText() const;
  /// What lies at the hover line and the pointer.
  ChartSpot hoveredSpot() const;
  /// The two pinned times, in order; nothing until there are two.
  std::optional<ViewRange> pinnedRange() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

Q_SIGNALS:
  /// The user zoomed or panned to [from, to). A gesture may tell many ranges, of which the first
  /// `begins` it: what was shown before is what one goes back to.
  void rangeChosen(meteorograph::TimeUs from, meteorograph::TimeUs to, bool begins);
  /// Double click: all data, please. Value axes that the wheel scaled are fitted again.
  void fitRequested();
  /// Backspace: the range before the last gesture or choice, which the owner remembers.
  void backRequested();
  /// plotColumns() changed by a resize or another screen.
  void columnsChanged(int columns);
  /// Another picture than before was painted.
  void pictureShown();
  /// The hover line went to `time` (kNoTime: it vanished).
  void hoverChanged(meteorograph::TimeUs time);
  /// The user changed how the panes lie.
  void arrangementChanged();
  /// The user wants a pane no longer.
  void hideRequested(meteorograph::QuantityId quantity);
  /// A pane's menu is about to open; more can be put into it.
  void paneMenuOpening(QMenu *menu, meteorograph::QuantityId quantity, meteorograph::TimeUs time);
  /// A key asks for an annotation at the hovered time, or over the pinned stretch of time.
  void annotateRequested(const meteorograph::ui::ChartSpot &spot);
  /// Double click on an annotation.
  void annotationActivated(std::int64_t annotation);
  /// Enter on the hover line: the readings behind the point.
  void readingsRequested(const meteorograph::ui::ChartSpot &spot);

public Q_SLOTS:
  /// Puts the hovered row on the clipboard, as Ctrl+C does.
  void copyHover();
  /// Pins the hovered time; two pins measure what lies between, a third begins anew.
  void pinHover();
  void clearPins();
  void setMultiples(bool multiples);
  /// All panes again after one was maximised.
  void restorePanes();

protected:
  bool event(QEvent *event) override;
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void leaveEvent(QEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void contextMenuEvent(QContextMenuEvent *event) override;

private:
  enum class Drag { None, Select, Pan, Move, Resize };
  /// Where a pane can be taken hold of: by its title, or by the border above it.
  struct Grip {
    enum class Kind { None, Title, Border } kind = Kind::None;
    std::size_t pane = 0; ///< index in m_scene.panes
  };

  ViewRange shownRange() const { return {m_scene.from_us, m_scene.to_us}; }
  void takeScene(ChartScene scene);
  void holdValueRanges();
  QSize chartSize() const;
  void onPictureMade();
  bool hasPicture() const;
  bool takePicture(int wait_ms);
  void beginPicture();
  void ensurePicture();
  void invalidate();
  void reportColumns();
  QRectF paintPins(QPainter &painter) const;
  void paintCorners(QPainter &painter) const;

  /// Shows the range at once and asks for its data.
  void chooseRange(ViewRange range, bool begins);
  void moveTo(ViewRange range);
  void zoomTime(TimeUs around, double factor);
  void panTime(double share);
  void zoomValues(const QPointF &at, double factor);
  void endDrag(bool accepted);
  void endPaneDrag(Drag drag, bool accepted);

  void placePanes();
  void changePanes();
  void scrollTo(std::size_t pane);
  std::size_t lastFirstPane() const;
  std::size_t currentPane() const;
  void stepPane(int direction);
  void movePane(std::size_t pane, std::size_t to);
  void stepOrder(std::size_t pane, int direction);
  void resizePane(std::size_t pane, double factor);
  void dragBorder(double by);
  void toggleMaximised(std::size_t pane);
  void setAxis(std::size_t pane, const ValueAxis &axis);
  void typeAxis(std::size_t pane);
  void fillPaneMenu(QMenu &menu, std::size_t pane);
  bool paneKey(const QKeyEvent &event);
  void pointAt(const QPointF &at);
  Grip gripAt(const QPointF &at) const;
  void paintPaneDrag(QPainter &painter) const;
  std::size_t dropPlace(double y) const;
  bool isOverValueAxis(const QPointF &at) const;
  std::optional<std::size_t> paneAt(double y) const;

  void hoverAt(TimeUs time, QPointF pointer, bool held);
  void refreshHover();
  void hideHover();
  void stepHover(int direction);
  TimeUs columnTime() const;
  bool takesKey(const QKeyEvent &event) const;

  ChartScene m_scene;            ///< with the panes that are in sight
  std::vector<PaneSpec> m_panes; ///< all, as they lie
  PaneArrangement m_arrangement;
  std::size_t m_firstPane = 0;  ///< of m_panes, the uppermost in sight
  QuantityId m_currentPane = 0; ///< that keys mean: the one under the pointer, or chosen by arrow keys
  bool m_showsPane = false;     ///< it was chosen by keys
  QScrollBar *m_scroll;
  std::optional<ChartScene> m_pending; ///< came while a selection was dragged
  bool m_dark = true;
  ChartLayout m_layout;
  QImage m_picture;
  bool m_stale = true;        ///< nobody makes a picture of m_scene yet; m_layout belongs to it
  bool m_hasNewSeries = true; ///< than those of the picture before
  bool m_isNew = false;       ///< m_picture was not painted yet
  int m_columns = 0;
  bool m_showsFocus = false; ///< focus came by keyboard

  Drag m_drag = Drag::None;
  QPointF m_dragStart;
  QPointF m_dragNow;
  ViewRange m_dragRange; ///< shown when the drag began
  std::size_t m_dragPane = 0;
  PaneArrangement m_dragArrangement; ///< when the drag began
  QElapsedTimer m_sinceZoom;         ///< one turn of the wheel is one gesture

  HoverTable m_hover; ///< time_us kNoTime while there is none
  QPointF m_pointer;
  std::vector<TimeUs> m_pins; ///< at most two
  bool m_hoverHeld = false;   ///< stepped by keys: stays at its time, not under the pointer
  PictureMaker m_maker;       // last: its end waits for the other thread
};

} // namespace meteorograph::ui
