// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/store/Database.h"

#include <string>
#include <vector>

namespace meteorograph {

/// Values in a page of an export: enough for speed, few enough for little memory and a short
/// transaction.
inline constexpr std::size_t kPageValues = 300'000;

/// A device's windows of one level, page after page by their start. No transaction is open between
/// two pages, however long their reader takes. Belongs to the thread of its Database.
class WindowPages {
public:
  struct Window {
    std::size_t quantity; ///< index into the quantities
    std::int64_t start_s;
    std::int64_t count;
    double sum;
    double min;
    double max;
    double mean() const { return sum / static_cast<double>(count); }
  };

  /// Windows that start in [from_s, to_s).
  WindowPages(Database &database, const char *table, const std::vector<Quantity> &quantities, DeviceId device,
              std::int64_t from_s, std::int64_t to_s);
  /// Reads the next page; false behind the last one and on an error.
  bool next();
  bool failed() const { return m_failed; }
  /// Those that hold a quantity, by start, then in the order of the quantities.
  const std::vector<Window> &windows() const { return m_windows; }

private:
  Statement m_rows;
  std::size_t m_quantities;
  std::int64_t m_limit; ///< rows
  std::int64_t m_from_s;
  bool m_last = false;
  bool m_failed = false;
  std::vector<Window> m_windows;
};

} // namespace meteorograph
