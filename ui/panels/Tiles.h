// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/Sparkline.h"
#include "ui/panels/TileHistory.h"

#include <QFrame>
#include <QLabel>

#include <array>

class QHBoxLayout;

namespace meteorograph::ui {

/// One quantity, large: value, unit, age, the last hour with its trend, minimum and maximum of the range.
/// Where every device is stale it says so in words, with a dashed frame and the last value dimmed.
class Tile : public QFrame {
  Q_OBJECT
public:
  explicit Tile(QWidget *parent = nullptr);
  struct Words {
    QString subject;
    QString maximum; ///< when it was; none: only its value is told
    QString minimum;
    QString tip;            ///< the same at length
    bool hasDevices = true; ///< there is somebody whom it could be about
  };
  /// How much is said beside the value; each is narrower than the one before.
  enum Notes { WithTimes, WithTrend, Extremes, NoNotes };
  void show(const Quantity &quantity, const TileFacts &facts, const Words &words);
  /// Pixels between the unit and the tile's edge, and how many of them notes take.
  int roomForNotes() const;
  int widthOf(Notes notes) const;
  void fit(Notes notes, bool showsHour);

Q_SIGNALS:
  void resized();

protected:
  void resizeEvent(QResizeEvent *event) override;

private:
  void showStale(bool stale);
  QString m_fullTitle;
  std::array<QString, NoNotes + 1> m_texts; ///< by Notes
  QLabel *m_title;
  QLabel *m_age;
  QLabel *m_value;
  QLabel *m_unit;
  QLabel *m_notes;
  Sparkline *m_hour;
  bool m_stale = false;
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
  /// The engine to ask for the last hour and the extremes' times, or none; it belongs to the caller.
  void setClient(EngineClient *client) { m_history.setClient(client); }
  /// As the panes lie, by canonical names; others follow.
  void setOrder(const QStringList &names) { m_order = names; }
  void show(const Overview &overview, const SeriesSet &series, const ViewState &view, const LiveState &live,
            TimeUs now);
  void showClock(const ViewState &view, const LiveState &live, TimeUs now);

Q_SIGNALS:
  void historyChanged(); ///< more is known: show again, please

private:
  std::vector<Quantity> quantitiesOf(const Overview &overview, const ViewState &view) const;
  Tile::Words wordsOf(const Quantity &quantity, TileFacts &facts, const Overview &overview,
                      const ViewState &view, const LiveState &live, TimeUs now);
  void fitTiles();
  QHBoxLayout *m_layout;
  TileHistory m_history;
  QStringList m_order;
  std::vector<Tile *> m_tiles;
  ClockTile *m_clock;
};

} // namespace meteorograph::ui
