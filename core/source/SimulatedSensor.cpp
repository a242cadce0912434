// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/SimulatedSensor.h"

#include <algorithm>
#include <array>

namespace meteorograph {

namespace {

constexpr std::int64_t kMicro = 1'000'000;

/// Lengths of the waves that make up the wandering; each is half as high as the one before.
constexpr std::array<TimeUs, 5> kWaves = {24 * kMinute, 7 * kMinute, 2 * kMinute, 37 * kSecond, 11 * kSecond};

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

/// −height to height, another number for each place on the line of whole numbers.
std::int64_t heightAt(std::uint64_t seed, std::int64_t place, std::int64_t height) {
  Random random(seed + static_cast<std::uint64_t>(place) * 0xd1342543de82ef95ULL);
  return random.below(2 * height + 1) - height;
}

/// A smooth curve through a random height at each multiple of `length`.
std::int64_t wave(std::uint64_t seed, TimeUs time, TimeUs length, std::int64_t height) {
  constexpr std::int64_t kOne = 65'536;
  const TimeUs start = floorTo(time, length);
  const std::int64_t place = start / length;
  const std::int64_t way = (time - start) * kOne / length;
  const std::int64_t eased = way * way / kOne * (3 * kOne - 2 * way) / kOne;
  const std::int64_t from = heightAt(seed, place, height);
  return from + (heightAt(seed, place + 1, height) - from) * eased / kOne;
}

/// A deviation around zero that wanders at all paces.
std::int64_t wander(std::uint64_t seed, TimeUs time, std::int64_t height) {
  std::int64_t sum = 0;
  for (const TimeUs length : kWaves) {
    sum += wave(seed++, time, length, height);
    height /= 2;
  }
  return sum;
}

std::int64_t between(Random &random, std::int64_t low, std::int64_t high) {
  return low + random.below(high - low + 1);
}

} // namespace

SimulatedSensor::SimulatedSensor(std::uint64_t seed)
    : m_random(seed), m_temperature(between(m_random, 16 * kMicro, 24 * kMicro)),
      m_humidity(between(m_random, 45 * kMicro, 62 * kMicro)),
      m_pressure(between(m_random, 1'008 * kMicro, 1'018 * kMicro)),
      m_amplitude(between(m_random, 2 * kMicro, 5 * kMicro)), m_shift_us(between(m_random, 0, 90 * kMinute)),
      m_temperatureSeed(m_random.next()), m_humiditySeed(m_random.next()), m_pressureSeed(m_random.next()) {}

SimulatedValues SimulatedSensor::read(TimeUs time_us) {
  const TimeUs time = time_us - m_shift_us;
  const std::int64_t day = sine(time - 9 * kHour, kDay); // warmest at 15 h
  const std::int64_t weather = sine(time, 11 * kDay / 2);
  const std::int64_t tide = sine(time - 7 * kHour, kDay / 2);
  const std::int64_t warmth =
      m_amplitude * day / kMicro + 2 * weather + wander(m_temperatureSeed, time_us, 500'000);
  const std::int64_t temperature = m_temperature + warmth + m_random.bell(15'000);
  const std::int64_t humidity =
      m_humidity - warmth * 22 / 10 + wander(m_humiditySeed, time_us, 1'600'000) + m_random.bell(40'000);
  const std::int64_t pressure = m_pressure + 6 * weather + tide * 8 / 10 +
                                wander(m_pressureSeed, time_us, 250'000) + m_random.bell(8'000);
  SimulatedValues values;
  // Below zero, halves go up like above it: shift by the lower limit before rounding.
  values.temperature_e2 = toStep(temperature + 40 * kMicro, 10'000, 0, 125) - 4'000;
  values.humidity_e3 = toStep(humidity, 8'000, 0, 100) * 8;
  values.pressure_e4 = toStep(pressure, 1'800, 300, 1'100) * 18;
  return values;
}

} // namespace meteorograph
