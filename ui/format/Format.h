// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/model/Time.h"

#include <QLocale>
#include <QString>

#include <string_view>

/// The one place where numbers become text for people. Pure functions, in the reader's language and
/// number style; nothing that a machine reads back is written with them.
namespace meteorograph::ui {

/// The system's locale; where that is plain "C", English, so that thousands are grouped.
const QLocale &displayLocale();

QString formatCount(std::int64_t count);         ///< 12,480,112
QString formatRowRate(double rowsPerSecond);     ///< 4,000 rows/s
QString formatBytes(std::int64_t bytes);         ///< 804 MB; powers of 1000
QString formatMilliseconds(double milliseconds); ///< 0.8 ms
QString formatAge(TimeUs age);                   ///< 0.4 s, 42 s, 13 min, 5 h, 12 d, 3 y; "now" below zero
QString formatSpan(TimeUs span);                 ///< 15 s, 5 min, 1.5 h, 7 d: a chosen duration
QString formatSpanShort(TimeUs span);            ///< 5 m, 24 h, 30 d: for buttons

/// A number's text for eyes: with a minus sign instead of a hyphen. Not for what programs read.
QString withMinus(QString number);
/// A value with as many decimals as the quantity's sensors are worth; no unit. "—" when not finite.
QString formatValue(double value, std::string_view quantity);
/// The value with its unit behind a thin distance: "24.6 °C".
QString formatWithUnit(double value, const Quantity &quantity);
/// A difference, always with its sign told by a triangle: "▲ 0.3", "▼ 1.1", "▬ 0.0".
QString formatTrend(double difference, std::string_view quantity);

/// "Temperature", "CO₂", "Wind speed": a quantity's snake_case name as a title.
QString quantityTitle(std::string_view name);

} // namespace meteorograph::ui
