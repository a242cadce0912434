// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartTheme.h"
#include "ui/charts/FrameData.h"

#include <QImage>
#include <QSizeF>

namespace meteorograph::ui {

/// All that a picture of the frame depends on.
struct FrameKey {
  ChartSpec chart;
  FrameData data;
  ChartTheme theme;
  ChartLayout layout;
  QSizeF size;
  double devicePixelRatio = 0; ///< 0: of no picture
  bool operator==(const FrameKey &) const = default;
};

/// The frame of one chart from picture to picture, while nothing of it changes. It is kept from the
/// second picture on that has the same: one that changes each time costs no memory and no copy.
class KeptFrame {
public:
  /// Remembers whose frame comes next. True: it is the same as last time.
  bool isSame(FrameKey next);
  /// Of the frame that is the same; null until the owner puts it here.
  QImage picture;

private:
  FrameKey m_key;
};

} // namespace meteorograph::ui
