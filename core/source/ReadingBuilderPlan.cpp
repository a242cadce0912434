// SPDX-License-Identifier: GPL-3.0-or-later
// What became of a record, for others like it.
#include "core/source/ReadingBuilder.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// More fields than any record of readings has; making a plan takes their square.
constexpr std::size_t kMostSlots = 2048;

/// Where nothing names a record's value.
bool isQuantity(Role role) {
  return role == Role::Quantity || role == Role::Value || role == Role::QuantityName;
}

/// Of every field there is one slot.
bool areDistinct(std::span<const PlanSlot> slots) {
  std::vector<const Field *> fields;
  for (const PlanSlot &slot : slots)
    if (slot.field != nullptr)
      fields.push_back(slot.field);
  std::sort(fields.begin(), fields.end());
  return std::adjacent_find(fields.begin(), fields.end()) == fields.end();
}

/// Whether the text is that of the place, or part of it; not one from elsewhere under the same name.
bool standsIn(std::string_view place, std::string_view text) {
  return text.data() >= place.data() && text.data() + text.size() <= place.data() + place.size();
}

std::int32_t slotOf(std::span<const PlanSlot> slots, const Field *field) {
  const auto found =
      std::find_if(slots.begin(), slots.end(), [field](const PlanSlot &slot) { return slot.field == field; });
  return found == slots.end() ? -1 : static_cast<std::int32_t>(found - slots.begin());
}

} // namespace

std::optional<ReadingPlan> ReadingBuilder::plan(std::span<const PlanSlot> slots) {
  const bool usual = m_longDevice.empty() && m_writtenUnits.empty() && !m_apart && !m_surplus &&
                     !m_hasCalendar && !m_values.empty() && m_values.size() == m_quantities.size();
  if (!usual || slots.size() > kMostSlots || !areDistinct(slots))
    return std::nullopt;
  ReadingPlan plan;
  plan.names = m_names.size();
  if (!planHelpers(plan) || !planTimes(plan, slots) || !planDevice(plan, slots) || !planRescued(plan, slots))
    return std::nullopt;
  if (m_messageId.field != nullptr && (plan.message_id = slotOf(slots, m_messageId.field)) < 0)
    return std::nullopt;
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (!planSlot(plan, slots, static_cast<std::int32_t>(i)))
      return std::nullopt;
  const auto known = [&](const Quantity &quantity) {
    const std::int32_t slot = slotOf(slots, quantity.candidate.field);
    return slot >= 0 && standsIn(slots[static_cast<std::size_t>(slot)].text, quantity.candidate.value.text);
  };
  return std::all_of(m_quantities.begin(), m_quantities.end(), known) ? std::optional(std::move(plan))
                                                                      : std::nullopt;
}

/// A value that nothing names is a quantity, and so is a name where there is no value. A unit must stay.
bool ReadingBuilder::planHelpers(ReadingPlan &plan) {
  const auto any = [this](Role role) {
    return std::any_of(m_helpers.begin(), m_helpers.end(),
                       [role](const Candidate &helper) { return helper.field->role.role == role; });
  };
  plan.by_column = m_helpers.empty();
  plan.no_entity = any(Role::Value) && m_device.field != nullptr && !m_roles.mapping().device;
  const bool named = any(Role::Value) && any(Role::QuantityName);
  return !named && !(plan.no_entity && m_longNames.entity(m_device.value.text) != nullptr);
}

bool ReadingBuilder::planTimes(ReadingPlan &plan, std::span<const PlanSlot> slots) const {
  const auto firstOf = [this](std::initializer_list<TimeSource> sources) {
    for (const TimeSource source : sources)
      if (const Candidate &time = m_time[static_cast<std::size_t>(source)]; time.field != nullptr)
        return &time;
    return static_cast<const Candidate *>(nullptr);
  };
  using enum TimeSource;
  if (const Candidate *received = firstOf({Processed, Enqueued, Hub}))
    if ((plan.received_time = slotOf(slots, received->field)) < 0)
      return false;
  if (m_arrival)
    return true;
  if (!m_parts.empty()) {
    const Mapping::TimePart &rule = m_roles.mapping().time.front();
    plan.event_time = slotOf(slots, m_parts.front().field);
    plan.time_format = rule.format;
    return m_parts.size() == 1 && !rule.slice && plan.event_time >= 0;
  }
  const Candidate *event = firstOf({Payload, Date, Enqueued, Hub, Processed});
  plan.event_time = slotOf(slots, event->field);
  const Candidate *date = event == firstOf({Payload}) ? firstOf({Date}) : nullptr;
  if (date != nullptr) {
    plan.event_date = slotOf(slots, date->field);
    if (plan.event_date < 0 || !ReadingPlan::isPlainTimeOfDay(event->value.text))
      return false;
  }
  return plan.event_time >= 0 && event->field->role.envelope == (event->field->role.time >= Enqueued);
}

bool ReadingBuilder::planDevice(ReadingPlan &plan, std::span<const PlanSlot> slots) {
  const std::optional<Mapping::DeviceRule> &rule = m_roles.mapping().device;
  const bool mapped = rule && !rule->field.empty();
  if (mapped && (rule->slice || m_device.field == nullptr || !m_device.field->role.names_device))
    return false;
  plan.device_name = device();
  if (m_device.field == nullptr || (rule && !mapped))
    return true;
  plan.device = slotOf(slots, m_device.field);
  return plan.device >= 0;
}

/// What the last record kept, in its order.
bool ReadingBuilder::planRescued(ReadingPlan &plan, std::span<const PlanSlot> slots) const {
  for (const Candidate &candidate : m_rescued) {
    const Field &field = *candidate.field;
    const std::int32_t number = slotOf(slots, &field);
    ReadingPlan::Rescued rescued;
    rescued.slot = number;
    rescued.key = field.key + ":";
    rescued.text = candidate.value.raw; // the same in all such records, where it stands in no slot
    if (field.rescued_times > 1 || (number < 0 && rescued.text.empty()))
      return false;
    if (number >= 0) {
      const PlanSlot &slot = slots[static_cast<std::size_t>(number)];
      const bool value = isQuantity(field.role.role);
      const bool told = field.names_seen == m_names.size() || m_notes.told("text " + field.label);
      plan.by_column = plan.by_column && (value || field.role.role == Role::Attribute);
      const bool other = candidate.value.kind == FieldValue::Kind::Other ||
                         !standsIn(slot.text, candidate.value.text); // another value under the same name
      const bool measures = value && (field.quantity >= 0 || field.own >= 0); // but for this once
      if (slot.absent || other || measures || hasValue(field) || (value && !told))
        return false;
      rescued.quoted = slot.quoted;
      rescued.number = slot.number;
      rescued.opens = slot.opens;
      rescued.word = value;
    }
    plan.rescued.push_back(std::move(rescued));
  }
  return true;
}

/// What is left of a slot: its quantity, or that nothing is known of what it may hold.
bool ReadingBuilder::planSlot(ReadingPlan &plan, std::span<const PlanSlot> slots, std::int32_t number) {
  const PlanSlot &slot = slots[static_cast<std::size_t>(number)];
  const auto must = [&] { plan.empty.push_back(number); };
  if (slot.field == nullptr) {
    must();
    return true;
  }
  Field &field = *slot.field;
  const FieldRole &role = field.role;
  if (field.record != m_record || field.groupable || role.apart())
    return false;
  if (role.role == Role::Ignored || role.role == Role::Envelope)
    return true;
  const bool rescued = std::any_of(plan.rescued.begin(), plan.rescued.end(),
                                   [number](const ReadingPlan::Rescued &r) { return r.slot == number; });
  if (role.role == Role::UnitText) {
    plan.same.push_back({number, std::string(slot.text)});
    return !hasValue(field);
  }
  const bool used = number == plan.event_time || number == plan.received_time || number == plan.device ||
                    number == plan.message_id || number == plan.event_date;
  if (rescued)
    return !used;
  if (isQuantity(role.role))
    return planValue(plan, field, number);
  if (role.role == Role::Attribute && role.column > 0 && !role.envelope)
    return planLater(plan, field, number, false);
  if (!used && !slot.absent && !role.envelope && isCandidate(field))
    plan.filled.push_back(number);
  else if (!used && (slot.absent || !role.envelope))
    must();
  return true;
}

/// A column that was empty, and whose text will be rescued where it has one: in the order of columns, unless
/// there is something rescued whose order is another.
bool ReadingBuilder::planLater(ReadingPlan &plan, const Field &field, std::int32_t slot, bool value) const {
  const auto behind = [slot](const ReadingPlan::Rescued &rescued) { return rescued.slot > slot; };
  const auto place = std::find_if(plan.rescued.begin(), plan.rescued.end(), behind);
  const bool in_order = field.role.column > 0 && plan.by_column;
  const bool told = !value || field.names_seen == m_names.size() || m_notes.told("text " + field.label);
  if (!in_order || !told) {
    plan.empty.push_back(slot);
    return true;
  }
  ReadingPlan::Rescued rescued;
  rescued.slot = slot;
  rescued.key = field.key + ":";
  rescued.word = value;
  plan.rescued.insert(place, std::move(rescued));
  return true;
}

bool ReadingBuilder::hasValue(const Field &field) const {
  return std::any_of(m_quantities.begin(), m_quantities.end(),
                     [&](const Quantity &quantity) { return quantity.candidate.field == &field; });
}

/// Whether it is the best of its kind in this record, though not read: a mapping says otherwise.
bool ReadingBuilder::isCandidate(const Field &field) const {
  return m_device.field == &field || std::any_of(m_time.begin(), m_time.end(),
                                                 [&](const Candidate &time) { return time.field == &field; });
}

bool ReadingBuilder::planValue(ReadingPlan &plan, Field &field, std::int32_t slot) {
  const FieldRole &role = field.role;
  const bool has = hasValue(field);
  const bool loses =
      role.canonical != Canonical::None && m_winner[static_cast<std::size_t>(role.canonical)] != &field;
  const std::int32_t name = loses ? field.own : field.quantity;
  if (name < 0)
    return !has && planLater(plan, field, slot, true);
  Unit::Kind unit = unitFor({{&field, {}}}).kind;
  if (unit == Unit::Kind::Unknown &&
      (role.canonical == Canonical::Pressure || role.canonical == Canonical::Temperature)) {
    const std::optional<Unit::Kind> guess =
        role.canonical == Canonical::Pressure ? m_pressureUnit : m_temperatureUnit;
    if (!guess) {
      plan.empty.push_back(slot);
      return !has;
    }
    unit = *guess;
  }
  const bool taken = std::any_of(plan.values.begin(), plan.values.end(),
                                 [name](const ReadingPlan::Value &value) { return value.name == name; });
  plan.values.push_back({slot, name, unit, role.missing});
  return !taken;
}

} // namespace meteorograph
