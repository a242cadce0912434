// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// A line of InfluxDB's line protocol, taken apart: `weather,location=us-midwest temperature=82i
/// 1465839830100400200`. The views hold until the next split(), as long as the line does.
class LineProtocolLine {
public:
  enum class Type { Number, Bool, Text };
  struct Tag {
    std::string_view key;
    std::string_view value;
  };
  struct Value {
    std::string_view key;
    std::string_view value; ///< a number without its `i` or `u`, a text without quotes and escapes
    Type type = Type::Number;
  };

  /// False where the line is none. Blank lines and comments are not lines for it.
  bool split(std::string_view line);

  std::string_view measurement;
  std::vector<Tag> tags;
  std::vector<Value> values;
  std::string_view time; ///< digits; empty where the line has none

private:
  bool word(std::string_view &line, std::string_view &word, std::string_view ends);
  bool value(std::string_view &line, Value &value);
  bool text(std::string_view &line, Value &value);
  std::string_view unescaped(std::string_view raw, std::string_view escapable);

  std::deque<std::string> m_scratch; ///< words that had escapes
  std::size_t m_scratchUsed = 0;
};

/// Whether a line may be one, told strictly: what a table or a log has in its lines is none.
bool looksLikeLineProtocol(std::string_view line);

} // namespace meteorograph
