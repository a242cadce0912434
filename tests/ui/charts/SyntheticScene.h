// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <cmath>
#include <cstdint>

namespace meteorograph::ui {

/// Builds scenes of made-up weather whose every value follows from the arguments.
struct SyntheticScene {
  int devices = 4;
  int panes = 3;
  TimeUs from_us = 1'795'356'130 * kSecond; // 2026-11-22T14:02:10Z
  TimeUs length_us = 300 * kSecond;
  TimeUs cadence_us = kSecond;
  int columns = 1308;
  TimeUs step_us = 0; ///< above 0: columns hold many readings
  TimeUs watermark_us = kNoTime;
  TimeUs gapFrom_us = 0; ///< of the second device (or the only one), relative to from_us
  TimeUs gapTo_us = 0;
  int lateEvery = 0;
  bool many = false; ///< several readings in each point

  ChartScene make() const {
    ChartScene scene;
    scene.from_us = from_us;
    scene.to_us = from_us + length_us;
    scene.averageLabel = QStringLiteral("15 s average");
    static const char *const names[] = {"temperature", "humidity", "pressure"};
    static const char *const titles[] = {"Temperature", "Humidity", "Pressure"};
    static const char *const units[] = {"°C", "%RH", "hPa"};
    for (int pane = 0; pane < panes; ++pane)
      scene.panes.push_back({pane + 1, QString::fromUtf8(titles[pane]), QString::fromUtf8(units[pane]),
                             names[pane], std::nullopt});
    static const char *const deviceNames[] = {"rpi-cleanroom", "rpi-lobby",    "rpi-server-a", "rpi-server-b",
                                              "rpi-vault",     "greenhouse-1", "greenhouse-2", "roof-mast",
                                              "cellar",        "attic"};
    for (int device = 0; device < devices; ++device)
      scene.devices.push_back({device + 1, QString::fromLatin1(deviceNames[device % 10])});
    scene.series.from_us = from_us;
    scene.series.to_us = scene.to_us;
    scene.series.columns = columns;
    scene.series.step_us = step_us;
    scene.series.average_span_us = 15 * kSecond;
    for (int pane = 0; pane < panes; ++pane)
      for (int device = 0; device < devices; ++device)
        scene.series.lines.push_back(line(pane, device));
    return scene;
  }

  SeriesLine line(int pane, int device) const {
    SeriesLine result;
    result.device = device + 1;
    result.quantity = pane + 1;
    result.cadence_us = cadence_us;
    result.watermark_us = watermark_us;
    const double level[] = {25, 47, 1013.2};
    const double size[] = {1.5, 4, 0.18};
    const double offsets[] = {0, -1.5, 1.35, 0.75, -0.8, 2.1, -2.4, 3.2, -3.1, 0.3};
    const double shown = offsets[device % 10];
    const TimeUs spacing = std::max(cadence_us, length_us / columns);
    std::uint32_t seed = static_cast<std::uint32_t>(7 + pane * 31 + device * 101);
    const auto noise = [&seed] {
      seed = seed * 1664525U + 1013904223U;
      return static_cast<double>(seed >> 8) / (1 << 24) * 2 - 1;
    };
    double walk = 0;
    double average = 0;
    bool pending = false;
    int index = 0;
    for (TimeUs at = 0; at < length_us; at += spacing, ++index) {
      walk = (walk + noise() * size[pane] * 0.06) * 0.985;
      const double phase = static_cast<double>(at) / static_cast<double>(length_us) * 6 + device * 1.7 + pane;
      const double base = level[pane] + size[pane] * (shown + walk * 1.6 + std::sin(phase) * 0.35);
      const double value = base + noise() * size[pane] * (pane == 2 ? 0.14 : 0.22);
      average = index == 0 ? value : average + (value - average) * 0.12;
      const bool gapDevice = device == 1 || devices == 1;
      if (gapDevice && at > gapFrom_us && at < gapTo_us) {
        pending = true;
        continue;
      }
      if (pending)
        result.breaks.push_back(static_cast<std::uint32_t>(result.points.size()));
      pending = false;
      SeriesPoint point;
      point.first_us = from_us + at;
      point.last_us =
          (many || step_us > 0) && spacing > cadence_us ? point.first_us + spacing / 2 : point.first_us;
      point.first = point.last = point.min = point.max = point.mean = value;
      point.count = 1;
      if (many || step_us > 0) {
        const double spread = size[pane] * (0.25 + 0.2 * std::abs(noise()));
        point.mean = base;
        point.last = base + noise() * spread * 0.6;
        point.first = base + noise() * spread * 0.6;
        point.min = std::min({base - spread, point.first, point.last});
        point.max = std::max({base + spread, point.first, point.last});
        point.count = 100;
      }
      point.average = average;
      point.late = lateEvery > 0 && index % lateEvery == lateEvery - 1;
      result.points.push_back(point);
    }
    return result;
  }
};

} // namespace meteorograph::ui
