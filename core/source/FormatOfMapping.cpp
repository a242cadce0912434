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

Inference startOfInference(const RecordParser &parser, const Mapping &mapping, Mapping::Format format) {
  Inference inference;
  inference.format = parser.description();
  inference.mapping.name = mapping.name;
  inference.mapping.format = format;
  inference.mapping.records = mapping.records;
  inference.mapping.zone = mapping.zone;
  inference.mapping.ignore = mapping.ignore;
  inference.mapping.missing = mapping.missing;
  return inference;
}

Recognition recogniseFormat(std::string_view head, bool final, const Mapping &mapping) {
  const Mapping::Format format = formatOf(mapping);
  if (head.empty())
    return {};
  if (format == Mapping::Format::Json)
    return {Recognition::Kind::Json, {}};
  if (format == Mapping::Format::Delimited)
    return {Recognition::Kind::Delimited, {}};
  if (format == Mapping::Format::LineProtocol)
    return {Recognition::Kind::LineProtocol, {}};
  if (format == Mapping::Format::TopicPayload)
    return {Recognition::Kind::TopicPayload, {}};
  return recogniseFormat(head, final);
}

} // namespace meteorograph
