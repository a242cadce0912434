// SPDX-License-Identifier: GPL-3.0-or-later
// The part of DelimitedParser that tells how the file was understood.
#include "core/source/DelimitedParser.h"

#include <algorithm>

namespace meteorograph {

namespace {

constexpr const char *kOpenOrder = "day or month first? The dates can be both; a mapping must say";

std::string_view nameOf(DateOrder order) {
  return order == DateOrder::DayFirst ? "day_first" : order == DateOrder::MonthFirst ? "month_first" : "";
}

} // namespace

Inference DelimitedParser::inference() const {
  Inference inference;
  inference.format = description();
  if (!m_hasLayout)
    return inference;
  const Mapping &said = m_builder.roles().mapping();
  Mapping &mapping = inference.mapping;
  mapping.name = said.name;
  mapping.format = Mapping::Format::Delimited;
  mapping.delimiter = m_layout.delimiter;
  mapping.decimal = m_layout.decimal == '\0' ? '.' : m_layout.decimal;
  mapping.header = !m_layout.header.empty();
  mapping.skip_lines = m_layout.skip_lines;
  mapping.comment = said.comment;
  mapping.ignore = said.ignore;
  mapping.missing = said.missing;
  mapping.zone = m_builder.times().zone().empty() ? "UTC" : m_builder.times().zone();
  std::vector<const Field *> fields;
  for (std::size_t i = 0; i < m_layout.columns.size(); ++i)
    fields.push_back(&m_fields[i]);
  m_builder.describe(fields, inference);
  if (!mapping.device && !m_layout.device.empty())
    mapping.device = Mapping::DeviceRule{{}, {}, m_layout.device};
  describeDates(inference);
  return inference;
}

/// Dates that can be read in two ways are read in the one that the whole file said.
void DelimitedParser::describeDates(Inference &inference) const {
  if (!m_builder.times().dates().any())
    return;
  for (Mapping::TimePart &part : inference.mapping.time) {
    if (!part.format.empty())
      continue;
    part.format = nameOf(m_builder.times().dateOrder());
    const auto report = std::find_if(inference.fields.begin(), inference.fields.end(),
                                     [&part](const FieldReport &field) { return field.field == part.field; });
    if (part.format.empty() && report != inference.fields.end())
      report->remark = kOpenOrder;
  }
}

} // namespace meteorograph
