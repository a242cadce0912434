// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FieldRoles.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// A column's name as the file has it (in UTF-8), and what it means.
struct Column {
  std::string name;
  FieldRole role;
};

/// How the lines of a delimited text are to be read: decided once from its first two lines of
/// content, then followed. A plain value; toJson() and layoutFromJson() keep it with the checkpoint.
struct DelimitedLayout {
  char delimiter = ',';
  std::string header; ///< the header line itself, since it may come again; empty: there is none
  std::vector<Column> columns;
  /// Whether a row's first value is an unnamed row number, as R writes. Unknown until the first row.
  std::optional<bool> row_numbers;
};

/// A line that is no content: blank, or a comment.
bool isSkippedLine(std::string_view line);

/// The layout of a text whose first lines of content are these, without line ends. `second` is empty
/// when there is none yet and none will come.
DelimitedLayout inferLayout(std::string_view first, std::string_view second);

nlohmann::json toJson(const DelimitedLayout &layout);
/// Throws nlohmann::json::exception when it is none of ours.
DelimitedLayout layoutFromJson(const nlohmann::json &json);

} // namespace meteorograph
