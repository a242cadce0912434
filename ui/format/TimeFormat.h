// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <QString>
#include <QTimeZone>

#include <optional>

/// The one place where times become text for people, and back. Pure functions.
namespace meteorograph::ui {

/// A piece of time, from inclusive to exclusive.
struct ViewRange {
  TimeUs from_us = 0;
  TimeUs to_us = 0;
  TimeUs width() const { return to_us - from_us; }
  bool operator==(const ViewRange &) const = default;
};

/// "UTC", "local" or an IANA name, as settings keep it, to a zone; UTC where the name is unknown.
QTimeZone zoneFromSetting(const QString &setting);
/// What the zone button shows: "UTC", "Local", "Europe/Berlin".
QString zoneLabel(const QString &setting);

QString formatClock(TimeUs time, const QTimeZone &zone);    ///< 14:07:10
QString formatDate(TimeUs time, const QTimeZone &zone);     ///< 22 Nov 2026
QString formatDateTime(TimeUs time, const QTimeZone &zone); ///< 22 Nov 2026 14:07:10
QString formatDayClock(TimeUs time, const QTimeZone &zone); ///< 22 Nov 14:07
/// With date and year only as far as the two ends and `now` need them: "14:02:10 – 14:07:10", down to
/// microseconds in narrow ranges; with the offsets where they differ.
QString formatRange(const ViewRange &range, const QTimeZone &zone, TimeUs now);
/// All of it: "2026-11-22 14:02:10.250 +01:00 – 2026-11-22 14:07:10 +01:00".
QString formatRangeExact(const ViewRange &range, const QTimeZone &zone);
/// Short, for the live chip: "14:02–14:20".
QString formatRangeBrief(const ViewRange &range, const QTimeZone &zone);

/// For machines: `2026-11-22T15:07:10.000000+01:00`, the local time with its offset.
QByteArray formatIsoLocal(TimeUs time, const QTimeZone &zone);
/// For text fields, read back by parseTimeText(): `2026-11-22 14:07:10`, with as many decimals as the
/// time has down to `finest`; with its offset, `2026-10-25 02:30:00+01:00`, in an hour that the zone has
/// twice.
QString formatEditable(TimeUs time, const QTimeZone &zone, TimeUs finest = kMillisecond);

/// Reads ISO 8601 (without a zone: in `zone`), `14:07[:10[.5]]` (today), `now`, `now-6h`, `today`,
/// `yesterday`. Nothing on any other text.
std::optional<TimeUs> parseTimeText(const QString &text, TimeUs now, const QTimeZone &zone);

/// What a text field began with: a time, shown perhaps without what it is finer.
struct Editable {
  TimeUs time_us = 0;
  QString text;
};
/// What the field says now: the very time that it began with as long as the text is unchanged.
std::optional<TimeUs> parseEdited(const QString &text, const Editable &before, TimeUs now,
                                  const QTimeZone &zone);

TimeUs dayStart(TimeUs time, const QTimeZone &zone);  ///< midnight before, in the zone
TimeUs weekStart(TimeUs time, const QTimeZone &zone); ///< Monday's midnight before, in the zone

} // namespace meteorograph::ui
