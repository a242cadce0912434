// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/LiveState.h"

#include <QFrame>

#include <map>
#include <vector>

class QMenu;
class QPushButton;
class QToolButton;

namespace meteorograph::ui {

/// The live spans that the bar and the Range menu offer.
struct RangePreset {
  LiveSpan span;
  bool inBar;
};
const std::vector<RangePreset> &rangePresets();
QString presetText(const LiveSpan &span);       ///< "Last 5 minutes", for menus
QString presetButtonText(const LiveSpan &span); ///< "5 m", for the bar

/// The row below the menus: open, export, live chip, pause; presets, range, average and zone. Narrow
/// windows get shorter texts.
class TopBar : public QFrame {
  Q_OBJECT
public:
  explicit TopBar(QWidget *parent = nullptr);

  void setMenus(QMenu *range, QMenu *average, QMenu *zone);
  /// `age`: how old the newest data is; kNoTime where there is none.
  void showRange(const LiveState &live, TimeUs age, const QTimeZone &zone, TimeUs now);
  void showAverage(const QString &label);
  void showZone(const QString &label);
  void setDataControlsEnabled(bool enabled);

Q_SIGNALS:
  void openRequested();
  void exportRequested();
  void liveClicked();
  void pauseClicked();
  void spanChosen(const meteorograph::ui::LiveSpan &span);

protected:
  void resizeEvent(QResizeEvent *event) override;

private:
  QPushButton *makeButton(const QString &text, const QString &accessibleName, const char *icon = "");
  QWidget *makeSegments();
  void showPause();
  void adaptTexts();
  int neededWidth() const;
  void dropPresets();

  QPushButton *m_open;
  QPushButton *m_export;
  QPushButton *m_live;
  QPushButton *m_pause;
  std::map<TimeUs, QToolButton *> m_segments; ///< by width; 0 is All
  QWidget *m_frame = nullptr;                 ///< around the segments
  std::size_t m_dropped = 0;                  ///< so many presets are not in the bar, for want of room
  QPushButton *m_range;
  QPushButton *m_average;
  QPushButton *m_zone;
  QString m_averageLabel;
  bool m_isLive = true;
  bool m_compact = false;
};

} // namespace meteorograph::ui
