// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>

namespace meteorograph {

/// Which number of `03/04/2024` is the day.
enum class DateOrder : std::uint8_t { Undecided, DayFirst, MonthFirst };

/// What the dates of one file say of their order, taken in file order. A plain value. What decides, first
/// to last: a number above 12 (the first such date, for good); steps from one date to the next that are a
/// week at most in one order and longer in the other (the order with more of them); what else in the
/// file hints at one (`;` or a decimal comma: the day; AM, PM or °F: the month).
class DateEvidence {
public:
  /// The numbers as the file has them.
  void see(int first, int second, int year);
  void hint(DateOrder order);

  DateOrder decision() const;
  bool certain() const { return m_certain != DateOrder::Undecided; }
  bool any() const { return m_dates > 0; }
  std::int64_t dates() const { return m_dates; }

  nlohmann::json toJson() const;
  /// Throws nlohmann::json::exception when it is none of ours.
  static DateEvidence fromJson(const nlohmann::json &json);
  bool operator==(const DateEvidence &) const = default;

private:
  void step(int first, int second, int year);

  std::int64_t m_dates = 0;
  DateOrder m_certain = DateOrder::Undecided;
  std::int64_t m_daySteps = 0;
  std::int64_t m_monthSteps = 0;
  bool m_dayHint = false;
  bool m_monthHint = false;
  int m_last[3] = {}; ///< first, second and year of the date before
};

} // namespace meteorograph
