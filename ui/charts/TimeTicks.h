// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <QString>
#include <QTimeZone>

#include <vector>

namespace meteorograph::ui {

/// A labelled place on the time axis. Major ticks open a larger unit (a day among hours, a year
/// among months, a second among milliseconds) and their label names that unit.
struct TimeTick {
  TimeUs time_us = 0;
  QString label;
  bool major = false;
};

/// Round ticks in the wall time of `zone` over [from, to], as many as `pixels` logical pixels can
/// hold without touching labels; from microseconds to centuries. Over a clock change hours stay
/// round on both sides: the doubled hour has its ticks twice, the missing one has none.
std::vector<TimeTick> timeTicks(TimeUs from, TimeUs to, int pixels, const QTimeZone &zone);

/// The distance between ticks that timeTicks() takes, for whoever must know how fine the axis is;
/// months and years are given by their mean length.
TimeUs timeTickStep(TimeUs from, TimeUs to, int pixels);

/// The date or dates that [from, to) covers in `zone`: "22 Nov 2026", "30 Nov – 2 Dec 2026".
QString dateSpan(TimeUs from, TimeUs to, const QTimeZone &zone);

/// The day in `zone`, as ticks have it: "22 Nov".
QString dayLabel(TimeUs at, const QTimeZone &zone);

/// The zone as the axis writes it: "UTC", "Europe/Berlin UTC+1".
QString zoneLabel(TimeUs at, const QTimeZone &zone);

/// The same of [from, to): where the clock changes within, "Europe/Berlin UTC+2 → UTC+1".
QString zoneLabel(TimeUs from, TimeUs to, const QTimeZone &zone);

/// A wall time with as many fractional digits as `resolution_us` deserves: "14:04:58.250".
QString wallTime(TimeUs at, TimeUs resolution_us, const QTimeZone &zone);

} // namespace meteorograph::ui
