// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Retention.h"

#include <charconv>
#include <cmath>
#include <span>

namespace meteorograph {

namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};
constexpr std::array<Unit, 4> kAges{{{"y", 365 * kDay}, {"w", 7 * kDay}, {"d", kDay}, {"h", kHour}}};
constexpr std::array<Unit, 4> kSizes{
    {{"TB", 1'000'000'000'000}, {"GB", 1'000'000'000}, {"MB", 1'000'000}, {"kB", 1'000}}};
/// Below, a layer would be gone before it could be looked at, and a size could not be measured.
constexpr std::int64_t kLeastBytes = 1'000'000;
constexpr double kMostFactor = 1e6; // far beyond any store, far within 64 bits

bool sameUnit(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return (x | 0x20) == (y | 0x20); // ASCII letters alone
         });
}

std::optional<std::int64_t> amount(double number, std::string_view unit, std::span<const Unit> units) {
  for (const Unit &known : units)
    if (sameUnit(unit, known.name))
      return std::llround(number * static_cast<double>(known.factor));
  return std::nullopt;
}

std::string written(std::int64_t value, std::span<const Unit> units) {
  for (const Unit &unit : units)
    if (value % unit.factor == 0)
      return std::to_string(value / unit.factor) + std::string(unit.name);
  return std::to_string(value / units.back().factor) + std::string(units.back().name);
}

/// One of the parts between commas.
bool takePart(std::string_view part, LayerLimits &limits) {
  while (!part.empty() && part.front() == ' ')
    part.remove_prefix(1);
  while (!part.empty() && part.back() == ' ')
    part.remove_suffix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
  if (error != std::errc() || !(number > 0) || number > kMostFactor)
    return false;
  std::string_view unit(end, static_cast<std::size_t>(part.data() + part.size() - end));
  while (!unit.empty() && unit.front() == ' ')
    unit.remove_prefix(1);
  if (const auto age = amount(number, unit, kAges); age && !limits.age_us && *age >= kHour) {
    limits.age_us = floorTo(*age, kHour);
    return true;
  }
  if (const auto bytes = amount(number, unit, kSizes); bytes && !limits.bytes && *bytes >= kLeastBytes) {
    limits.bytes = *bytes - *bytes % kSizes.back().factor;
    return true;
  }
  return false;
}

std::string refusal(StoreLayer longer, StoreLayer shorter) {
  return std::string(toString(longer)) + " must be kept at least as long as " + toString(shorter);
}

} // namespace

const char *toString(StoreLayer layer) {
  constexpr std::array<const char *, 3> kNames{"bronze", "silver", "rollups"};
  return kNames[static_cast<std::size_t>(layer)];
}

Result<LayerLimits> parseLimits(std::string_view text) {
  LayerLimits limits;
  if (text == "off")
    return limits;
  std::string_view rest = text;
  for (;;) {
    const std::size_t comma = rest.find(',');
    if (!takePart(rest.substr(0, comma), limits))
      return fail(ErrorCode::Usage, "'" + std::string(text) +
                                        "' is no age (from 1h: h, d, w, y), size (from 1MB: MB, GB, TB) or"
                                        " both, such as 30d, 20GB, or 30d,20GB, and not off");
    if (comma == std::string_view::npos)
      return limits;
    rest.remove_prefix(comma + 1);
  }
}

std::string toString(const LayerLimits &limits) {
  if (limits.off())
    return "off";
  std::string text = limits.age_us ? written(*limits.age_us, kAges) : "";
  if (limits.bytes)
    text += (text.empty() ? "" : ",") + written(*limits.bytes, kSizes);
  return text;
}

Result<void> checkRetention(const RetentionSettings &settings) {
  for (std::size_t i = 1; i < kStoreLayers.size(); ++i) {
    const LayerLimits &shorter = settings.layers[i - 1];
    const LayerLimits &longer = settings.layers[i];
    const std::string rule = refusal(kStoreLayers[i], kStoreLayers[i - 1]);
    if (longer.age_us && (!shorter.age_us || *shorter.age_us > *longer.age_us))
      return fail(ErrorCode::Usage, rule + ": give " + toString(kStoreLayers[i - 1]) + " an age of at most " +
                                        written(*longer.age_us, kAges));
    if (longer.bytes && shorter.off())
      return fail(ErrorCode::Usage,
                  rule + ": give " + toString(kStoreLayers[i - 1]) + " an age or a size too");
  }
  return {};
}

RetentionSettings RetentionStatus::settings() const {
  RetentionSettings settings;
  for (std::size_t i = 0; i < layers.size(); ++i)
    settings.layers[i] = layers[i].limits;
  return settings;
}

} // namespace meteorograph
