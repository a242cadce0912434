// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/format/TimeFormat.h"

#include <QTimeZone>

#include <cstdint>
#include <vector>

namespace meteorograph::ui {

/// A range that ends at the live edge and moves with it.
struct LiveSpan {
  enum class Kind { Last, All, Today, ThisWeek };
  Kind kind = Kind::Last;
  TimeUs width_us = 5 * kMinute; ///< for Last
  bool operator==(const LiveSpan &) const = default;

  static LiveSpan last(TimeUs width) { return {Kind::Last, width}; }
  static LiveSpan all() { return {Kind::All, 0}; }
};

/// What "now" means for the live edge. Automatic: the wall clock, but the newest data when that is
/// older than the range (a folder that is replayed or was closed long ago shows its data at once).
enum class NowSource { Automatic, WallClock, NewestData };

/// What the state must know of the world; all times in µs UTC.
struct Horizon {
  TimeUs now_us = 0;          ///< the wall clock
  TimeUs first_us = kNoTime;  ///< earliest data, kNoTime while there is none
  TimeUs newest_us = kNoTime; ///< newest data
  std::int64_t readings = 0;  ///< readings in the store
};

/// LIVE: the right edge follows the newest data. Any pan, zoom or range choice makes it DETACHED: the
/// range stands still, while ingest goes on and what arrives is counted. goLive() returns to the former
/// span. A value without clock or thread of its own; the caller tells it the horizon.
class LiveState {
public:
  void observe(const Horizon &horizon);
  void setZone(const QTimeZone &zone) { m_zone = zone; }
  void setNowSource(NowSource source) { m_source = source; }

  bool isLive() const { return m_live; }
  const LiveSpan &span() const { return m_span; }
  ViewRange range() const { return m_live ? liveRange() : m_fixed; }
  /// True where "now" is the newest data and not the wall clock.
  bool nowIsNewestData() const;
  /// What "now" means at this moment: the time against which ages are told.
  TimeUs reference() const;
  /// Readings that came since the view was detached; 0 while live.
  std::int64_t newReadings() const { return m_live ? 0 : m_horizon.readings - m_readingsWhenDetached; }

  /// What is in the store already is not new: for a range that stood before the store was opened.
  void countNewFromHere() { m_readingsWhenDetached = m_horizon.readings; }

  void showSpan(const LiveSpan &span); ///< live at this span
  void showRange(ViewRange range);     ///< detached on it
  /// The same for a gesture on the charts, which keep their own stack of zooms: only the way back to
  /// live is remembered here.
  void adoptRange(ViewRange range);
  void pan(double fraction); ///< by a part of the width, detached
  void zoom(double factor);  ///< about the centre, below 1 is closer; detached
  void goLive();
  void togglePause(); ///< live ⇄ detached on what is seen
  bool canGoBack() const { return !m_stack.empty(); }
  void back(); ///< the range (or live span) before the last choice

private:
  struct Step {
    bool live = true;
    LiveSpan span;
    ViewRange fixed;
  };
  ViewRange liveRange() const;
  TimeUs liveEdge() const;
  void remember();
  void detach(ViewRange range);

  QTimeZone m_zone = QTimeZone::utc();
  NowSource m_source = NowSource::Automatic;
  Horizon m_horizon;
  bool m_live = true;
  LiveSpan m_span;
  ViewRange m_fixed;
  std::int64_t m_readingsWhenDetached = 0;
  std::vector<Step> m_stack;
};

} // namespace meteorograph::ui
