// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Overview.h"
#include "core/store/Database.h"
#include "core/store/Levels.h"

#include <array>
#include <optional>
#include <vector>

namespace meteorograph {

/// What devices said last of each quantity, as far back as the last 16 days with readings of a
/// device. Looks at some dozen rows however old the value and however large the store. Belongs to
/// the thread of its Database.
class LatestValues {
public:
  /// `quantities` must outlive it.
  LatestValues(Database &database, const std::vector<Quantity> &quantities)
      : m_database(database), m_quantities(quantities) {}
  std::vector<LatestValue> of(DeviceId device);

private:
  struct Mean {
    TimeUs start_us;
    double value;
  };
  using Means = std::vector<std::vector<Mean>>; ///< a list a quantity, newest first

  Statement &windows(std::size_t level);
  void readLast(DeviceId device, Means &means);
  void readOlder(DeviceId device, std::size_t quantity, std::vector<Mean> &means);
  std::optional<std::int64_t> newest(DeviceId device, std::size_t quantity);

  Database &m_database;
  const std::vector<Quantity> &m_quantities;
  std::array<Statement, kLevels.size()> m_windows; ///< prepared when first needed
};

} // namespace meteorograph
