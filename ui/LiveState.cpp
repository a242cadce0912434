// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/LiveState.h"

#include <algorithm>

namespace meteorograph::ui {

namespace {
// So many steps back; a range is 40 bytes, and nobody remembers more of them.
constexpr std::size_t kMaxSteps = 64;
// Narrower than this no two readings of a sensor differ; wider than this there is no data.
constexpr TimeUs kNarrowest = kMillisecond;
constexpr TimeUs kWidest = 400 * 365 * kDay;
// Shown where the store holds one instant only, so that the range is never empty.
constexpr TimeUs kLeastAll = 10 * kSecond;

ViewRange limited(ViewRange range) {
  if (range.from_us > range.to_us)
    std::swap(range.from_us, range.to_us);
  const TimeUs centre = range.from_us + range.width() / 2;
  const TimeUs width = std::clamp(range.width(), kNarrowest, kWidest);
  if (width != range.width())
    range = {centre - width / 2, centre - width / 2 + width};
  const TimeUs shift =
      std::max<TimeUs>(0, kEarliestTime - range.from_us) - std::max<TimeUs>(0, range.to_us - kLatestTime);
  return {range.from_us + shift, range.to_us + shift};
}
} // namespace

void LiveState::observe(const Horizon &horizon) { m_horizon = horizon; }

bool LiveState::nowIsNewestData() const {
  if (m_horizon.newest_us == kNoTime || m_source == NowSource::WallClock)
    return false;
  if (m_source == NowSource::NewestData)
    return true;
  const TimeUs width = m_span.kind == LiveSpan::Kind::Last ? m_span.width_us : kDay;
  return m_horizon.newest_us <= m_horizon.now_us - width;
}

TimeUs LiveState::reference() const {
  if (nowIsNewestData())
    return m_horizon.newest_us;
  return m_horizon.now_us;
}

TimeUs LiveState::liveEdge() const {
  // Behind the newest window's start lies its second; and a sensor's clock may run a little ahead.
  const TimeUs behindNewest = m_horizon.newest_us == kNoTime ? kNoTime : m_horizon.newest_us + kSecond;
  if (nowIsNewestData())
    return behindNewest;
  return std::max(m_horizon.now_us, behindNewest);
}

ViewRange LiveState::liveRange() const {
  const TimeUs edge = liveEdge();
  switch (m_span.kind) {
  case LiveSpan::Kind::Last:
    break;
  case LiveSpan::Kind::All:
    if (m_horizon.first_us == kNoTime)
      return {edge - kHour, edge};
    return {std::min(floorTo(m_horizon.first_us, kSecond), m_horizon.newest_us + kSecond - kLeastAll),
            m_horizon.newest_us + kSecond};
  case LiveSpan::Kind::Today:
    return {dayStart(edge - 1, m_zone), edge};
  case LiveSpan::Kind::ThisWeek:
    return {weekStart(edge - 1, m_zone), edge};
  }
  return {edge - m_span.width_us, edge};
}

/// Nothing twice: one press of Backspace goes back to something else.
void LiveState::remember() {
  if (!m_stack.empty() && m_stack.back() == Step{m_live, m_span, m_fixed})
    return;
  if (m_stack.size() == kMaxSteps)
    m_stack.erase(m_stack.begin());
  m_stack.push_back({m_live, m_span, m_fixed});
}

void LiveState::detach(ViewRange range) {
  if (m_live)
    m_readingsWhenDetached = m_horizon.readings;
  m_live = false;
  m_fixed = limited(range);
}

void LiveState::showSpan(const LiveSpan &span) {
  remember();
  m_span = span;
  m_live = true;
}

void LiveState::showRange(ViewRange range) {
  remember();
  detach(range);
}

void LiveState::adoptRange(ViewRange range, bool begins) {
  if (m_live || begins)
    remember();
  detach(range);
}

void LiveState::pan(double fraction) {
  const ViewRange seen = range();
  const auto shift = static_cast<TimeUs>(static_cast<double>(seen.width()) * fraction);
  adoptRange({seen.from_us + shift, seen.to_us + shift}, false);
}

void LiveState::zoom(double factor) {
  const ViewRange seen = range();
  const auto width = static_cast<TimeUs>(static_cast<double>(seen.width()) * factor);
  const TimeUs from = seen.from_us + (seen.width() - width) / 2;
  remember();
  detach({from, from + width});
}

void LiveState::goLive() {
  if (!m_live)
    remember();
  m_live = true;
}

void LiveState::togglePause() {
  if (m_live)
    detach(range());
  else
    m_live = true;
}

void LiveState::back() {
  if (m_stack.empty())
    return;
  const Step step = m_stack.back();
  m_stack.pop_back();
  if (step.live) {
    m_span = step.span;
    m_live = true;
  } else {
    detach(step.fixed);
  }
}

} // namespace meteorograph::ui
