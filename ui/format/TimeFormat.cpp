// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format/TimeFormat.h"

#include "ui/format/Format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace meteorograph::ui {

namespace {

QDateTime inZone(TimeUs time, const QTimeZone &zone) {
  return QDateTime::fromMSecsSinceEpoch(floorTo(time, kMillisecond) / kMillisecond, zone);
}

TimeUs fromDateTime(const QDateTime &time) { return time.toMSecsSinceEpoch() * kMillisecond; }

QString text(const QDateTime &time, const char *format) {
  return displayLocale().toString(time, QString::fromLatin1(format));
}

/// Seconds matter in a narrow range, not in a wide one.
const char *clockFormat(TimeUs width) {
  return width < 10 * kSecond ? "HH:mm:ss.zzz" : width < 3 * kHour ? "HH:mm:ss" : "HH:mm";
}

/// The digits behind the milliseconds.
QString microseconds(TimeUs time) {
  return QStringLiteral("%1").arg(time - floorTo(time, kMillisecond), 3, 10, QLatin1Char('0'));
}

/// A time written without a zone is civil time of `zone`.
TimeUs civilToUtc(TimeUs civil, const QTimeZone &zone) {
  const QDateTime asUtc = inZone(civil, QTimeZone::utc());
  const QDateTime local(asUtc.date(), asUtc.time(), zone);
  return fromDateTime(local) + (civil - floorTo(civil, kMillisecond));
}

/// A time of the day that it is now in the zone.
std::optional<TimeUs> parseClock(const QString &words, TimeUs now, const QTimeZone &zone) {
  static const QRegularExpression kClock(QStringLiteral("^\\d{1,2}:\\d\\d(:\\d\\d([.,]\\d+)?)?$"));
  if (!kClock.match(words).hasMatch())
    return std::nullopt;
  const QString clock = words.indexOf(QLatin1Char(':')) == 1 ? QLatin1Char('0') + words : words;
  const QString date = inZone(now, zone).date().toString(Qt::ISODate);
  const std::optional<IsoTime> iso = parseIsoTime((date + QLatin1Char('T') + clock).toStdString());
  return iso ? std::optional(civilToUtc(iso->time_us, zone)) : std::nullopt;
}

QString offsetText(TimeUs time, const QTimeZone &zone) {
  return QString::fromLatin1(formatIsoLocal(time, zone).right(6));
}

/// With as many decimals as the time has.
QString civilText(TimeUs time, const QTimeZone &zone) {
  QString civil = inZone(time, zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
  if (floorTo(time, kSecond) != time)
    civil += inZone(time, zone).toString(QStringLiteral(".zzz"));
  return floorTo(time, kMillisecond) == time ? civil : civil + microseconds(time);
}

/// Whether another instant has the same civil time: the hour that a zone has twice.
bool isDoubled(TimeUs time, const QTimeZone &zone) {
  constexpr TimeUs kAround = 3 * kHour; // no clock is set back farther
  const TimeUs offset = zone.offsetFromUtc(inZone(time, zone)) * kSecond;
  const auto fits = [&](TimeUs near) {
    const TimeUs other = zone.offsetFromUtc(inZone(near, zone)) * kSecond;
    return other != offset && zone.offsetFromUtc(inZone(time + offset - other, zone)) * kSecond == other;
  };
  return fits(time - kAround) || fits(time + kAround);
}

} // namespace

QTimeZone zoneFromSetting(const QString &setting) {
  if (setting == QLatin1String("local"))
    return QTimeZone::systemTimeZone();
  const QTimeZone zone(setting.toUtf8());
  return setting.isEmpty() || setting == QLatin1String("UTC") || !zone.isValid() ? QTimeZone::utc() : zone;
}

QString zoneLabel(const QString &setting) {
  if (setting == QLatin1String("local"))
    return QCoreApplication::translate("Format", "Local");
  return zoneFromSetting(setting) == QTimeZone::utc() ? QStringLiteral("UTC") : setting;
}

QString formatClock(TimeUs time, const QTimeZone &zone) { return text(inZone(time, zone), "HH:mm:ss"); }

QString formatDate(TimeUs time, const QTimeZone &zone) { return text(inZone(time, zone), "d MMM yyyy"); }

QString formatDateTime(TimeUs time, const QTimeZone &zone) {
  return text(inZone(time, zone), "d MMM yyyy HH:mm:ss");
}

QString formatDayClock(TimeUs time, const QTimeZone &zone) { return text(inZone(time, zone), "d MMM HH:mm"); }

QString formatRange(const ViewRange &range, const QTimeZone &zone, TimeUs now) {
  const QDateTime from = inZone(range.from_us, zone);
  const QDateTime to = inZone(range.to_us, zone);
  const QDate today = inZone(now, zone).date();
  const QString dash = QStringLiteral(" – ");
  const char *clock = clockFormat(range.width());
  const bool shifts = from.offsetFromUtc() != to.offsetFromUtc();
  const bool isFine = range.width() < 10 * kMillisecond;
  const auto offset = [&](TimeUs time) {
    return (isFine ? microseconds(time) : QString()) +
           (shifts ? QLatin1Char(' ') + offsetText(time, zone) : QString());
  };
  if (range.width() >= 14 * kDay)
    return text(from, "d MMM yyyy") + offset(range.from_us) + dash + text(to, "d MMM yyyy") +
           offset(range.to_us);
  const QString head = offset(range.from_us) + dash;
  if (from.date() != to.date()) {
    const QByteArray year = to.date().year() == today.year() ? "" : "yyyy ";
    return text(from, QByteArray("d MMM " + year + clock)) + head +
           text(to, QByteArray("d MMM " + year + clock)) + offset(range.to_us);
  }
  const char *day = to.date() == today ? "" : to.date().year() == today.year() ? "d MMM " : "d MMM yyyy ";
  return text(from, QByteArray(day).append(clock)) + head + text(to, clock) + offset(range.to_us);
}

QString formatRangeBrief(const ViewRange &range, const QTimeZone &zone) {
  const QDateTime from = inZone(range.from_us, zone);
  const QDateTime to = inZone(range.to_us, zone);
  const char *format = range.width() >= 14 * kDay    ? "d MMM yyyy"
                       : from.date() != to.date()    ? "d MMM HH:mm"
                       : range.width() < 3 * kMinute ? "HH:mm:ss"
                                                     : "HH:mm";
  return text(from, format) + QChar(0x2013) + text(to, format);
}

QByteArray formatIsoLocal(TimeUs time, const QTimeZone &zone) {
  // Before zones were lawful, offsets had odd seconds, which no time of this form can tell.
  const int offset = zone.offsetFromUtc(inZone(time, zone)) / 60 * 60;
  QByteArray iso = QByteArray::fromStdString(formatIsoTime(time + offset * kSecond));
  iso.chop(1); // the Z
  const int minutes = std::abs(offset) / 60;
  return iso + (offset < 0 ? '-' : '+') + QByteArray::number(minutes / 60).rightJustified(2, '0') + ':' +
         QByteArray::number(minutes % 60).rightJustified(2, '0');
}

QString formatEditable(TimeUs exact, const QTimeZone &zone, TimeUs finest) {
  const TimeUs time = floorTo(exact, finest);
  const QString civil = civilText(time, zone);
  return isDoubled(time, zone) ? civil + offsetText(time, zone) : civil;
}

QString formatRangeExact(const ViewRange &range, const QTimeZone &zone) {
  const auto end = [&zone](TimeUs time) {
    return civilText(time, zone) + QLatin1Char(' ') + offsetText(time, zone);
  };
  return end(range.from_us) + QStringLiteral(" – ") + end(range.to_us);
}

std::optional<TimeUs> parseEdited(const QString &text, const Editable &before, TimeUs now,
                                  const QTimeZone &zone) {
  return text == before.text ? before.time_us : parseTimeText(text, now, zone);
}

std::optional<TimeUs> parseTimeText(const QString &input, TimeUs now, const QTimeZone &zone) {
  const QString words = input.trimmed();
  if (words.compare(QLatin1String("today"), Qt::CaseInsensitive) == 0)
    return dayStart(now, zone);
  if (words.compare(QLatin1String("yesterday"), Qt::CaseInsensitive) == 0)
    return dayStart(dayStart(now, zone) - kHour, zone);
  const std::string utf8 = words.toStdString();
  if (const std::optional<IsoTime> iso = parseIsoTime(utf8))
    return iso->zoned ? iso->time_us : civilToUtc(iso->time_us, zone);
  if (const std::optional<TimeUs> clock = parseClock(words, now, zone))
    return clock;
  return parseTimeExpression(words.toLower().remove(QLatin1Char(' ')).toStdString(), now);
}

TimeUs dayStart(TimeUs time, const QTimeZone &zone) {
  return fromDateTime(inZone(time, zone).date().startOfDay(zone));
}

TimeUs weekStart(TimeUs time, const QTimeZone &zone) {
  const QDate date = inZone(time, zone).date();
  return fromDateTime(date.addDays(1 - date.dayOfWeek()).startOfDay(zone));
}

} // namespace meteorograph::ui
