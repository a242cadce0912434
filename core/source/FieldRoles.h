// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Mapping.h"
#include "core/source/Units.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

enum class Role : std::uint8_t {
  Envelope, ///< the transport's metadata: to be found again by provenance, never rescued
  Time,
  Device,
  MessageId,
  Quantity,
  QuantityName, ///< names the quantity whose value the record's Value field holds
  Value,        ///< … that value
  UnitText,     ///< states the unit of other fields
  Attribute,    ///< identifies or describes, measures nothing: rescued
  Ignored       ///< its user does not want it: neither read nor rescued
};

/// Which clock a time comes from, best first: the event time is the first that a record has.
enum class TimeSource : std::uint8_t {
  Payload,
  Date, ///< a date of its own, to which a payload's time of day may belong
  Enqueued,
  Hub,
  Processed
};
inline constexpr std::size_t kTimeSources = 5;

/// Which of the instrument's three quantities a field is.
enum class Canonical : std::int8_t { None = -1, Temperature, Humidity, Pressure };
inline constexpr std::size_t kCanonicals = 3;

/// What a field is, told by its name alone.
struct FieldRole {
  Role role = Role::Attribute;
  int rank = 0; ///< among a record's fields of the same role (and clock) the smallest wins
  bool envelope = false;
  TimeSource time = TimeSource::Payload;
  Canonical canonical = Canonical::None;
  bool exact = false;   ///< named just as the quantity itself
  std::string name;     ///< as a quantity: "temperature", or the same as own_name
  std::string own_name; ///< snake_case of the whole path, for when another field has the name
  Unit unit;            ///< as the name states it; Unknown otherwise

  std::string device;          ///< whose quantity, in a record of several devices; empty: the record's
  std::vector<double> missing; ///< values that mean none
  int part = -1;               ///< Time: which of the mapping's parts; −1: not from a mapping
  bool mapped = false;         ///< its user said so: wins over whatever is inferred
};

/// `path`: the keys from the outermost object to the field, in UTF-8; of a table just the column's
/// name, which is empty for an unnamed column.
FieldRole roleOfField(std::span<const std::string_view> path);

/// The roles of a file's fields: what its mapping says, else what their names tell.
class FieldRoles {
public:
  explicit FieldRoles(Mapping mapping) : m_mapping(std::move(mapping)) {}
  /// `column`: its number from 1 in a table, 0 elsewhere. `path` as for roleOfField().
  FieldRole of(std::span<const std::string_view> path, int column = 0) const;
  const Mapping &mapping() const { return m_mapping; }

private:
  Mapping m_mapping;
};

std::string_view nameOf(Canonical quantity);
std::string_view unitOf(Canonical quantity);

} // namespace meteorograph
