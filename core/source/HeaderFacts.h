// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/DateOrder.h"

#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

// What headers and title lines say besides the names of columns.

/// `Date Time, GMT-05:00`, `Time (UTC+2)`, `timestamp_utc`, `Time [Europe/Berlin]`.
struct NamedZone {
  std::string zone; ///< as isKnownZone() knows it
  std::string rest; ///< the name without it
};
std::optional<NamedZone> zoneOfName(std::string_view name);

/// A HOBO logger's serial number: `Temp, °C (LGR S/N: 10689813, SEN S/N: …)`; else empty.
std::string loggerOfName(std::string_view name);

/// `Time (dd/mm/yyyy)` says in its brackets how its dates are written.
DateOrder orderOfName(std::string_view name);

/// A name without such remarks: `Temp, °C`.
std::string withoutRemarks(std::string_view name);

/// A name in another language than English, as far as its letters or a few common words tell.
bool isForeignName(std::string_view name);

/// A title line that tells the zone or the device of the whole file: `Time zone: UTC+2`,
/// `Serial number;1234`. Nothing for other lines.
struct TitleFact {
  enum class Kind { Zone, Device } kind;
  std::string value;
};
std::optional<TitleFact> factOfTitle(std::string_view line);

} // namespace meteorograph
