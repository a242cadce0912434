// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartLayout.h"
#include "ui/charts/ChartScene.h"
#include "ui/charts/ChartTheme.h"
#include "ui/charts/KeptFrame.h"

#include <QImage>
#include <QSemaphore>
#include <QSize>
#include <QThreadPool>

#include <functional>
#include <optional>

namespace meteorograph::ui {

/// Makes the pictures of one chart, one at a time, on a thread of its own, so that the GUI thread
/// answers however long a dense or a large one takes. The GUI thread's, which it outlives no picture:
/// its end waits for the one at hand.
class PictureMaker {
public:
  /// All that a picture shows but its lines.
  struct Order {
    ChartSpec chart;
    ChartTheme theme;
    ChartLayout layout;
    QSize size; ///< logical pixels
    double devicePixelRatio = 1;
  };

  /// `finished` is called on the other thread after each picture.
  explicit PictureMaker(std::function<void()> finished);

  /// From begin() until the picture was taken.
  bool isBusy() const { return m_isBusy; }
  /// Of these lines, or of those of the picture before: they are many. Only while it is not busy.
  void begin(Order order, std::optional<SeriesSet> series);
  /// Waits so many milliseconds at most (-1: as long as it takes) for the picture, and exchanges it for the
  /// one shown so far, of which the memory serves again. False: there is none yet.
  bool take(QImage &shown, int wait_ms);
  /// Milliseconds that the picture which was taken last took to draw.
  double lastFrameMs() const { return m_takenMs; }

private:
  void make();

  std::function<void()> m_finished;
  bool m_isBusy = false;
  double m_takenMs = 0;
  Order m_order; // this and the four below: the other thread's while it is busy
  ChartScene m_scene;
  QImage m_next;
  KeptFrame m_frame;    ///< of the pictures
  double m_frameMs = 0; ///< of m_next
  QSemaphore m_done;    ///< one for a picture that is ready to be taken
  QThreadPool m_thread; ///< of one; last, so that its end comes first
};

} // namespace meteorograph::ui
