// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ViewController.h"

#include "ui/settings/Settings.h"

#include <QGuiApplication>

#include <utility>

namespace meteorograph::ui {

namespace {
// A sensor's clock that runs further ahead than this is wrong: it must not drag the live edge along.
constexpr TimeUs kMostAhead = kDay;
// Progress and clock move this often, whatever the refresh interval.
constexpr std::chrono::milliseconds kStatusInterval{500};
} // namespace

ViewController::ViewController(WallClock clock, QObject *parent)
    : QObject(parent), m_clock(std::move(clock)) {
  m_timer.setInterval(1000);
  m_timer.setTimerType(Qt::PreciseTimer);
  connect(&m_timer, &QTimer::timeout, this, &ViewController::tick);
  connect(&m_statusTimer, &QTimer::timeout, this, &ViewController::pullStatus);
  m_statusTimer.start(kStatusInterval);
  observe();
}

void ViewController::setClient(EngineClient *client) {
  if (m_client)
    m_client->disconnect(this);
  m_client = client;
  m_hasOverview = false;
  m_overview = {};
  m_series = {};
  m_request = {};
  m_status = {};
  m_view.selectedDevice = 0;
  m_rangeFits = false;
  observe();
  Q_EMIT overviewChanged();
  Q_EMIT seriesChanged();
  Q_EMIT rangeChanged();
  m_timer.stop();
  if (!client)
    return;
  connect(client, &EngineClient::overviewReady, this, &ViewController::takeOverview);
  connect(client, &EngineClient::seriesReady, this, &ViewController::takeSeries);
  m_timer.start();
  tick();
}

void ViewController::setInterval(int milliseconds) { m_timer.setInterval(milliseconds); }

void ViewController::setActive(bool active) {
  const bool wakes = active && !m_active;
  m_active = active;
  if (wakes)
    tick();
}

void ViewController::setColumns(int columns) {
  if (columns == m_columns)
    return;
  m_columns = columns;
  askSeries(true);
}

void ViewController::setNowSource(NowSource source) {
  changeRange([source](LiveState &live) { live.setNowSource(source); });
}

TimeUs ViewController::newestPlausible() const {
  const TimeUs limit = m_clock() + kMostAhead;
  TimeUs newest = kNoTime;
  for (const DeviceStatus &device : m_overview.devices)
    if (device.newest_us <= limit)
      newest = std::max(newest, device.newest_us);
  return newest == kNoTime ? m_overview.newest_us : newest;
}

void ViewController::observe() {
  m_live.observe({m_clock(), m_overview.first_us, newestPlausible(), m_overview.readings});
}

TimeUs ViewController::dataAge() const {
  const TimeUs newest = newestPlausible();
  return newest == kNoTime ? kNoTime : m_clock() - newest;
}

void ViewController::restore(const Settings &settings) {
  restoreView(settings, m_view, m_live);
  m_sessionStore = settings.value(Setting::LastStore).toString();
  Q_EMIT overviewChanged();
  Q_EMIT rangeChanged();
}

void ViewController::tick() {
  if (!m_client || !m_active)
    return;
  pullStatus();
  if (QGuiApplication::mouseButtons() != Qt::NoButton)
    return;
  if (!m_client->seriesInFlight())
    m_client->refreshOverview();
}

void ViewController::pullStatus() {
  if (!m_client || !m_active)
    return;
  m_status = m_client->status();
  Q_EMIT statusChanged();
}

void ViewController::takeOverview(const Overview &overview) {
  const bool isFirst = !std::exchange(m_hasOverview, true);
  m_overview = overview;
  m_view.limitDevices(m_overview);
  observe();
  if (isFirst)
    m_live.countFromHere();
  fitToOldData();
  Q_EMIT overviewChanged();
  Q_EMIT rangeChanged();
  askSeries(false);
}

/// Data that ended long ago is shown whole at first: its last minutes would say little. So is that of
/// a store which has none in the range that the one before left behind.
void ViewController::fitToOldData() {
  if (m_rangeFits || m_overview.newest_us == kNoTime)
    return;
  m_rangeFits = true;
  const bool restored = QString::fromStdString(m_overview.store_path) == m_sessionStore;
  if (restored)
    return;
  const ViewRange range = m_live.range();
  const bool isOver =
      m_live.isLive() && m_live.span().kind == LiveSpan::Kind::Last && m_live.nowIsNewestData();
  const bool isElsewhere =
      !m_live.isLive() && (range.to_us <= m_overview.first_us || range.from_us > m_overview.newest_us);
  if (isOver || isElsewhere)
    m_live.showSpan(LiveSpan::all());
}

void ViewController::askSeries(bool urgent) {
  if (!m_client || !m_hasOverview || m_columns <= 0)
    return;
  const SeriesRequest request = m_view.request(m_overview, m_live.range(), m_columns);
  if (!urgent && isShown(request))
    return;
  if (urgent)
    m_client->replaceSeries(request);
  else if (!m_client->refreshSeries(request))
    return;
  m_request = request;
}

/// The same request was answered from the same revision: asking again would bring the same.
bool ViewController::isShown(const SeriesRequest &request) const {
  return m_series.revision == m_overview.revision && m_series.from_us == request.from_us &&
         m_series.to_us == request.to_us && m_request.columns == request.columns &&
         m_request.devices == request.devices && m_request.quantities == request.quantities &&
         m_request.average == request.average;
}

void ViewController::takeSeries(const SeriesSet &series) {
  m_series = series;
  Q_EMIT seriesChanged();
}

void ViewController::changeRange(const std::function<void(LiveState &)> &change) {
  observe();
  m_rangeFits = m_rangeFits || m_hasOverview;
  change(m_live);
  Q_EMIT rangeChanged();
  askSeries(true);
}

void ViewController::changeView(const std::function<void(ViewState &)> &change) {
  change(m_view);
  m_live.setZone(m_view.timeZone());
  Q_EMIT overviewChanged();
  Q_EMIT rangeChanged();
  askSeries(true);
}

} // namespace meteorograph::ui
