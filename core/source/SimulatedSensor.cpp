// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/SimulatedSensor.h"

#include <algorithm>
#include <cmath>

namespace meteorograph {

namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kNanoPerMicro = 1'000;
constexpr std::int64_t kBillion = 1'000'000'000;
constexpr TimeUs kWanderMemory = 8 * kMinute;

/// sine(2π · time ÷ period) in millionths, by Bhaskara's rational formula: within 0.2 %, whole
/// numbers only.
std::int64_t sine(TimeUs time, TimeUs period) {
  constexpr std::int64_t kHalf = 65'536;
  const std::int64_t turn = (time - floorTo(time, period)) * (2 * kHalf) / period;
  const std::int64_t in_half = turn % kHalf;
  const std::int64_t product = in_half * (kHalf - in_half);
  const std::int64_t value = 4 * kMicro * product / (kHalf * kHalf / 4 * 5 - product);
  return turn < kHalf ? value : -value;
}

std::int64_t toStep(std::int64_t micro, std::int64_t step, std::int64_t low, std::int64_t high) {
  return (std::clamp(micro, low * kMicro, high * kMicro) + step / 2) / step;
}

std::int64_t between(Random &random, std::int64_t low, std::int64_t high) {
  return low + random.below(high - low + 1);
}

} // namespace

SimulatedSensor::Wander::Wander(std::int64_t sigma_micro, TimeUs interval_us) {
  const std::int64_t lost = std::min<std::int64_t>(
      kBillion, std::max<std::int64_t>(1, interval_us * 1'000 / (kWanderMemory / kMicro)));
  m_keepPpb = kBillion - lost;
  const double share = static_cast<double>(lost) / static_cast<double>(kBillion);
  // The square root is exact to the last bit everywhere, so it may be used here.
  m_stepNano = static_cast<std::int64_t>(static_cast<double>(sigma_micro * kNanoPerMicro) *
                                         std::sqrt(share * (2 - share)));
}

std::int64_t SimulatedSensor::Wander::step(Random &random) {
  // Whole and remainder apart, so that the product fits into 64 bits.
  m_nano = m_nano / kNanoPerMicro * m_keepPpb / kMicro + m_nano % kNanoPerMicro + random.bell(m_stepNano);
  return m_nano / kNanoPerMicro;
}

SimulatedSensor::SimulatedSensor(std::uint64_t seed, TimeUs interval_us)
    : m_random(seed), m_temperature(between(m_random, 16 * kMicro, 24 * kMicro)),
      m_humidity(between(m_random, 45 * kMicro, 62 * kMicro)),
      m_pressure(between(m_random, 1'008 * kMicro, 1'018 * kMicro)),
      m_amplitude(between(m_random, 2 * kMicro, 5 * kMicro)), m_shift_us(between(m_random, 0, 90 * kMinute)),
      m_temperatureWander(350'000, interval_us), m_humidityWander(1'100'000, interval_us),
      m_pressureWander(180'000, interval_us) {}

SimulatedValues SimulatedSensor::read(TimeUs time_us) {
  const TimeUs time = time_us - m_shift_us;
  const std::int64_t day = sine(time - 9 * kHour, kDay); // warmest at 15 h
  const std::int64_t weather = sine(time, 11 * kDay / 2);
  const std::int64_t tide = sine(time - 7 * kHour, kDay / 2);
  const std::int64_t warmth = m_amplitude * day / kMicro + 2 * weather + m_temperatureWander.step(m_random);
  const std::int64_t temperature = m_temperature + warmth + m_random.bell(15'000);
  const std::int64_t humidity =
      m_humidity - warmth * 22 / 10 + m_humidityWander.step(m_random) + m_random.bell(40'000);
  const std::int64_t pressure =
      m_pressure + 6 * weather + tide * 8 / 10 + m_pressureWander.step(m_random) + m_random.bell(8'000);
  SimulatedValues values;
  // Below zero, halves go up like above it: shift by the lower limit before rounding.
  values.temperature_e2 = toStep(temperature + 40 * kMicro, 10'000, 0, 125) - 4'000;
  values.humidity_e3 = toStep(humidity, 8'000, 0, 100) * 8;
  values.pressure_e4 = toStep(pressure, 1'800, 300, 1'100) * 18;
  return values;
}

} // namespace meteorograph
