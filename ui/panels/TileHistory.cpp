// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/TileHistory.h"

#include <algorithm>

namespace meteorograph::ui {

namespace {
constexpr qint64 kHourLasts_ms = 15'000; // a trend of an hour moves slowly
constexpr TimeUs kExact = kSecond;       // finer than tiles write
} // namespace

void TileHistory::setClient(EngineClient *client) {
  m_client = client;
  ++m_serial;
  m_busy = false;
  m_hourRequest = {};
  m_hourWanted = false;
  m_sinceHour.invalidate();
  m_hour = {};
  m_places.clear();
  m_waiting.clear();
}

void TileHistory::wantHour(const std::vector<QuantityId> &quantities, const std::vector<DeviceId> &devices,
                           TimeUs reference) {
  if (quantities.empty() || devices.empty() || reference == kNoTime)
    return;
  const bool same = m_hourRequest.quantities == quantities && m_hourRequest.devices == devices;
  const bool young = m_sinceHour.isValid() && m_sinceHour.elapsed() < kHourLasts_ms;
  if (same && (young || m_hourRequest.to_us == reference + kSecond))
    return;
  m_hourRequest.from_us = reference - kHour;
  m_hourRequest.to_us = reference + kSecond; // the newest reading is in it
  m_hourRequest.columns = kColumns;
  m_hourRequest.devices = devices;
  m_hourRequest.quantities = quantities;
  m_hourWanted = true;
  m_sinceHour.start();
  next();
}

Extreme TileHistory::exact(QuantityId quantity, bool isMaximum, const Extreme &coarse) {
  const Key key{quantity, coarse.device, isMaximum};
  const auto known = m_places.find(key);
  if (known != m_places.end()) {
    const Extreme &extreme = known->second.extreme;
    const bool within = extreme.time_us < coarse.until_us && extreme.until_us > coarse.time_us;
    if (extreme.value == coarse.value && within)
      return extreme;
  }
  const bool isExact = coarse.until_us - coarse.time_us <= kExact;
  m_places[key] = {coarse, isExact};
  if (!isExact && m_client) {
    if (std::find(m_waiting.begin(), m_waiting.end(), key) == m_waiting.end())
      m_waiting.push_back(key);
    next();
  }
  return coarse;
}

void TileHistory::ask(const SeriesRequest &request, std::function<void(const SeriesSet &)> take) {
  m_busy = true;
  m_client->fetchSeries(request, [self = QPointer(this), serial = m_serial,
                                  take = std::move(take)](const Result<SeriesSet> &series) {
    if (!self || serial != self->m_serial)
      return;
    self->m_busy = false;
    if (series)
      take(*series);
    self->next();
  });
}

/// The hour first; then one step of one extreme.
void TileHistory::next() {
  if (m_busy || !m_client)
    return;
  if (std::exchange(m_hourWanted, false)) {
    ask(m_hourRequest, [this](const SeriesSet &series) {
      m_hour = series;
      Q_EMIT changed();
    });
    return;
  }
  if (m_waiting.empty())
    return;
  const Key key = m_waiting.front();
  m_waiting.pop_front();
  const Extreme &extreme = m_places[key].extreme;
  SeriesRequest request;
  request.from_us = extreme.time_us;
  request.to_us = extreme.until_us;
  request.columns = kColumns;
  request.quantities = {std::get<0>(key)};
  request.devices = {std::get<1>(key)};
  ask(request, [this, key](const SeriesSet &series) { narrow(key, series); });
}

/// The column that has the extreme's value takes its place; again, until that is exact or as narrow as
/// the store knows it.
void TileHistory::narrow(const Key &key, const SeriesSet &series) {
  Place &place = m_places[key];
  const TimeUs width = place.extreme.until_us - place.extreme.time_us;
  const TimeUs end = place.extreme.until_us;
  for (const SeriesLine &line : series.lines)
    for (const SeriesPoint &point : line.points) {
      const bool isIt = (std::get<bool>(key) ? point.max : point.min) == place.extreme.value;
      if (!isIt || point.first_us < place.extreme.time_us || point.first_us >= end)
        continue;
      place.extreme.time_us = point.first_us;
      place.extreme.until_us = std::min(end, point.last_us + std::max<TimeUs>(series.step_us, 1));
      const TimeUs now = place.extreme.until_us - place.extreme.time_us;
      place.isExact = now <= kExact || now >= width;
      if (!place.isExact)
        m_waiting.push_back(key);
      Q_EMIT changed();
      return;
    }
  place.isExact = true; // gone in the meantime: as far as it is known
}

} // namespace meteorograph::ui
