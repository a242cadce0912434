// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/RecordParser.h"

namespace meteorograph {

namespace {

/// The format that a mapping states, or that only makes sense of what it states.
Mapping::Format formatOf(const Mapping &mapping) {
  if (mapping.format != Mapping::Format::Inferred)
    return mapping.format;
  if (!mapping.records.empty())
    return Mapping::Format::Json;
  return mapping.delimiter != '\0' ? Mapping::Format::Delimited : Mapping::Format::Inferred;
}

} // namespace

Recognition recogniseFormat(std::string_view head, bool final, const Mapping &mapping) {
  const Mapping::Format format = formatOf(mapping);
  if (head.empty())
    return {};
  if (format == Mapping::Format::Json)
    return {Recognition::Kind::Json, {}};
  if (format == Mapping::Format::Delimited)
    return {Recognition::Kind::Delimited, {}};
  return recogniseFormat(head, final);
}

} // namespace meteorograph
