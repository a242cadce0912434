// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EngineClient.h"
#include "ui/LiveState.h"
#include "ui/ViewState.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace meteorograph::ui {

/// Decides what is asked of the engine and when, and keeps the answers: the window's model. A timer
/// pulls an overview, the overview's arrival pulls the series; a tick that finds either under way is
/// skipped. Nothing is asked while inactive (minimised) or a mouse button is pressed. Owns no widget; GUI
/// thread.
class ViewController : public QObject {
  Q_OBJECT
public:
  explicit ViewController(WallClock clock = wallClockNow, QObject *parent = nullptr);

  /// The engine to ask from now on, or none. The client belongs to the caller.
  void setClient(EngineClient *client);
  EngineClient *client() const { return m_client; }

  void setInterval(int milliseconds);
  void setActive(bool active);
  void setColumns(int columns);
  void setNowSource(NowSource source);

  const Overview &overview() const { return m_overview; }
  bool hasOverview() const { return m_hasOverview; }
  const SeriesSet &series() const { return m_series; }
  const EngineStatus &status() const { return m_status; }
  const LiveState &live() const { return m_live; }
  const ViewState &view() const { return m_view; }
  TimeUs now() const { return m_clock(); }
  /// Age of the newest data when the overview was read; kNoTime while there is none.
  TimeUs dataAge() const;

  void restore(const Settings &settings);
  void save(Settings &settings) const { saveView(settings, m_view, m_live); }

  void changeRange(const std::function<void(LiveState &)> &change);
  void changeView(const std::function<void(ViewState &)> &change);
  void tick(); ///< one refresh now, unless one is under way

Q_SIGNALS:
  void overviewChanged(); ///< new overview, or devices and panes chosen anew
  void seriesChanged();
  void rangeChanged(); ///< range, live or not
  void statusChanged();

private:
  void takeOverview(const Overview &overview);
  void takeSeries(const SeriesSet &series);
  void askSeries(bool urgent);
  void pullStatus();
  bool isShown(const SeriesRequest &request) const;
  void observe();
  TimeUs newestPlausible() const;
  void fitToOldData();

  WallClock m_clock;
  QPointer<EngineClient> m_client;
  QTimer m_timer;       ///< pulls data, at the chosen interval
  QTimer m_statusTimer; ///< pulls rates and progress, which cost nothing
  bool m_active = true;
  int m_columns = 0;
  bool m_hasOverview = false;
  Overview m_overview;
  SeriesSet m_series;
  SeriesRequest m_request; ///< of the newest request for series
  EngineStatus m_status;
  LiveState m_live;
  ViewState m_view;
  QString m_sessionStore;   ///< the store whose range was restored
  bool m_rangeFits = false; ///< a range was chosen for this store, by its session, a person or its data
};

} // namespace meteorograph::ui
