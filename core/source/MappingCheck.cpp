// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/MappingCheck.h"

#include "core/source/TimeReader.h"

namespace meteorograph {

Result<void> checkMapping(const Mapping &mapping) {
  if (!mapping.zone.empty() && !isKnownZone(mapping.zone))
    return fail(ErrorCode::Usage, "the mapping's \"zone\" " + mapping.zone +
                                      " is not known; it must be a name such as Europe/Berlin, UTC, or an "
                                      "offset such as +05:30");
  for (const Mapping::TimePart &part : mapping.time)
    if (!isKnownTimeFormat(part.format))
      return fail(ErrorCode::Usage, "the mapping's \"time.format\" " + part.format + " is not known");
  return {};
}

} // namespace meteorograph
