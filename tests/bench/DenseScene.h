// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/charts/SyntheticScene.h"

namespace meteorograph::bench {

/// What is dearest to draw: dashes along every turn of the line, and an average as thick as a finger.
inline ui::LinePens thickPens() {
  ui::LinePens pens;
  pens.rawWidth = 2;
  pens.rawDash = 6;
  pens.dashedCorners = 1e9; // also where they cannot be read
  pens.averageWidth = 6;
  return pens;
}

/// Three panes, ten devices, raw values and their average, two values a pixel column. Behind the range
/// that is shown there is a minute more, for one that moves.
inline ui::ChartScene denseScene(const ui::LinePens &pens = thickPens()) {
  constexpr TimeUs kShown = 1528 * kSecond; // about a second a pixel
  constexpr TimeUs kReserve = 60 * kSecond;
  ui::SyntheticScene recipe;
  recipe.devices = 10;
  recipe.length_us = kShown + kReserve;
  recipe.cadence_us = kSecond / 2;
  recipe.columns = static_cast<int>(recipe.length_us / recipe.cadence_us);
  ui::ChartScene scene = recipe.make();
  scene.to_us = scene.from_us + kShown;
  scene.pens = pens;
  for (SeriesLine &line : scene.series.lines)
    line.marked = false; // as the store tells it
  return scene;
}

/// The same as a network with faults has it: each device is silent for 16 of every 100 seconds, at a time
/// of its own, says one single thing within, and every fiftieth point was repaired by a late reading.
inline ui::ChartScene markedScene() {
  constexpr std::size_t kPeriod = 200; // points
  constexpr std::size_t kSilent = 32;
  ui::ChartScene scene = denseScene({});
  for (SeriesLine &line : scene.series.lines) {
    std::vector<SeriesPoint> points;
    bool isJoined = true;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
      const std::size_t place = (i + 8 * static_cast<std::size_t>(line.device)) % kPeriod;
      const bool isSingle = place == kSilent / 2;
      if (place < kSilent && !isSingle) {
        isJoined = false;
        continue;
      }
      if (!isJoined && !points.empty())
        line.breaks.push_back(static_cast<std::uint32_t>(points.size()));
      isJoined = true;
      points.push_back(line.points[i]);
      points.back().late = i % 50 == 0;
    }
    line.points = std::move(points);
    line.marked = true;
  }
  return scene;
}

} // namespace meteorograph::bench
