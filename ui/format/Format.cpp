// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format/Format.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace meteorograph::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Format", text); }

QString number(double value, int decimals) { return displayLocale().toString(value, 'f', decimals); }

/// One decimal, but none where it would be a zero: "1.5", "7".
QString shortNumber(double value) {
  const double rounded = std::round(value * 10) / 10;
  return number(rounded, rounded == std::floor(rounded) ? 0 : 1);
}

int decimalsFor(double value, std::string_view quantity) {
  if (quantity == kTemperature || quantity == kHumidity || quantity == kPressure)
    return 1;
  const double size = std::abs(value);
  if (size >= 1000 || value == std::floor(value))
    return 0;
  return size >= 100 ? 1 : size >= 1 ? 2 : 3;
}

struct UnitStep {
  TimeUs unit;
  const char *suffix;
};

} // namespace

const QLocale &displayLocale() {
  static const QLocale locale = [] {
    const QLocale system = QLocale::system();
    return system.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : system;
  }();
  return locale;
}

QString withMinus(QString number) { return number.replace(QLatin1Char('-'), QChar(0x2212)); }

QString formatCount(std::int64_t count) { return displayLocale().toString(qlonglong{count}); }

QString formatRowRate(double rowsPerSecond) {
  const int decimals = rowsPerSecond > 0 && rowsPerSecond < 10 ? 1 : 0;
  return tr("%1 rows/s").arg(number(rowsPerSecond, decimals));
}

QString formatBytes(std::int64_t bytes) {
  static constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB", "PB"};
  double amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (std::abs(amount) >= 999.5 && unit + 1 < kUnits.size()) {
    amount /= 1000;
    ++unit;
  }
  const int decimals = unit > 0 && std::abs(amount) < 9.95 ? 1 : 0;
  return number(amount, decimals) + QChar(0xa0) + QLatin1String(kUnits[unit]);
}

QString formatMilliseconds(double milliseconds) {
  return tr("%1 ms").arg(number(milliseconds, milliseconds < 100 ? 1 : 0));
}

QString formatAge(TimeUs age) {
  if (age < 0)
    return tr("now");
  const auto whole = [age](TimeUs unit) { return number(static_cast<double>(age / unit), 0); };
  if (age < 10 * kSecond)
    return tr("%1 s").arg(number(std::floor(static_cast<double>(age) / 1e5) / 10, 1));
  if (age < 2 * kMinute)
    return tr("%1 s").arg(whole(kSecond));
  if (age < 2 * kHour)
    return tr("%1 min").arg(whole(kMinute));
  if (age < 2 * kDay)
    return tr("%1 h").arg(whole(kHour));
  if (age < 730 * kDay)
    return tr("%1 d").arg(whole(kDay));
  return tr("%1 y").arg(number(static_cast<double>(age / kDay) / 365.25, 0));
}

QString formatSpan(TimeUs span) {
  const double seconds = static_cast<double>(span) / 1e6;
  if (span < kSecond)
    return tr("%1 ms").arg(shortNumber(seconds * 1000));
  if (span < 2 * kMinute && span % kMinute != 0)
    return tr("%1 s").arg(shortNumber(seconds));
  if (span <= kMinute)
    return tr("%1 s").arg(shortNumber(seconds));
  if (span < kHour)
    return tr("%1 min").arg(shortNumber(seconds / 60));
  if (span <= 2 * kDay && span != 2 * kDay)
    return tr("%1 h").arg(shortNumber(seconds / 3600));
  if (span < 365 * kDay)
    return tr("%1 d").arg(shortNumber(seconds / 86400));
  return tr("%1 y").arg(shortNumber(seconds / 86400 / 365));
}

QString formatSpanShort(TimeUs span) {
  const auto text = [span](TimeUs unit) {
    return shortNumber(static_cast<double>(span) / static_cast<double>(unit));
  };
  if (span < kMinute)
    return tr("%1 s").arg(text(kSecond));
  if (span < kHour)
    return tr("%1 m").arg(text(kMinute));
  if (span <= kDay)
    return tr("%1 h").arg(text(kHour));
  if (span < 365 * kDay)
    return tr("%1 d").arg(text(kDay));
  return tr("%1 y").arg(text(365 * kDay));
}

QString formatValue(double value, std::string_view quantity) {
  if (!std::isfinite(value))
    return QStringLiteral("—");
  QLocale locale = displayLocale();
  locale.setNumberOptions(locale.numberOptions() | QLocale::OmitGroupSeparator);
  const int decimals = decimalsFor(value, quantity);
  const double scale = std::pow(10, decimals);
  const double rounded = std::round(value * scale) / scale;
  return withMinus(locale.toString(rounded == 0 ? 0.0 : rounded, 'f', decimals)); // never "-0.0"
}

QString formatWithUnit(double value, const Quantity &quantity) {
  const QString text = formatValue(value, quantity.name);
  return quantity.unit.empty() ? text : text + QChar(0xa0) + QString::fromStdString(quantity.unit);
}

QString formatTrend(double difference, std::string_view quantity) {
  const QString text = formatValue(std::abs(difference), quantity);
  const bool level = text == formatValue(0, quantity);
  const QString sign = level            ? QStringLiteral("▬")
                       : difference > 0 ? QStringLiteral("▲")
                                        : QStringLiteral("▼");
  return sign + QLatin1Char(' ') + text;
}

QString quantityTitle(std::string_view name) {
  struct Known {
    std::string_view name;
    const char *title;
  };
  static constexpr std::array kKnown = {
      Known{"temperature", QT_TRANSLATE_NOOP("Format", "Temperature")},
      Known{"humidity", QT_TRANSLATE_NOOP("Format", "Humidity")},
      Known{"pressure", QT_TRANSLATE_NOOP("Format", "Pressure")},
      Known{"co2", QT_TRANSLATE_NOOP("Format", "CO₂")},
      Known{"co", QT_TRANSLATE_NOOP("Format", "CO")},
      Known{"no2", QT_TRANSLATE_NOOP("Format", "NO₂")},
      Known{"o3", QT_TRANSLATE_NOOP("Format", "O₃")},
      Known{"pm2_5", QT_TRANSLATE_NOOP("Format", "PM2.5")},
      Known{"pm25", QT_TRANSLATE_NOOP("Format", "PM2.5")},
      Known{"pm10", QT_TRANSLATE_NOOP("Format", "PM10")},
      Known{"voc", QT_TRANSLATE_NOOP("Format", "VOC")},
  };
  for (const Known &known : kKnown)
    if (known.name == name)
      return tr(known.title);
  QString title = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
  title.replace(QLatin1Char('_'), QLatin1Char(' '));
  if (!title.isEmpty())
    title[0] = title[0].toUpper();
  return title;
}

} // namespace meteorograph::ui
