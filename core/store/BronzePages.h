// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/model/Time.h"
#include "core/store/Database.h"

#include <span>
#include <string>
#include <vector>

namespace meteorograph {

/// A device's readings, page after page by their time and then their id. Bronze has no index by
/// time: a page is a stretch of time that holds about as many readings as its runs promise, read as
/// the runs have them and sorted in memory. No transaction is open between two pages, however long
/// their reader takes. Belongs to the thread of its Database.
class BronzePages {
public:
  struct Reading {
    TimeUs time_us;
    std::int64_t id;
    std::int64_t file_id;
    std::int64_t line;
    std::size_t values; ///< where its values begin
  };

  /// Readings in [from_us, to_us).
  BronzePages(Database &database, const std::vector<Quantity> &quantities, DeviceId device, TimeUs from_us,
              TimeUs to_us);
  /// Reads the next page; false behind the last one and on an error. A page may be empty.
  bool next();
  bool failed() const { return m_failed; }
  const std::vector<Reading> &readings() const { return m_readings; }
  /// One a quantity, in their order; NaN = absent.
  std::span<const double> valuesOf(const Reading &reading) const {
    return {m_values.data() + reading.values, m_quantities};
  }

private:
  bool nextHours();
  bool readSlice();
  void sort();

  Statement m_runs;
  Statement m_rows;
  std::size_t m_quantities;
  std::size_t m_limit; ///< readings that a page should hold
  TimeUs m_from_us;
  TimeUs m_to_us;
  std::int64_t m_hour;         ///< behind the hours under way
  TimeUs m_next_us = 0;        ///< where the next page begins …
  TimeUs m_width_us = 0;       ///< … how long it is …
  TimeUs m_end_us = 0;         ///< … and where the hours under way end
  std::int64_t m_after_id = 0; ///< read so far of a moment that holds more readings than a page
  bool m_failed = false;
  std::vector<Reading> m_readings;
  std::vector<double> m_values;
};

} // namespace meteorograph
