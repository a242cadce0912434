// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"

#include <QString>
#include <QTimeZone>

namespace meteorograph::ui {

/// What keeps the engine from storing or reading, since when, and what can be done; empty: nothing.
QString faultText(const EngineStatus &status, const QTimeZone &zone);

} // namespace meteorograph::ui
