// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonScanner.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// How a file writes its JSON objects: their text but for the numbers and the texts that are members'
/// values. Another object of the same shape is read by comparing what stands between the values, and
/// what stands in their place is read by JSON's grammar: such an object is right, and has the same
/// members. Words, and arrays as a whole, belong to the shape. A plain value.
class JsonShape {
public:
  /// Of an object that JsonScanner has found complete, in valid UTF-8; its members in their order.
  JsonShape(std::string_view text, std::span<const JsonField> members);

  /// The members that are values, by their index among all.
  std::span<const std::size_t> members() const { return m_members; }
  /// Reads the values of the object at the text's start, as JsonField has them but free of escapes; one
  /// for each of members(). Returns the object's size; 0: it is of another shape, or not all there.
  /// kChunkPadding bytes behind the text are readable.
  std::size_t read(std::string_view text, std::string_view *values) const;
  bool operator==(const JsonShape &) const = default;

private:
  enum class Kind : std::uint8_t { Number, Text, End };
  struct Piece {
    std::size_t size; ///< of what stands before the value
    Kind kind;        ///< of the value
    bool operator==(const Piece &) const = default;
  };
  std::string m_text; ///< what stands between the values
  std::vector<Piece> m_pieces;
  std::vector<std::size_t> m_members;
};

} // namespace meteorograph
