// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/CommandSupport.h"
#include "ui/charts/ChartScene.h"

#include <QSize>

namespace meteorograph {

/// Reads from the store what a picture of that size shows. Without a range: all data; unless
/// quantities were chosen: temperature, humidity and pressure, or, in a store that has none of them,
/// its first three. Fails with Unreadable when the store holds no reading. Needs a QGuiApplication.
Result<ui::ChartScene> readScene(StoreReader &reader, const Selection &selection, bool quantitiesChosen,
                                 bool dark, QSize size);

} // namespace meteorograph
