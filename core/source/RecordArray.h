// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonFields.h"
#include "core/source/JsonScanner.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// An object that is no record but holds an array of records: `{"channel":{…},"feeds":[{…},{…}]}`.
struct RecordArray {
  std::string outer; ///< its members before the array, as an object of its own
  std::string path;  ///< the array's keys, joined by points
  int open = 1;      ///< so many objects end behind the array
};

/// Finds out whether an object holds its records in an array. One a parser, on its thread.
///
/// The first object in an array that is whole and looks like a record decides (of each array only the
/// first few are asked): with a time and a value
/// of its own, or without a time where the object around it has one and it has a device of its own or
/// one of the three quantities. Not where the object around it is a record itself. So the answer
/// depends only on the bytes up to that object's end, and is known while the array still grows.
class RecordArrayFinder {
public:
  explicit RecordArrayFinder(const FieldRoles &roles)
      : m_roles(roles), m_fields(roles), m_outerFields(roles) {}

  /// The outermost array around the first record, and the place behind its bracket.
  struct Found {
    RecordArray array;
    std::size_t first = 0;
  };
  /// What is known of the arrays that the object itself is in.
  struct Around {
    std::string path;
    bool time = false; ///< one of the objects around them has one
  };
  /// `text` starts with `{`, is whole or not, and kChunkPadding bytes behind it are readable.
  std::optional<Found> find(std::string_view text, const Around &around);

private:
  struct Level {
    bool object;
    std::size_t begin;      ///< of its bracket
    std::size_t key_at = 0; ///< of an object's last key
    std::string_view key{};
    int asked = 0; ///< so many of an array's objects have been looked at
  };
  struct Walk;

  bool isRecord(const Walk &walk, std::string_view element, const Around &around);
  bool holdsRecord(std::string_view element, const std::vector<RecordArray> &arrays, bool time);
  unsigned traits(std::string_view object, JsonFields &fields);

  const FieldRoles &m_roles;
  JsonFields m_fields;
  JsonFields m_outerFields;
  JsonScanner m_scanner;
};

nlohmann::json toJson(const RecordArray &array);
RecordArray recordArrayFromJson(const nlohmann::json &json);

} // namespace meteorograph
