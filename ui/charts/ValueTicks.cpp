// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ValueTicks.h"

#include "core/model/Quantity.h"
#include "ui/format/Format.h"

#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

constexpr double kPixelsPerTick = 30;      // closer labels look crowded
constexpr double kLeastPixelsPerTick = 18; // but one label alone says too little
constexpr double kMargin = 0.06;           // of the span, above and below the data

/// The smallest of 1, 2, 5 × 10ⁿ that is not below `least`.
double roundStep(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least * (1 - 1e-9))
      return factor * power;
  return 10 * power;
}

/// Plain figures without group separators, which would only widen the labels.
QLocale plainLocale() {
  QLocale locale;
  locale.setNumberOptions(QLocale::OmitGroupSeparator);
  return locale;
}

QString label(double value, double step, double largest) {
  if (largest >= 1e7 || step < 1e-4)
    return plainLocale().toString(value, 'g', 5);
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  return plainLocale().toString(value, 'f', decimals);
}

std::vector<ValueTick> ticksAt(double low, double high, double step) {
  const double largest = std::max(std::abs(low), std::abs(high));
  if (!(step > 0) || largest / step > 1e15) // beyond what doubles tell apart
    return {};
  std::vector<ValueTick> ticks;
  for (double index = std::ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1)
    ticks.push_back({index * step + 0.0, withMinus(label(index * step + 0.0, step, largest))});
  return ticks;
}

int decimalsOf(const std::string &quantityName, double value) {
  if (quantityName == kTemperature || quantityName == kPressure)
    return 2;
  if (quantityName == kHumidity)
    return 1;
  const double size = std::abs(value);
  return size >= 1000 ? 1 : size >= 10 ? 2 : 3;
}

} // namespace

std::vector<ValueTick> valueTicks(double low, double high, int pixels) {
  const double span = high - low;
  if (!(span > 0) || !std::isfinite(span) || pixels <= 0)
    return {};
  for (const double room : {kPixelsPerTick, kLeastPixelsPerTick}) {
    const double step = roundStep(span * std::min(1.0, room / pixels));
    if (std::floor(high / step) > std::ceil(low / step) || room == kLeastPixelsPerTick)
      return ticksAt(low, high, step);
  }
  return {};
}

int valueLabelWidth(const QFont &font) {
  return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(QStringLiteral("0000.00"))));
}

std::pair<double, double> niceValueRange(double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high) || low > high || !std::isfinite(high - low))
    return {0, 1};
  const double size = std::max(std::abs(low), std::abs(high));
  if (high - low <= size * 1e-9 || high == low) {
    const double room = size == 0 ? 1 : size < 1 ? size / 2 : std::max(1.0, size * 1e-6);
    return {low - room, high + room};
  }
  const double margin = (high - low) * kMargin;
  const double grain = roundStep((high - low) / 40); // so that the axis does not breathe with each reading
  return {std::floor((low - margin) / grain) * grain, std::ceil((high + margin) / grain) * grain};
}

QString valueText(const std::string &quantityName, double value) {
  if (std::abs(value) >= 1e7 || (value != 0 && std::abs(value) < 1e-3))
    return plainLocale().toString(value, 'g', 6);
  return plainLocale().toString(value, 'f', decimalsOf(quantityName, value));
}

} // namespace meteorograph::ui
