// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TextTable.h"

#include "app/CommandSupport.h"

#include <algorithm>

namespace meteorograph {

namespace {

constexpr std::string_view kBetween = "  ";

/// Characters, not bytes, so that "°C" is two wide.
std::size_t widthOf(const std::string &cell) {
  return static_cast<std::size_t>(
      std::count_if(cell.begin(), cell.end(), [](char byte) { return (byte & 0xc0) != 0x80; }));
}

} // namespace

TextTable::TextTable(std::vector<std::string> head, std::string_view alignment) : m_alignment(alignment) {
  add(std::move(head));
}

void TextTable::add(std::vector<std::string> cells) {
  std::transform(cells.begin(), cells.end(), cells.begin(), printable);
  m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths(m_alignment.size(), 0);
  for (const auto &row : m_rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], widthOf(row[i]));
  std::string text;
  for (const auto &row : m_rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - widthOf(row[i]), ' ');
      line += i == 0 ? "" : kBetween;
      line += m_alignment[i] == 'r' ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

} // namespace meteorograph
