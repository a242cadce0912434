// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace meteorograph {

namespace json {
struct Cursor;
}

enum class JsonType : std::uint8_t { Object, Array, String, Number, Bool, Null };

/// A member of an object, or of an object in it.
struct JsonField {
  std::string_view key;     ///< as it stands between its quotes, escapes and all
  std::string_view value;   ///< a string's without its quotes, escapes and all; else the whole value
  std::int32_t parent = -1; ///< index of the object's own field; −1: the record itself
  JsonType type = JsonType::Null;
  bool key_escaped = false;
  bool value_escaped = false;
};

/// What the scanner says of the text from a record's `{` on.
struct JsonExtent {
  enum class Status : std::uint8_t { Complete, Incomplete, Error };
  Status status = Status::Incomplete;
  std::size_t end = 0;       ///< Complete: behind the last `}`. Error: the first byte that cannot be.
  std::int64_t newlines = 0; ///< up to `end`
  bool ascii = true;         ///< certainly no byte above 127 up to `end`
  int depth = 0;             ///< levels of objects and arrays, the record's own included
  bool listed = false;       ///< an object stands in an array, up to `end`
};

/// Deeper records are quarantined. No sensor nests so deep.
inline constexpr int kMaxJsonDepth = 64;
/// Up to this depth the end of a too deep record is found; the next level is a syntax error. Reading
/// resumes at an object that an unfinished one holds, so the depth bounds how often a byte is scanned.
inline constexpr std::size_t kMaxScannedDepth = 256;

/// Reads one JSON object, strictly by RFC 8259 (but for UTF-8, which the caller checks when a byte is
/// not ASCII), in one pass, and tells what is in it. What it says of a complete object does not depend
/// on what follows. Linear in the text.
class JsonScanner {
public:
  /// `text` starts with `{`; kChunkPadding bytes behind it are readable.
  JsonExtent scan(std::string_view text);
  /// Of the last complete object, in its order: every member outside of arrays down to kMaxJsonDepth.
  std::span<const JsonField> fields() const { return {m_fields.data(), m_count}; }

private:
  enum class Step : std::uint8_t { Go, Incomplete, Error, Done };

  Step member(json::Cursor &at);
  Step value(json::Cursor &at, JsonField &field);
  Step open(json::Cursor &at, bool object, std::int32_t field);
  Step next(json::Cursor &at);
  void close(const char *end);
  JsonField &addField();

  struct Level {
    std::int32_t field; ///< of the object or array; −1: the record itself, or inside of an array
    bool object;
  };
  std::vector<Level> m_levels;
  std::vector<JsonField> m_fields; ///< the first m_count are the record's; the others wait
  std::size_t m_count = 0;
  JsonField m_unkept; ///< takes what is no field
  int m_depth = 0;
  int m_arrays = 0; ///< open arrays: what is in them is no field
  bool m_listed = false;
};

/// A value at the top level that is no object: number, string, null, true, false. Status and end as
/// above; a number that touches the end of the text is Incomplete.
JsonExtent scanJsonScalar(std::string_view text);
/// The same with what it is; `value` needs no key.
JsonExtent scanJsonScalar(std::string_view text, JsonField &value);

/// The end of the braces that `text` opens with, strings taken into account, on its first line; npos
/// when there is none.
std::size_t balancedEnd(std::string_view text);

} // namespace meteorograph
