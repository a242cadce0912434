// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/Field.h"
#include "core/source/Units.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// A place in a file's lines that holds a value: a column, or a member of JSON objects that are written
/// alike. Told of the record that ReadingBuilder has just finished.
struct PlanSlot {
  Field *field = nullptr; ///< none: the place stays empty
  std::string_view text;  ///< what it held in that record, and …
  bool absent = false;    ///< … that it was empty, or blank
  bool quoted = false;    ///< its text stands in quotes, which belong to it in rescued data
  bool number = false;    ///< its text is a number of JSON, which rescued data take as it is
  bool opens = false;     ///< its text may be JSON, which is then looked into
};

/// What ReadingBuilder does with records that differ in their values alone: which of their slots is the
/// time, the device, a quantity … It holds for as long as the values are what such values mostly are;
/// any record that has something else is left to the builder's usual way, which alone decides. A plain
/// value that points to nothing, made by ReadingBuilder::plan(). Slots are told by their number, −1: none.
struct ReadingPlan {
  struct Value {
    std::int32_t slot = -1;
    std::int32_t name = -1; ///< the builder's number for the quantity
    Unit::Kind unit = Unit::Kind::Unknown;
    std::vector<double> missing;
    bool operator==(const Value &) const = default;
  };
  struct Rescued {
    std::int32_t slot = -1; ///< −1: `text` in every record
    std::string key;        ///< with its quotes and its colon
    std::string text;
    bool quoted = false;
    bool number = false;
    bool opens = false;
    bool word = false; ///< where numbers are expected: only what begins like a word is certainly none
    bool operator==(const Rescued &) const = default;
  };

  /// `7:05:30.25`: certainly no date.
  static bool isPlainTimeOfDay(std::string_view text);

  std::int32_t event_time = -1; ///< −1: when we took it in
  std::int32_t event_date = -1; ///< the date, where event_time is but a time of day
  std::string time_format;      ///< of the event time, as a mapping gives it
  std::int32_t received_time = -1;
  std::int32_t device = -1; ///< −1: `device_name`
  std::int32_t message_id = -1;
  std::string device_name;
  std::vector<Value> values;
  std::vector<Rescued> rescued;
  bool by_column = true; ///< what is rescued goes by the order of columns
  struct Same {
    std::int32_t slot = -1;
    std::string text;
    bool operator==(const Same &) const = default;
  };
  std::vector<Same> same;           ///< slots whose text must be this: a unit
  std::vector<std::int32_t> empty;  ///< slots that must be, since what they mean is not known yet
  std::vector<std::int32_t> filled; ///< slots that must be, since others would count where they are not
  bool no_entity = false;           ///< the device must be no entity, whose name would be the quantity's
  std::size_t names = 0;            ///< so many quantities the file had

  /// Where the values go in the batch that is being filled, which is no part of what the plan says.
  struct Columns {
    std::vector<std::size_t> of; ///< the values
    std::uint64_t batch = 0;     ///< the builder's number for it
    bool operator==(const Columns &) const { return true; }
  } columns;
  bool operator==(const ReadingPlan &) const = default;
};

} // namespace meteorograph
