// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format/RetentionText.h"

#include "ui/format/Format.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace meteorograph::ui {

namespace {
QString tr(const char *text) { return QCoreApplication::translate("Retention", text); }
} // namespace

QString layerTitle(StoreLayer layer) {
  switch (layer) {
  case StoreLayer::Bronze:
    return tr("Bronze");
  case StoreLayer::Silver:
    return tr("Silver");
  case StoreLayer::Rollups:
    break;
  }
  return tr("Rollups");
}

QString forecastText(const RetentionStatus &status) {
  switch (status.forecast) {
  case RetentionStatus::Forecast::Unknown:
    return tr("when it will be full is not known yet");
  case RetentionStatus::Forecast::NotWithinAYear:
    return tr("not full within a year");
  case RetentionStatus::Forecast::Days:
    break;
  }
  if (status.days_until_full < 1)
    return tr("full in less than a day");
  const auto days = static_cast<std::int64_t>(status.days_until_full);
  return days == 1 ? tr("full in about 1 day") : tr("full in about %1 days").arg(formatCount(days));
}

QString keptText(const RetentionSettings &settings) {
  if (settings.off())
    return tr("everything is kept");
  QStringList parts;
  for (const StoreLayer layer : kStoreLayers)
    if (const LayerLimits &limits = settings.of(layer); !limits.off())
      parts << layerTitle(layer).toLower() + QLatin1Char(' ') +
                   QString::fromStdString(toString(limits)).replace(QLatin1Char(','), QStringLiteral(", "));
  return parts.join(QStringLiteral(" · "));
}

QString growthText(const RetentionStatus &status, double bytesPerDay) {
  if (status.growth_span_us == 0)
    return QStringLiteral("—");
  const QString size = formatBytes(std::llround(std::abs(bytesPerDay)));
  return (bytesPerDay < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

QString doomedText(const RetentionStatus &status) {
  const LayerStatus &bronze = status.of(StoreLayer::Bronze);
  const LayerStatus &silver = status.of(StoreLayer::Silver);
  const LayerStatus &rollups = status.of(StoreLayer::Rollups);
  const std::int64_t windows = silver.doomed_rows + rollups.doomed_rows;
  if (bronze.doomed_rows + windows == 0)
    return {};
  return tr("about %1: %2 readings, %3 windows")
      .arg(formatBytes(bronze.doomed_bytes + silver.doomed_bytes + rollups.doomed_bytes),
           formatCount(bronze.doomed_rows), formatCount(windows));
}

} // namespace meteorograph::ui
