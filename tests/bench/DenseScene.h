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

} // namespace meteorograph::bench
