// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Aligns rows of text in columns for a terminal, which no cell can disturb.
class TextTable {
public:
  /// `alignment`: an `l` or `r` for each column.
  TextTable(std::vector<std::string> head, std::string_view alignment);

  /// As many cells as the head has.
  void add(std::vector<std::string> cells);
  std::string text() const;

private:
  std::vector<std::vector<std::string>> m_rows;
  std::string m_alignment;
};

} // namespace meteorograph
