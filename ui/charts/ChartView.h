// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartHover.h"
#include "ui/charts/ChartLayout.h"
#include "ui/charts/ChartScene.h"
#include "ui/charts/ZoomStack.h"

#include <QElapsedTimer>
#include <QImage>
#include <QWidget>

#include <map>
#include <optional>

namespace meteorograph::ui {

/// Shows a ChartScene and turns gestures into wishes; it never fetches data. The owner answers
/// rangeChosen() by setScene() with that from_us and to_us; until then the data at hand is drawn at
/// the new range. GUI thread only. Hover line, selection and the user's value-axis zoom survive
/// setScene().
class ChartView : public QWidget {
  Q_OBJECT
public:
  explicit ChartView(QWidget *parent = nullptr);

  /// Takes the scene over. While the user drags a selection it is kept back until release; while he
  /// pans, its data is taken and the range stays in his hand.
  void setScene(ChartScene scene);
  /// The scene as it is seen: shown range, and value axes as the user scaled them. For export.
  ChartScene shownScene() const;
  void setTheme(bool dark);

  /// Device pixels of the plots' width: what SeriesRequest::columns must be.
  int plotColumns() const;
  /// Milliseconds that the last picture took to draw.
  double lastFrameMs() const { return m_frameMs; }
  /// The hovered row as text; empty while nothing is hovered.
  QString hoverText() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

Q_SIGNALS:
  /// The user zoomed or panned to [from, to).
  void rangeChosen(meteorograph::TimeUs from, meteorograph::TimeUs to);
  /// Double click: all data, please. Scaled value axes are fitted again.
  void fitRequested();
  /// Backspace with nothing left on the zoom stack.
  void backRequested();
  /// plotColumns() changed by a resize or another screen.
  void columnsChanged(int columns);
  /// The hover line went to `time` (kNoTime: it vanished).
  void hoverChanged(meteorograph::TimeUs time);

public Q_SLOTS:
  /// Back to the range before the last zoom, as Backspace does.
  void zoomBack();
  /// Puts the hovered row on the clipboard, as Ctrl+C does.
  void copyHover();
  /// Pins the hovered time; two pins measure what lies between, a third begins anew.
  void pinHover();
  void clearPins();

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

private:
  enum class Drag { None, Select, Pan };
  struct ValueRange {
    double low = 0;
    double high = 1;
  };

  TimeRange shownRange() const { return {m_scene.from_us, m_scene.to_us}; }
  void takeScene(ChartScene scene);
  void applyValueRanges();
  void holdValueRanges();
  void ensurePicture();
  void invalidate();
  void reportColumns();
  void paintPins(QPainter &painter) const;
  void paintCorners(QPainter &painter) const;

  /// Shows the range at once and asks for its data. `remember` puts the one left on the zoom stack.
  void chooseRange(TimeRange range, bool remember);
  void zoomTime(TimeUs around, double factor);
  void panTime(double share);
  void zoomValues(const QPointF &at, double factor);
  void endDrag(bool accepted);
  bool isOverValueAxis(const QPointF &at) const;
  std::optional<std::size_t> paneAt(double y) const;

  void hoverAt(TimeUs time, QPointF pointer, bool held);
  void refreshHover();
  void hideHover();
  void stepHover(int direction);
  TimeUs columnTime() const;
  bool takesKey(const QKeyEvent &event) const;

  ChartScene m_scene;
  std::optional<ChartScene> m_pending; ///< came while a selection was dragged
  bool m_dark = true;
  std::map<QuantityId, ValueRange> m_valueRanges; ///< as the user scaled them
  ChartLayout m_layout;
  QImage m_picture;
  bool m_stale = true; ///< m_picture does not show m_scene yet; m_layout does
  double m_frameMs = 0;
  int m_columns = 0;
  bool m_showsFocus = false; ///< focus came by keyboard

  Drag m_drag = Drag::None;
  QPointF m_dragStart;
  QPointF m_dragNow;
  TimeRange m_dragRange; ///< shown when the drag began
  ZoomStack m_zoom;
  QElapsedTimer m_sinceZoom; ///< one turn of the wheel is one step back

  HoverTable m_hover; ///< time_us kNoTime while there is none
  QPointF m_pointer;
  std::vector<TimeUs> m_pins; ///< at most two
  bool m_hoverHeld = false;   ///< stepped by keys: stays at its time, not under the pointer
};

} // namespace meteorograph::ui
