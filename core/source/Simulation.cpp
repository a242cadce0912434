// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Simulation.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace meteorograph {

namespace {

constexpr std::size_t kBufferBytes = 256 << 10;
constexpr std::int64_t kMaxFileBytes = 4 << 20;   ///< ten thousand lines or so
constexpr TimeUs kLiveFileSpan = kMinute;         ///< a follower soon meets a new file
constexpr TimeUs kFastFileSpan = 10 * kMinute;    ///< a month of data is some thousand files
constexpr TimeUs kMaxSpread = 200 * kMillisecond; ///< live lines are written when it has passed
constexpr TimeUs kLivePause = 20 * kMillisecond;  ///< high rates are written in pieces of this length
constexpr TimeUs kStopPoll = 50 * kMillisecond;   ///< how soon `stop` is seen
constexpr TimeUs kMinLag = 10 * kMinute + kSecond;
constexpr TimeUs kMaxLag = kHour;

/// How many ticks lie before the end.
std::optional<std::int64_t> tickCount(const SimulatorOptions &options) {
  if (!options.duration_s)
    return std::nullopt;
  const double count = *options.duration_s * options.rate_hz;
  const double rounding = 1e-9 * std::max(1.0, count);
  return static_cast<std::int64_t>(std::max(0.0, std::ceil(count - rounding)));
}

std::optional<std::int64_t> share(std::optional<std::int64_t> ticks, int devices, double fraction) {
  if (!ticks)
    return std::nullopt;
  return std::llround(static_cast<double>(*ticks * devices) * fraction);
}

double goodFraction(const SimulatorOptions &options) { return 1 - options.bad_fraction; }

/// Late lines are chosen among those that are not bad, yet their fraction is one of all lines.
double lateAmongGood(const SimulatorOptions &options) {
  const double good = goodFraction(options);
  return good > 0 ? std::min(1.0, options.late_fraction / good) : 0;
}

} // namespace

Simulation::Simulation(const SimulatorOptions &options, TimeUs start_us)
    : m_options(options), m_start_us(start_us), m_ticks(tickCount(options)),
      m_interval_us(static_cast<TimeUs>(1e6 / options.rate_hz)),
      m_spread_us(std::min(kMaxSpread, m_interval_us * 9 / 10)), m_random(options.seed),
      m_bad(options.bad_fraction, share(m_ticks, options.devices, 1)),
      m_late(lateAmongGood(options), share(m_ticks, options.devices, goodFraction(options))),
      m_file(options.folder) {
  makeDevices();
  m_buffer.reserve(kBufferBytes + 4096);
}

void Simulation::makeDevices() {
  const int width = std::max(2, static_cast<int>(std::to_string(m_options.devices).size()));
  m_devices.reserve(static_cast<std::size_t>(m_options.devices));
  for (int number = 1; number <= m_options.devices; ++number) {
    const std::uint64_t seed = m_random.next();
    const TimeUs phase = m_random.below(m_spread_us / 2 + 1);
    m_devices.push_back({SimulatedSensor(seed), SimulatedLine(number, width), phase});
  }
}

Result<SimulatorReport> Simulation::run(const std::atomic<bool> &stop) {
  Result<void> done;
  for (std::int64_t tick = 0; done && !stop && (!m_ticks || tick < *m_ticks); ++tick) {
    if (!m_options.fast)
      done = awaitTick(tick, stop);
    if (done && !stop)
      done = writeTick(tick);
  }
  if (done)
    done = flush();
  if (done)
    done = m_file.close();
  if (!done)
    return tl::unexpected(done.error());
  if (!m_options.fast && m_options.duration_s)
    sleepUntil(m_start_us + static_cast<TimeUs>(*m_options.duration_s * 1e6), stop);
  m_report.files = m_file.filesWritten();
  return m_report;
}

TimeUs Simulation::tickTime(std::int64_t tick) const {
  return m_start_us + static_cast<TimeUs>(static_cast<double>(tick) * 1e6 / m_options.rate_hz);
}

Result<void> Simulation::writeTick(std::int64_t tick) {
  const TimeUs time = tickTime(tick);
  if (Result<void> rolled = rollFile(time); !rolled)
    return rolled;
  for (SimulatedDevice &device : m_devices) {
    writeLine(device, tick, time);
    if (m_buffer.size() < kBufferBytes)
      continue;
    if (Result<void> written = flush(); !written)
      return written;
  }
  return {};
}

void Simulation::writeLine(SimulatedDevice &device, std::int64_t tick, TimeUs time_us) {
  const TimeUs on_time = time_us + device.phase_us + m_random.below(m_spread_us / 2 + 1);
  const TimeUs processed = time_us + m_spread_us + 40 * kMillisecond + m_random.below(60 * kMillisecond);
  // A file's first line is never bad, so that its first bytes tell what it holds.
  const bool bad = m_bad.take(m_random, m_file.size() > 0 || !m_buffer.empty());
  const bool late = !bad && m_late.take(m_random, device.newest_us != kNoTime);
  const TimeUs lag = kMinLag + (late ? m_random.below(kMaxLag - kMinLag + 1) : 0);
  const TimeUs event = late ? device.newest_us - lag : on_time;
  const std::size_t start = m_buffer.size();
  device.line.append(m_buffer, tick + 1, device.sensor.read(event), event, processed,
                     static_cast<int>(m_random.below(10)));
  if (bad)
    spoilLine(m_buffer, start, m_random);
  else if (!late)
    device.newest_us = event;
  m_report.bad += bad ? 1 : 0;
  m_report.readings += bad ? 0 : 1;
  m_report.late += late ? 1 : 0;
}

Result<void> Simulation::rollFile(TimeUs time_us) {
  const TimeUs span = floorTo(time_us, m_options.fast ? kFastFileSpan : kLiveFileSpan);
  const std::int64_t size = m_file.size() + static_cast<std::int64_t>(m_buffer.size());
  if (m_file.isOpen() && span == m_file_span_us && size < kMaxFileBytes)
    return {};
  if (Result<void> written = flush(); !written)
    return written;
  m_file_span_us = span;
  return m_file.open(time_us);
}

Result<void> Simulation::flush() {
  if (m_buffer.empty())
    return {};
  Result<void> written = m_file.append(m_buffer);
  m_buffer.clear();
  return written;
}

Result<void> Simulation::awaitTick(std::int64_t tick, const std::atomic<bool> &stop) {
  const TimeUs due = tickTime(tick) + m_spread_us;
  const TimeUs time = now();
  if (time >= due)
    return {};
  Result<void> written = flush();
  sleepUntil(std::max(due, time + kLivePause), stop);
  return written;
}

void Simulation::sleepUntil(TimeUs time_us, const std::atomic<bool> &stop) const {
  for (TimeUs rest = time_us - now(); rest > 0 && !stop; rest = time_us - now())
    std::this_thread::sleep_for(std::chrono::microseconds(std::min(rest, kStopPoll)));
}

TimeUs Simulation::now() const {
  const auto passed = std::chrono::steady_clock::now() - m_began;
  return m_start_us + std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
}

} // namespace meteorograph
