// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace meteorograph::ui {

struct ValueTick {
  double value = 0;
  QString label;
};

/// Ticks at 1-2-5 steps over [low, high], about one every 30 to 60 logical pixels, all with the same
/// number of decimals. Empty when the range is empty or not finite.
std::vector<ValueTick> valueTicks(double low, double high, int pixels);

/// Width that is kept for value labels whatever they say, so that plots align in all panes and do
/// not jitter while live.
int valueLabelWidth(const QFont &font);

/// The range that shows [low, high] with a little margin; constant data gets room around it.
std::pair<double, double> niceValueRange(double low, double high);

/// A value as hover and clipboard write it, with the decimals that suit its quantity.
QString valueText(const std::string &quantityName, double value);

} // namespace meteorograph::ui
