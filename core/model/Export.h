// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/model/Time.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace meteorograph {

enum class Layer { Bronze, Silver, Gold };

/// Which rows to read from a layer. Empty lists mean all; absent ends mean open.
struct ExportRequest {
  Layer layer = Layer::Silver;
  std::vector<DeviceId> devices;
  std::vector<QuantityId> quantities;
  std::optional<TimeUs> from_us; ///< inclusive
  std::optional<TimeUs> to_us;   ///< exclusive
  TimeUs window_us = kSecond;    ///< silver only: 1 s, 10 s, 60 s, 600 s or 3600 s
};

/// Rows as they are handed out, ordered by device name, time, quantity name. Views are valid only
/// during the call.
struct BronzeRow {
  TimeUs event_time_us = 0;
  std::string_view device;
  std::span<const double> values; ///< one a requested quantity, in their order; NaN = absent
  std::string_view file;
  std::int64_t line = 0;
};

struct SilverRow {
  TimeUs start_us = 0;
  std::string_view device;
  std::string_view quantity;
  std::int64_t count = 0;
  double mean = 0;
  double min = 0;
  double max = 0;
};

struct GoldRow {
  TimeUs start_us = 0;
  std::string_view device;
  std::string_view quantity;
  double mean = 0;
  double ma_8 = 0;
  double ma_15s = 0;
  double ma_60s = 0;
};

} // namespace meteorograph
