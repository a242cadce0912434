// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Cuts one line of a delimited text into its values. A value may stand in quotes, a doubled quote in
/// it is one. Blanks around a value do not count. Values are views into the line, or into the
/// splitter where quotes were doubled: good until the next split().
class DelimitedLine {
public:
  /// False when a quote is not closed on the line. The delimiter ' ' is any number of blanks or tabs.
  bool split(std::string_view line, char delimiter);
  const std::vector<std::string_view> &values() const { return m_values; }

  /// The same for a line at the text's start, if it has no quotes and just as many values as `values`.
  /// Returns its length without its newline; npos: any other line, or one without a newline. Not for the
  /// delimiter ' '. kChunkPadding bytes behind the text are readable.
  static std::size_t splitPlain(std::string_view text, char delimiter, std::span<std::string_view> values);

private:
  bool splitAtBlanks(std::string_view line);
  std::size_t quoted(std::string_view line, std::size_t open, char delimiter);
  std::string_view undoubled(std::string_view text);

  std::vector<std::string_view> m_values;
  std::deque<std::string> m_scratch;
  std::size_t m_scratchUsed = 0;
};

} // namespace meteorograph
