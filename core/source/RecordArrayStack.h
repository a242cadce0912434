// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/ReadingBuilder.h"
#include "core/source/RecordArray.h"

#include <deque>
#include <map>

namespace meteorograph {

/// Where reading is in objects that hold arrays of records: in which arrays, what the objects around
/// them say of every record, and how much of such an object is left behind its array. One a parser, on
/// its thread; all of it is in the parser's state.
class RecordArrayStack {
public:
  explicit RecordArrayStack(const FieldRoles &roles) : m_roles(roles) {}

  bool empty() const { return m_frames.empty(); }
  /// Behind an array: only the rest of its object is to come, which skipRest() takes.
  bool inRest() const { return !m_rest.empty(); }

  /// Behind the bracket of an array of records; `line`: on which its object begins.
  void enter(RecordArray array, std::int64_t line);
  /// For finding further arrays.
  RecordArrayFinder::Around around() const;
  /// A bracket or a comma between records.
  void punctuation(char c);
  /// At an object's `{`: without a comma behind the record before, what is open was cut off.
  void atObject();
  /// The object is a record, or its array has been entered.
  void tookObject() { m_comma = false; }
  /// Behind something that is not JSON, on `line` and maybe up to its end: an object that began on that
  /// line ended with it.
  void behindBad(std::int64_t line, bool to_line_end);

  struct Skipped {
    std::size_t bytes = 0;
    std::int64_t lines = 0;
    std::int64_t left_out = -1; ///< on this of the lines begins another array of objects, which nobody reads
  };
  /// Of an object whose array has ended.
  Skipped skipRest(std::string_view text);

  /// The times and devices of the objects around, as far as the record has none of its own.
  void addOuter(ReadingBuilder &builder, bool has_time, bool has_device);
  /// The fields of the objects around that apply to every record.
  std::vector<const Field *> outerFields() const;
  /// What the objects around say that keys of the record mean.
  const std::map<std::string, std::string> &meanings() const { return m_meanings; }

  nlohmann::json save() const;
  void restore(const nlohmann::json &state);

private:
  struct OuterField {
    Field field;
    std::string text;
    FieldValue::Kind kind;
  };
  struct Frame {
    RecordArray array;
    int brackets = 0; ///< arrays in the array that are open
    std::deque<OuterField> fields;
    std::map<std::string, std::string> meanings;
  };

  void push(RecordArray array);
  void clear();
  void useMeanings();

  const FieldRoles &m_roles;
  std::deque<Frame> m_frames; ///< outermost first
  std::int64_t m_line = 0;    ///< on which the outermost object begins
  bool m_comma = true;        ///< a record may come
  std::string m_rest;         ///< the open brackets behind an array; empty: not there
  bool m_quoted = false;      ///< … in a text
  bool m_escape = false;      ///< … behind its backslash
  char m_before = ']';        ///< … the last character that was no blank
  bool m_leftOut = false;     ///< … another array came: it is told once
  std::map<std::string, std::string> m_meanings;
};

} // namespace meteorograph
