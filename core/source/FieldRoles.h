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
  QuantityName, ///< names the quantity whose value the record's Value field holds …
  Value,        ///< … that value; without the other it is a quantity like any
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

/// Parts of a time that a table may have in columns of their own: year, month, day, hour, minute and
/// second, as a mapping's format has them.
inline constexpr std::size_t kCalendarParts = 6;
inline constexpr std::string_view kCalendarFormats[kCalendarParts] = {"%Y", "%m", "%d", "%H", "%M", "%S"};

/// Which of the instrument's three quantities a field is.
enum class Canonical : std::int8_t { None = -1, Temperature, Humidity, Pressure };
inline constexpr std::size_t kCanonicals = 3;

/// What a field is: told by its name, by the fields beside it, or by its user's mapping.
struct FieldRole {
  Role role = Role::Attribute;
  int rank = 0; ///< among a record's fields of the same role (and clock, or quantity) the smallest wins
  bool envelope = false;
  TimeSource time = TimeSource::Payload;
  Canonical canonical = Canonical::None;
  std::string name;     ///< as a quantity: "temperature", or the same as own_name
  std::string own_name; ///< snake_case of the whole path, for when another field has the name
  Unit unit;            ///< as the name states it; Unknown otherwise

  /// What it is once its neighbours allow it: `temp_1` where there is a `temp_2` too, `T_out` where it
  /// is the only temperature. None: it is what it is.
  Canonical maybe = Canonical::None;
  /// Whose unit it shares where the record states one (a dew point that of temperatures); of a
  /// UnitText: whose it states, None for those beside it.
  Canonical like = Canonical::None;
  std::string number; ///< "1" of `temp_1` and of `room1.temperature`
  std::string family; ///< the same for all whose names differ in the number alone
  std::string scope;  ///< the path of the object it is in; empty at the top

  std::string device;          ///< whose quantity, in a record of several devices; empty: the record's
  bool numbered = false;       ///< its device is the record's with its number behind it
  std::vector<double> missing; ///< values that mean none
  std::vector<int> parts;      ///< Time: which of the mapping's parts
  int calendar = -1;           ///< Time: which of kCalendarParts
  bool names_device = false;   ///< Time: the mapping takes the device from it, too
  bool mapped = false;         ///< its user said so: wins over whatever is inferred
  int column = 0;              ///< from 1 in a table; −1: the quantity of a long file

  /// A device of its own, not the record's.
  bool apart() const { return numbered || !device.empty(); }
};

/// `path`: the keys from the outermost object to the field, in UTF-8; of a table just the column's
/// name, which is empty for an unnamed column. `column` as for FieldRoles::of().
FieldRole roleOfField(std::span<const std::string_view> path, int column = 0);

/// A column of a table by its name.
struct NamedRole {
  std::string_view name;
  FieldRole *role = nullptr;
};

/// The roles of a file's fields: what its mapping says, else what their names tell.
class FieldRoles {
public:
  explicit FieldRoles(Mapping mapping) : m_mapping(std::move(mapping)) {}
  /// `column`: its number from 1 in a table, 0 elsewhere. `path` as for roleOfField().
  FieldRole of(std::span<const std::string_view> path, int column = 0) const;
  /// For tables, once all columns have their roles: settles what only their neighbours tell, and makes
  /// the quantities' own names distinct.
  void arrange(std::span<const NamedRole> columns) const;
  const Mapping &mapping() const { return m_mapping; }
  /// The time is when we took the record in.
  bool timeIsArrival() const;

private:
  void keepBestMatches(std::span<const NamedRole> columns) const;

  Mapping m_mapping;
};

/// Makes a numbered field a quantity of the numbered device.
void makeNumbered(FieldRole &role);
/// Makes a field what it may be, since no other is.
void makeLone(FieldRole &role);
bool mayBeLone(const FieldRole &role);

/// The same for anything with names and roles.
template <class Columns> void arrangeColumns(const FieldRoles &roles, Columns &columns) {
  std::vector<NamedRole> named;
  for (auto &column : columns) {
    column.role.column = static_cast<int>(named.size()) + 1;
    named.push_back({column.name, &column.role});
  }
  roles.arrange(named);
}

std::string_view nameOf(Canonical quantity);
Canonical canonicalOf(std::string_view name); ///< of exactly that name
std::string_view unitOf(Canonical quantity);

} // namespace meteorograph
