// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EngineClient.h"
#include "ui/panels/TileFacts.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <deque>
#include <map>

namespace meteorograph::ui {

/// What tiles tell beyond the series of the charts: the last hour, whatever range is shown, and when
/// exactly an extreme was, whatever level the charts are drawn from. Asks the engine for few columns
/// at a time, one request in flight, and nothing that it knows already. GUI thread.
class TileHistory : public QObject {
  Q_OBJECT
public:
  static constexpr int kColumns = 120; ///< of every request

  explicit TileHistory(QObject *parent = nullptr) : QObject(parent) {}

  /// The engine to ask from now on, or none. The client belongs to the caller.
  void setClient(EngineClient *client);
  /// Asks for the hour before `reference` where the one at hand is another or a quarter minute old.
  void wantHour(const std::vector<QuantityId> &quantities, const std::vector<DeviceId> &devices,
                TimeUs reference);
  const SeriesSet &hour() const { return m_hour; }
  /// The extreme with its time as exactly as it is known by now; asks where that is coarse.
  Extreme exact(QuantityId quantity, bool isMaximum, const Extreme &coarse);

Q_SIGNALS:
  void changed(); ///< the hour, or the time of an extreme

private:
  /// Which extreme a place belongs to: (quantity, device, is it the maximum).
  using Key = std::tuple<QuantityId, DeviceId, bool>;
  struct Place {
    Extreme extreme;
    bool isExact = false;
  };
  void next();
  void ask(const SeriesRequest &request, std::function<void(const SeriesSet &)> take);
  void narrow(const Key &key, const SeriesSet &series);

  QPointer<EngineClient> m_client;
  bool m_busy = false;
  std::uint64_t m_serial = 0; ///< of the client; answers of an older one are dropped
  SeriesRequest m_hourRequest;
  bool m_hourWanted = false;
  QElapsedTimer m_sinceHour;
  SeriesSet m_hour;
  std::map<Key, Place> m_places;
  std::deque<Key> m_waiting; ///< of m_places, to be narrowed
};

} // namespace meteorograph::ui
