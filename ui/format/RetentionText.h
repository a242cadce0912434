// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Retention.h"

#include <QString>

/// What retention is and does, for people.
namespace meteorograph::ui {

QString layerTitle(StoreLayer layer);                ///< "Bronze"
QString forecastText(const RetentionStatus &status); ///< "full in about 41 days"
QString keptText(const RetentionSettings &settings); ///< "bronze 30d · silver all · rollups all"
QString growthText(const RetentionStatus &status, double bytesPerDay); ///< "+30 MB a day", "—"
/// What would be given up: "about 35 MB: 528,742 readings, 416,689 windows"; empty: nothing.
QString doomedText(const RetentionStatus &status);

} // namespace meteorograph::ui
