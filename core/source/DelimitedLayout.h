// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/DateOrder.h"
#include "core/source/FieldRoles.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Any number of blanks or tabs part the values.
inline constexpr char kBlanks = ' ';

/// A column's name as the file has it (in UTF-8), and what it means.
struct Column {
  /// What the values tell where no name does.
  enum class Told : std::uint8_t { Nothing, Time, Date };

  std::string name; ///< empty: a row number
  std::string unit; ///< from a line of units below the names
  Told told = Told::Nothing;
  FieldRole role = {};
};

/// How the lines of a delimited text are to be read. A plain value, decided by LayoutInference from the
/// file's beginning and then followed; toJson() and layoutFromJson() keep it with the checkpoint.
struct DelimitedLayout {
  char delimiter = ',';
  char decimal = '\0';              ///< '\0': no value has shown it yet
  std::string header;               ///< the names' line, trimmed; empty: there is none
  std::vector<std::string> repeats; ///< other lines before the data, trimmed, since they may come again
  std::vector<Column> columns;
  bool row_numbers = false;    ///< a row's first value is an unnamed row number, as R writes
  std::int64_t first_line = 1; ///< before this one there is no data
  int skip_lines = 0;          ///< before the header, or the data where there is none
  bool header_in_comment = false;
  bool day_numbers = false; ///< dates are written in eight digits
  std::string zone;         ///< as the header states it
  std::string device;       ///< the same
};

/// Gives the columns their roles, and the layout the zone and device that their names state.
void giveRoles(DelimitedLayout &layout, const FieldRoles &roles);

/// Takes the names of another header (its values, in UTF-8) into a layout; what changed, for people:
/// "columns changed: + pm25, − light". Empty where the columns are the same.
std::string changeColumns(DelimitedLayout &layout, const std::vector<std::string> &names,
                          const FieldRoles &roles);

/// The decimal sign that a row's quantities show; '\0' where none does. Where it shows both, the one that
/// is not the delimiter counts.
char decimalIn(const DelimitedLayout &layout, const std::vector<std::string_view> &row);

/// Whether these are the names of columns, one of which means a time.
bool areNames(const std::vector<std::string> &values, const FieldRoles &roles);

/// One of the names means a time.
bool meanTime(const std::vector<std::string> &names, const FieldRoles &roles);

/// Which order of day and month the header and the delimiters suggest.
DateOrder hintedOrder(const DelimitedLayout &layout);

/// "CSV, separated by ';', decimal comma, 15 columns".
std::string describe(const DelimitedLayout &layout);

nlohmann::json toJson(const DelimitedLayout &layout);
/// Without roles. Throws nlohmann::json::exception when it is none of ours.
DelimitedLayout layoutFromJson(const nlohmann::json &json);

} // namespace meteorograph
