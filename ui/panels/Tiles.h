// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/TileFacts.h"

#include <QFrame>
#include <QLabel>

class QHBoxLayout;

namespace meteorograph::ui {

/// One quantity, large: value, unit, age, minimum and maximum of the range, trend.
class Tile : public QFrame {
  Q_OBJECT
public:
  explicit Tile(QWidget *parent = nullptr);
  void show(const Quantity &quantity, const QString &subject, const TileFacts &facts, const QTimeZone &zone);

protected:
  void resizeEvent(QResizeEvent *event) override;

private:
  void fitNotes();
  QString m_fullTitle;
  QString m_fullNotes;
  QString m_briefNotes; ///< without times, for narrow tiles
  QLabel *m_title;
  QLabel *m_age;
  QLabel *m_value;
  QLabel *m_unit;
  QLabel *m_notes;
};

/// The time that "now" means, with date and zone.
class ClockTile : public QFrame {
  Q_OBJECT
public:
  explicit ClockTile(QWidget *parent = nullptr);
  void show(TimeUs time, const QString &zone, const QTimeZone &timeZone, bool isNewestData);

private:
  QLabel *m_clock;
  QLabel *m_date;
};

/// The row of tiles above the charts: one a pane, at most four, and the clock.
class Tiles : public QWidget {
  Q_OBJECT
public:
  explicit Tiles(QWidget *parent = nullptr);
  void show(const Overview &overview, const SeriesSet &series, const ViewState &view, const LiveState &live);
  void showClock(const ViewState &view, const LiveState &live, TimeUs now);

private:
  QHBoxLayout *m_layout;
  std::vector<Tile *> m_tiles;
  ClockTile *m_clock;
};

} // namespace meteorograph::ui
