// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ChartRequest.h"

namespace meteorograph {

// What the options of `chart` say. Each fails with Usage, naming the option and what it would take.

/// "1600x1000".
Result<QSize> parseSize(const std::string &text);
/// As ui::ViewState has it; a bare offset, +02:00, is one from UTC.
Result<QString> parseZone(const std::string &text);
/// "automatic", "15s", "8w".
Result<AverageSpan> parseAverage(const std::string &text);
/// "all", "none" or names of ui::markTable() with commas between them.
Result<ui::ChartMarks> parseMarks(const std::string &text);
/// "[QUANTITY=]automatic", "[QUANTITY=]robust" or "[QUANTITY=]LOW:HIGH". Whether there is such a
/// quantity only a store knows.
Result<AxisWish> parseAxis(const std::string &text);

} // namespace meteorograph
