// SPDX-License-Identifier: GPL-3.0-or-later
// The short way for records that are like one before.
#include "core/source/Numbers.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace meteorograph {

namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kUnknownColumn = std::numeric_limits<std::size_t>::max();

bool blankEnds(std::string_view text) {
  return static_cast<unsigned char>(text.front()) <= ' ' || static_cast<unsigned char>(text.back()) <= ' ';
}

/// Begins with a letter with which no number, no unit behind one and nothing that means "absent" does.
bool isWord(std::string_view text) {
  const auto c = static_cast<unsigned char>(text.front() | 0x20);
  return c >= 'a' && c <= 'z' && c != 'i' && c != 'n';
}

/// As JsonRecord sees whether a text may be JSON, or base64 of it.
bool mayOpen(char first) { return first == '{' || first == 'e'; }

std::optional<std::int64_t> wholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && stopped == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
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

std::int32_t slotOf(std::span<const PlanSlot> slots, const Field *field) {
  const auto found =
      std::find_if(slots.begin(), slots.end(), [field](const PlanSlot &slot) { return slot.field == field; });
  return found == slots.end() ? -1 : static_cast<std::int32_t>(found - slots.begin());
}

} // namespace

std::optional<ReadingPlan> ReadingBuilder::plan(std::span<const PlanSlot> slots) {
  const bool usual = m_helpers.empty() && m_writtenUnits.empty() && !m_apart && !m_surplus &&
                     !m_hasCalendar && (m_parts.empty() || m_arrival) && !m_values.empty() &&
                     m_values.size() == m_quantities.size();
  if (!usual || !areDistinct(slots))
    return std::nullopt;
  ReadingPlan plan;
  plan.names = m_names.size();
  if (!planTimes(plan, slots) || !planDevice(plan, slots) || !planRescued(plan, slots))
    return std::nullopt;
  if (m_messageId.field != nullptr && (plan.message_id = slotOf(slots, m_messageId.field)) < 0)
    return std::nullopt;
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (!planSlot(plan, slots, static_cast<std::int32_t>(i)))
      return std::nullopt;
  const auto known = [&](const Quantity &quantity) { return slotOf(slots, quantity.candidate.field) >= 0; };
  return std::all_of(m_quantities.begin(), m_quantities.end(), known) ? std::optional(std::move(plan))
                                                                      : std::nullopt;
}

bool ReadingBuilder::planTimes(ReadingPlan &plan, std::span<const PlanSlot> slots) const {
  const auto fieldOf = [this](TimeSource source) { return m_time[static_cast<std::size_t>(source)].field; };
  if (fieldOf(TimeSource::Payload) != nullptr && fieldOf(TimeSource::Date) != nullptr)
    return false;
  const auto firstOf = [&](std::initializer_list<TimeSource> sources) {
    for (const TimeSource source : sources)
      if (fieldOf(source) != nullptr)
        return fieldOf(source);
    return static_cast<Field *>(nullptr);
  };
  using enum TimeSource;
  const Field *event = firstOf({Payload, Date, Enqueued, Hub, Processed});
  const Field *received = firstOf({Processed, Enqueued, Hub});
  if (!m_arrival)
    plan.event_time = slotOf(slots, event);
  if (received != nullptr)
    plan.received_time = slotOf(slots, received);
  const bool whole = event == nullptr || event->role.envelope == (event->role.time >= Enqueued);
  return whole && (m_arrival || plan.event_time >= 0) && (received == nullptr || plan.received_time >= 0);
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
      const bool value = field.role.role == Role::Quantity;
      const bool told = field.names_seen == m_names.size() || m_notes.told("text " + field.label);
      if (slot.absent || (value && !told))
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
  if (slot.field == nullptr)
    return must(), true;
  Field &field = *slot.field;
  const FieldRole &role = field.role;
  if (field.record != m_record || field.groupable || role.apart())
    return false;
  if (role.role == Role::Ignored || role.role == Role::Envelope)
    return true;
  const bool rescued = std::any_of(plan.rescued.begin(), plan.rescued.end(),
                                   [number](const ReadingPlan::Rescued &r) { return r.slot == number; });
  const bool used = number == plan.event_time || number == plan.received_time || number == plan.device ||
                    number == plan.message_id;
  if (rescued)
    return !used;
  if (role.role == Role::Quantity)
    return planValue(plan, field, number);
  if (!used && (slot.absent || !role.envelope))
    must();
  return true;
}

bool ReadingBuilder::planValue(ReadingPlan &plan, Field &field, std::int32_t slot) {
  const FieldRole &role = field.role;
  const bool has = std::any_of(m_quantities.begin(), m_quantities.end(),
                               [&](const Quantity &q) { return q.candidate.field == &field; });
  const bool loses =
      role.canonical != Canonical::None && m_winner[static_cast<std::size_t>(role.canonical)] != &field;
  const std::int32_t name = loses ? field.own : field.quantity;
  if (name < 0)
    return plan.empty.push_back(slot), !has;
  Unit::Kind unit = role.unit.kind;
  if (unit == Unit::Kind::Unknown &&
      (role.canonical == Canonical::Pressure || role.canonical == Canonical::Temperature)) {
    const std::optional<Unit::Kind> guess =
        role.canonical == Canonical::Pressure ? m_pressureUnit : m_temperatureUnit;
    if (!guess)
      return plan.empty.push_back(slot), !has;
    unit = *guess;
  }
  const bool taken = std::any_of(plan.values.begin(), plan.values.end(),
                                 [name](const ReadingPlan::Value &value) { return value.name == name; });
  plan.values.push_back({slot, name, unit, role.missing, 0});
  return !taken;
}

// Hot: once a record. Nothing is remembered before all of the record is known to be as planned.
bool ReadingBuilder::addPlanned(ReadingPlan &plan, std::span<const std::string_view> texts, Batch &batch,
                                std::int64_t line, std::int64_t offset) {
  const auto textOf = [&](std::int32_t slot) { return texts[static_cast<std::size_t>(slot)]; };
  for (const std::int32_t slot : plan.empty)
    if (!textOf(slot).empty())
      return false;
  TimeReader::Told event;
  TimeReader::Told received;
  const bool as_planned = plan.names == m_names.size() && tellPlannedTime(plan.event_time, texts, event) &&
                          tellPlannedTime(plan.received_time, texts, received) &&
                          readPlannedValues(plan, texts);
  if (!as_planned)
    return false;
  ReadingRow row;
  row.line = line;
  row.offset = offset;
  if (plan.message_id >= 0) {
    const std::optional<std::int64_t> id = wholeNumber(textOf(plan.message_id));
    if (!id)
      return false;
    row.message_id = *id;
  }
  std::string_view device = plan.device_name;
  if (plan.device >= 0) {
    device = textOf(plan.device);
    if (device.empty() || device.size() > kMaxDeviceBytes || blankEnds(device))
      return false;
  }
  if (!plan.rescued.empty() && !rescuePlanned(plan, texts))
    return false;
  if (plan.event_time >= 0) {
    const TimeReader::Reading time = m_times.settle(event);
    row.event_time_us = time.time_us;
    row.flags = time.flags;
  }
  if (plan.received_time >= 0)
    row.received_time_us = m_times.settle(received).time_us;
  row.device = batch.deviceIndex(device);
  placePlanned(plan, batch, row);
  return true;
}

bool ReadingBuilder::tellPlannedTime(std::int32_t slot, std::span<const std::string_view> texts,
                                     TimeReader::Told &told) {
  if (slot < 0)
    return true;
  const std::string_view text = texts[static_cast<std::size_t>(slot)];
  if (text.empty() || blankEnds(text))
    return false;
  std::optional<TimeReader::Told> time = m_times.tell(text);
  if (time)
    told = *time;
  return time.has_value();
}

bool ReadingBuilder::readPlannedValues(const ReadingPlan &plan, std::span<const std::string_view> texts) {
  m_planned.clear();
  bool any = false;
  for (const ReadingPlan::Value &value : plan.values) {
    const std::string_view text = texts[static_cast<std::size_t>(value.slot)];
    m_planned.push_back(kAbsent);
    if (text.empty())
      continue;
    const std::optional<double> usual = readUsualNumber(text, m_decimal);
    const std::optional<double> number = usual ? usual : readPlainNumber(text);
    if (!number)
      return false;
    if (std::find(value.missing.begin(), value.missing.end(), *number) != value.missing.end())
      continue;
    m_planned.back() = toCanonical(*number, value.unit);
    any = true;
  }
  return any;
}

/// The record's rescued data; false where something in it may be more than it seems.
bool ReadingBuilder::rescuePlanned(const ReadingPlan &plan, std::span<const std::string_view> texts) {
  m_plannedText.clear();
  for (const ReadingPlan::Rescued &rescued : plan.rescued) {
    std::string_view text = rescued.text;
    if (rescued.slot >= 0) {
      text = texts[static_cast<std::size_t>(rescued.slot)];
      if (text.empty())
        continue;
      if (blankEnds(text) || (rescued.opens && mayOpen(text.front())) || (rescued.word && !isWord(text)))
        return false;
      if (rescued.quoted)
        text = {text.data() - 1, text.size() + 2};
    }
    m_plannedText.push_back(m_plannedText.empty() ? '{' : ',');
    m_plannedText += rescued.key;
    if (rescued.slot < 0 || rescued.quoted || rescued.number)
      m_plannedText += text;
    else
      appendJsonString(m_plannedText, toUtf8(text));
  }
  return true;
}

void ReadingBuilder::placePlanned(ReadingPlan &plan, Batch &batch, ReadingRow &row) {
  if (!plan.rescued.empty() && !m_plannedText.empty()) {
    row.rescued = static_cast<std::int32_t>(batch.rescued.size());
    batch.rescued.push_back(m_plannedText + "}");
  }
  if (plan.batch != m_batch) {
    plan.batch = m_batch;
    for (ReadingPlan::Value &value : plan.values)
      value.column = kUnknownColumn;
  }
  for (std::size_t i = 0; i < plan.values.size(); ++i) // first, since a new column moves all rows
    if (ReadingPlan::Value &value = plan.values[i];
        value.column == kUnknownColumn && !std::isnan(m_planned[i]))
      value.column = columnIn(batch, m_names[static_cast<std::size_t>(value.name)]);
  ++batch.counts.records;
  ++batch.counts.accepted;
  const std::size_t index = batch.addRow(row);
  for (std::size_t i = 0; i < plan.values.size(); ++i)
    if (plan.values[i].column != kUnknownColumn)
      batch.setValue(index, plan.values[i].column, m_planned[i]);
}

} // namespace meteorograph
