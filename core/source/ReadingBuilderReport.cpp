// SPDX-License-Identifier: GPL-3.0-or-later
// How the fields were understood, for people.
#include "core/source/ReadingBuilder.h"

#include <algorithm>

namespace meteorograph {

namespace {

using Fields = std::span<const Field *const>;

FieldUse useOf(const Field &field) {
  switch (field.role.role) {
  case Role::Envelope:
    return FieldUse::Envelope;
  case Role::Time:
    return FieldUse::Time;
  case Role::Device:
    return FieldUse::Device;
  case Role::MessageId:
    return FieldUse::MessageId;
  case Role::QuantityName:
    return FieldUse::QuantityName;
  case Role::Value:
    return field.quantity >= 0 ? FieldUse::Quantity : FieldUse::Value;
  case Role::UnitText:
    return FieldUse::Unit;
  case Role::Ignored:
    return FieldUse::Ignored;
  case Role::Attribute:
    return FieldUse::Attribute;
  case Role::Quantity:
    break;
  }
  const bool only_text = field.record > 0 && field.quantity < 0 && field.own < 0;
  return only_text && !field.role.mapped && field.role.canonical == Canonical::None ? FieldUse::Attribute
                                                                                    : FieldUse::Quantity;
}

/// As a mapping names it.
std::string nameOf(const Field &field) {
  const std::string number = std::to_string(field.role.column);
  return field.label == "column_" + number ? number : field.label;
}

/// The fields of a role, seen ones before others, best first.
std::vector<const Field *> ranked(Fields fields, Role role) {
  std::vector<const Field *> found;
  std::copy_if(fields.begin(), fields.end(), std::back_inserter(found),
               [&](const Field *field) { return field->role.role == role; });
  std::stable_sort(found.begin(), found.end(), [](const Field *a, const Field *b) {
    return std::tuple(a->record == 0, a->role.time, a->role.rank) <
           std::tuple(b->record == 0, b->role.time, b->role.rank);
  });
  return found;
}

/// The columns that hold parts of the time, from the year on.
std::vector<const Field *> calendarOf(Fields fields) {
  std::vector<const Field *> found;
  for (int part = 0; part < static_cast<int>(kCalendarParts); ++part)
    for (const Field *field : fields)
      if (field->role.calendar == part)
        found.push_back(field);
  return found;
}

FieldReport *reportOn(Inference &inference, const Field &field) {
  for (FieldReport &report : inference.fields)
    if (report.field == nameOf(field))
      return &report;
  return nullptr;
}

Mapping::TimePart partOf(const Field &field) {
  const int part = field.role.calendar;
  return {nameOf(field), {}, part < 0 ? "" : std::string(kCalendarFormats[part])};
}

} // namespace

FieldReport ReadingBuilder::reportOf(const Field &field) const {
  const FieldRole &role = field.role;
  FieldReport report;
  report.field = nameOf(field);
  report.column = std::max(role.column, 0);
  report.use = useOf(field);
  if (report.use != FieldUse::Quantity)
    return report;
  report.quantity = field.quantity < 0 && field.own >= 0 ? role.own_name : role.name;
  report.device = role.numbered ? m_defaultDevice + " " + role.number : role.device;
  const Unit *stated = statedFor(field, m_lastUnits);
  const Unit &unit = role.unit.kind == Unit::Kind::Unknown && stated != nullptr ? *stated : role.unit;
  report.unit = unit.text;
  report.unit_guessed = unit.kind == Unit::Kind::Unknown && role.canonical != Canonical::None;
  if (report.unit_guessed)
    report.unit =
        role.canonical == Canonical::Pressure
            ? unitOf(m_pressureUnit.value_or(Unit::Kind::HectoPascal)).text
            : unitOf(role.canonical == Canonical::Humidity ? Unit::Kind::Percent
                                                           : m_temperatureUnit.value_or(Unit::Kind::Celsius))
                  .text;
  if (role.numbered)
    report.remark = "one of several that differ in their number: a device each";
  return report;
}

void ReadingBuilder::describeTime(Fields fields, Inference &inference) const {
  const std::vector<const Field *> clocks = ranked(fields, Role::Time);
  if (!m_parts.empty()) {
    inference.mapping.time = m_roles.mapping().time;
    return;
  }
  if (clocks.empty())
    return;
  std::vector<const Field *> chosen{clocks.front()};
  if (const auto parts = calendarOf(fields); !parts.empty() && chosen[0]->role.time != TimeSource::Payload)
    chosen = parts;
  else if (!parts.empty() && m_parted)
    chosen.insert(chosen.begin(), parts.begin(), parts.end());
  const auto date = std::find_if(clocks.begin(), clocks.end(), [](const Field *f) {
    return f->role.time == TimeSource::Date && f->role.calendar < 0;
  });
  if (m_parted && date != clocks.end() && *date != clocks.front())
    chosen.insert(chosen.begin(), *date);
  for (const Field *field : chosen)
    inference.mapping.time.push_back(partOf(*field));
  for (Mapping::TimePart &part : inference.mapping.time)
    if (part.format == kCalendarFormats[0] && m_shortYear)
      part.format = "%y";
  std::string others;
  for (const Field *clock : clocks)
    if (std::find(chosen.begin(), chosen.end(), clock) == chosen.end() && clock->record > 0) {
      others += (others.empty() ? "" : ", ") + nameOf(*clock);
      if (FieldReport *report = reportOn(inference, *clock))
        report->use = clock->role.envelope ? FieldUse::Envelope : FieldUse::Attribute;
    }
  FieldReport *report = reportOn(inference, *chosen.back());
  if (report != nullptr && !others.empty())
    report->remark = "chosen before " + others;
}

void ReadingBuilder::describe(Fields fields, Inference &inference) const {
  for (const Field *field : fields)
    inference.fields.push_back(reportOf(*field));
  describeTime(fields, inference);
  const std::vector<const Field *> devices = ranked(fields, Role::Device);
  if (m_roles.mapping().device)
    inference.mapping.device = m_roles.mapping().device;
  else if (!devices.empty() && m_longDevice.empty())
    inference.mapping.device = Mapping::DeviceRule{nameOf(*devices.front()), {}, {}};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldReport &report = inference.fields[inference.fields.size() - fields.size() + i];
    if (report.use != FieldUse::Quantity)
      continue;
    const Unit::Kind kind = fields[i]->role.unit.kind;
    const bool kept = kind == Unit::Kind::Other && unitFromText(report.unit).kind != kind; // unconverted
    inference.mapping.quantities.push_back(
        {report.field, report.quantity, kept ? "" : report.unit, fields[i]->role.missing, report.device});
  }
}

} // namespace meteorograph
