// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Quantity.h"

namespace meteorograph {

QuantityLimits defaultLimits(std::string_view quantity) {
  QuantityLimits limits;
  const auto between = [&limits](double low, double high) {
    limits.low = low;
    limits.high = high;
  };
  if (quantity == kTemperature)
    between(-40, 85);
  else if (quantity == kHumidity)
    between(0, 100);
  else if (quantity == kPressure)
    between(300, 1100);
  return limits;
}

} // namespace meteorograph
