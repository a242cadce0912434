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

/// Shows a ChartScene and turns gestures into wishes: it never fetches data. The owner answers
/// rangeChosen() with a setScene() of that range; until then what is known is drawn at the new
/// range. GUI thread only. Hover line, selection and value-axis zoom survive setScene().
class ChartView : public QWidget {
  Q_OBJECT
public:
  explicit ChartView(QWidget *parent = nullptr);

  /// Takes the scene over. While a selection is being dragged it is kept and shown at release.
  void setScene(ChartScene scene);
  /// The scene as it is seen: shown range, and value axes as the user scaled them. For export.
  ChartScene shownScene() const;
  void setTheme(bool dark);

  /// Device pixels of the plots' width: what SeriesRequest::columns must be.
  int plotColumns() const;
  /// Milliseconds that the last exact picture took to draw.
  double lastFrameMs() const { return m_frameMs; }
  /// The hovered row as text; empty while nothing is hovered.
  QString hoverText() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

Q_SIGNALS:
  /// The user zoomed or panned to [from, to).
  void rangeChosen(meteorograph::TimeUs from, meteorograph::TimeUs to);
  /// Double click: all data, please.
  void fitRequested();
  /// Backspace with nothing left on the zoom stack.
  void backRequested();
  /// plotColumns() changed by a resize or another screen.
  void columnsChanged(int columns);
  /// The hover line is at `time` (kNoTime: it vanished).
  void hoverChanged(meteorograph::TimeUs time);

public Q_SLOTS:
  /// Back to the range before the last zoom, as Backspace does.
  void zoomBack();
  /// Puts the hovered row on the clipboard, as Ctrl+C does.
  void copyHover();
};

} // namespace meteorograph::ui
